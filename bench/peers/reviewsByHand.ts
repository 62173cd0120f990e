/** The public benchmark's question as a program: six calls in four waves, put together by hand. */
import { type Asked, distinct, type Json, openAsk, serveByHand } from './hand.ts';

const addresses = JSON.parse(process.argv[2] ?? '{}');
const accounts = openAsk(addresses.accounts);
const products = openAsk(addresses.products);
const reviews = openAsk(addresses.reviews);
const inventory = openAsk(addresses.inventory);

const product = 'product { upc }';
const deep = `id body author { id username reviews { id body ${product} } }`;
const reviewsQuery = `query($users: [_Any!]!, $products: [_Any!]!) {
  users: _entities(representations: $users) { ... on User { reviews { id body product { upc reviews { ${deep} } } } } }
  products: _entities(representations: $products) { ... on Product { reviews { ${deep} } } }
}`;
const productsQuery =
  'query($products: [_Any!]!) { _entities(representations: $products) { ... on Product { name price weight } } }';
const namesQuery = 'query($users: [_Any!]!) { _entities(representations: $users) { ... on User { name } } }';
const stockQuery =
  'query($products: [_Any!]!) { _entities(representations: $products) { ... on Product { inStock shippingEstimate } } }';

async function answer(asked: Asked): Promise<Json> {
  const [{ users }, { topProducts }] = await Promise.all([
    accounts('{ users { id username name } }', {}, asked),
    products('{ topProducts { upc name price weight } }', {}, asked),
  ]);
  const found = await reviews(
    reviewsQuery,
    {
      users: users.map(({ id }: Json) => ({ __typename: 'User', id })),
      products: topProducts.map(({ upc }: Json) => ({ __typename: 'Product', upc })),
    },
    asked,
  );

  // Every product and every author that still lacks something, each as often as it stands in the answer.
  const bare: Json[] = [];
  const authors: Json[] = [];
  const noteDeep = (review: Json) => {
    authors.push(review.author);
    for (const { product } of review.author.reviews) bare.push(product);
  };
  users.forEach((user: Json, place: number) => {
    user.reviews = found.users[place].reviews;
    for (const { product } of user.reviews) {
      bare.push(product);
      product.reviews.forEach(noteDeep);
    }
  });
  topProducts.forEach((one: Json, place: number) => {
    one.reviews = found.products[place].reviews;
    one.reviews.forEach(noteDeep);
  });

  const known = new Map<string, Json>(topProducts.map((one: Json) => [one.upc, one]));
  const { ids: authorIds, places: authorPlaces } = distinct(authors.map(({ id }) => id));
  const missing = distinct(bare.map(({ upc }) => upc)).ids;
  const [details, names] = await Promise.all([
    products(productsQuery, { products: missing.map((upc) => ({ __typename: 'Product', upc })) }, asked),
    accounts(namesQuery, { users: authorIds.map((id) => ({ __typename: 'User', id })) }, asked),
  ]);
  authors.forEach((author, place) => {
    author.name = names._entities[authorPlaces[place] ?? 0].name;
  });
  missing.forEach((upc, place) => {
    if (!known.has(upc)) known.set(upc, { upc, ...details._entities[place] });
  });

  const all = [...known.values()];
  const representations = all.map(({ upc, price, weight }) => ({
    __typename: 'Product',
    upc,
    price,
    weight,
  }));
  const stock = await inventory(stockQuery, { products: representations }, asked);
  all.forEach((one, place) => {
    Object.assign(one, stock._entities[place]);
  });
  for (const one of bare) {
    const { name, price, weight, inStock, shippingEstimate } = known.get(one.upc);
    Object.assign(one, { name, price, weight, inStock, shippingEstimate });
  }
  return { users, topProducts };
}

serveByHand(answer);
