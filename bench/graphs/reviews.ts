/**
 * The graph of the public benchmark of federation gateways (users, products, reviews, inventory), written anew from
 * its description: as many rows, relations and characters, the same question, an answer of some 88 kB.
 * https://github.com/graphql-hive/graphql-gateways-benchmark
 */
import { buildSchema, graphqlSync } from 'graphql';
import type { Graph, Subgraph } from './graph.ts';

const sentences =
  'The parcel came on a wet morning and stood in the hall until the evening, when there was time to open it. ' +
  'Everything lay where the drawing said it would, and nothing was scratched, bent or short. ' +
  'After a month of daily use it shows no wear, which is more than can be said of the one it took the place of. ' +
  'It is heavier than it looks, so ask somebody for a hand with the stairs. ' +
  'The colour is a shade darker than in the picture and looks better for it. ' +
  'We wrote to the shop about a missing screw, and it was in the letterbox two days later. ' +
  'Would buy it again, and have told the neighbours so; one of them has ordered two. ' +
  'If there is one thing to say against it, then that the manual was written for a model with three more buttons. ' +
  'Children like it, the cat does not, and guests ask where it came from. ' +
  'All in all a good thing at a fair price, made by people who seem to use what they make.';

const users = [
  ['Ada Keller', 'adak'],
  ['Benno Marsh', 'bennomarsh'],
  ['Clara Osterwald', 'claraoster'],
  ['Dmitri Fane', 'dfane'],
  ['Elin Sandvik', 'elinsandvik'],
  ['Femi Okoro', 'femiok'],
].map(([name = '', username = ''], place) => ({ id: `${place + 1}`, name, username, birthday: 1234567890 }));

const products = [
  { name: 'Table', price: 899, weight: 100, inStock: true },
  { name: 'Couch', price: 1299, weight: 1000, inStock: false },
  { name: 'Glass', price: 15, weight: 20, inStock: false },
  { name: 'Chair', price: 499, weight: 100, inStock: false },
  { name: 'TV', price: 1299, weight: 1000, inStock: true },
  { name: 'Lamp', price: 6999, weight: 300, inStock: true },
  { name: 'Grill', price: 3999, weight: 2000, inStock: true },
  { name: 'Fridge', price: 100000, weight: 6000, inStock: false },
  { name: 'Sofa', price: 9999, weight: 800, inStock: true },
].map((product, place) => ({ upc: `${place + 1}`, ...product }));

/** Of each review: which product it is of, and how long it is. All are by the first user. */
const reviews = [
  ['1', 445],
  ['1', 291],
  ['1', 278],
  ['1', 146],
  ['2', 445],
  ['2', 291],
  ['2', 278],
  ['2', 146],
  ['3', 146],
  ['4', 146],
  ['4', 864],
].map(([upc, length], place) => ({
  id: `${place + 1}`,
  body: sentences.slice(0, Number(length)),
  upc: String(upc),
}));

type Review = (typeof reviews)[number];
interface Weighed {
  price?: number | null;
  weight?: number | null;
}

const productOf = (upc: string) => products.find((product) => product.upc === upc);
const userOf = (id: string) => users.find((user) => user.id === id);
const reviewsOfProduct = (upc: string) => reviews.filter((review) => review.upc === upc);
const reviewsOfUser = () => reviews.slice(0, 2);
const estimate = ({ price, weight }: Weighed) =>
  (price ?? 0) > 1000 ? 0 : typeof weight === 'number' ? weight / 2 : null;

const subgraphs: readonly Subgraph[] = [
  {
    name: 'accounts',
    sdl: `
      type Query { me: User user(id: ID!): User users: [User] }
      type User @key(fields: "id") { id: ID! name: String username: String @shareable birthday: Int }`,
    resolvers: {
      Query: {
        me: () => users[0],
        user: (_: unknown, { id }: { id: string }) => userOf(id),
        users: () => users,
      },
      User: { __resolveReference: ({ id }: { id: string }) => userOf(id) },
    },
  },
  {
    name: 'inventory',
    sdl: `
      type Product @key(fields: "upc") {
        upc: String! weight: Int @external price: Int @external
        inStock: Boolean shippingEstimate: Int @requires(fields: "price weight")
      }`,
    resolvers: {
      Product: {
        __resolveReference: (given: { upc: string }) => ({
          ...given,
          inStock: productOf(given.upc)?.inStock,
        }),
        shippingEstimate: estimate,
      },
    },
  },
  {
    name: 'products',
    sdl: `
      type Query { topProducts(first: Int = 5): [Product] }
      type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
    resolvers: {
      Query: { topProducts: (_: unknown, { first }: { first: number }) => products.slice(0, first) },
      Product: { __resolveReference: ({ upc }: { upc: string }) => productOf(upc) },
    },
  },
  {
    name: 'reviews',
    sdl: `
      type Review @key(fields: "id") { id: ID! body: String author: User @provides(fields: "username") product: Product }
      type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
      type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
    resolvers: {
      Review: {
        __resolveReference: ({ id }: { id: string }) => reviews.find((review) => review.id === id),
        author: () => ({ id: '1', username: users[0]?.username }),
        product: ({ upc }: Review) => ({ upc }),
      },
      User: { reviews: reviewsOfUser },
      Product: { reviews: ({ upc }: { upc: string }) => reviewsOfProduct(upc) },
    },
  },
];

const operation = `fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }

query TestQuery {
  users {
    ...User
    reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }
  }
  topProducts {
    ...Product
    reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }
  }
}
`;

/** The same data as one schema, without a gateway. */
function answer(): unknown {
  const schema = buildSchema(`
    type Query { users: [User] topProducts(first: Int = 5): [Product] }
    type User { id: ID! name: String username: String reviews: [Review] }
    type Product { upc: String! name: String price: Int weight: Int inStock: Boolean shippingEstimate: Int reviews: [Review] }
    type Review { id: ID! body: String author: User product: Product }`);
  const user = (id: string): object => ({ ...userOf(id), reviews: () => reviewsOfUser().map(review) });
  const product = (upc: string): object => {
    const row = productOf(upc);
    return {
      ...row,
      shippingEstimate: estimate(row ?? {}),
      reviews: () => reviewsOfProduct(upc).map(review),
    };
  };
  const review = (row: Review): object => ({
    ...row,
    author: () => user('1'),
    product: () => product(row.upc),
  });
  const rootValue = {
    users: () => users.map(({ id }) => user(id)),
    topProducts: ({ first }: { first: number }) => products.slice(0, first).map(({ upc }) => product(upc)),
  };
  // Plain objects, as JSON has them.
  return JSON.parse(JSON.stringify(graphqlSync({ schema, source: operation, rootValue }).data));
}

export const reviewsGraph: Graph = { subgraphs, operation, answer };
