/** @requires of fields with arguments, and what happens when a client asks for those fields with others. */
import type { FederationCase } from '../../support/federation/case.ts';

const products = [
  { id: 'p1', words: ['red', 'round', 'cheap'], sizes: [30, 60] },
  { id: 'p2', words: ['blue'], sizes: [10, 20] },
];

const words = ({ words }: { words: string[] }, { first = 99 }: { first?: number }) => words.slice(0, first);
const size = ({ sizes }: { sizes: number[] }, { unit }: { unit: string }) =>
  unit === 'MM' ? sizes.map((each) => each * 10) : sizes;

export const requiresWithArguments: FederationCase = {
  name: '@requires with arguments',
  subgraphs: {
    products: `
      type Query { products: [Product!]! product(id: ID!): Product }
      enum Unit { CM MM }
      type Product @key(fields: "id") { id: ID! words(first: Int): [String!]! size(unit: Unit! = CM): [Int!]! }
    `,
    adverts: `
      enum Unit { CM MM }
      type Product @key(fields: "id") {
        id: ID!
        words(first: Int): [String!]! @external
        size(unit: Unit! = CM): [Int!]! @external
        slogan: String! @requires(fields: "words(first: 2)")
        long: String! @requires(fields: "words")
        box: String! @requires(fields: "size(unit: MM)")
      }
    `,
  },
  entities: { Product: products },
  resolvers: {
    Query: {
      products: () => products,
      product: (_, { id }) => products.find((product) => product.id === id),
    },
    Product: {
      words,
      size,
      slogan: ({ words }) => `${words.join(' ')}!`,
      long: ({ words }) => words.join(', '),
      box: ({ size }) => size.join('x'),
    },
  },
  monolith: {
    Product: {
      slogan: (product) => `${words(product, { first: 2 }).join(' ')}!`,
      long: (product) => words(product, {}).join(', '),
      box: (product) => size(product, { unit: 'MM' }).join('x'),
    },
  },
  operations: [
    {
      name: 'what is computed of a field with an argument',
      query: '{ products { slogan } }',
      answer: { products: [{ slogan: 'red round!' }, { slogan: 'blue!' }] },
    },
    {
      name: 'the same field asked for with the same argument',
      query: '{ products { slogan words(first: 2) } }',
    },
    {
      name: 'an argument that is an enum',
      stockIsWrong:
        'a required field and the client’s own are one field of one fetch, whatever their arguments',
      query: '{ products { box size } }',
      answer: {
        products: [
          { box: '300x600', size: [30, 60] },
          { box: '100x200', size: [10, 20] },
        ],
      },
    },
    {
      name: 'a client’s own argument beside that of @requires',
      stockIsWrong:
        'a required field and the client’s own are one field of one fetch, whatever their arguments',
      query: '{ products { words(first: 1) slogan } }',
      answer: {
        products: [
          { words: ['red'], slogan: 'red round!' },
          { words: ['blue'], slogan: 'blue!' },
        ],
      },
    },
    {
      name: 'a client’s own argument as a variable',
      stockIsWrong:
        'a required field and the client’s own are one field of one fetch, whatever their arguments',
      query: 'query ($first: Int) { products { slogan words(first: $first) } }',
      variables: { first: 1 },
    },
    {
      name: 'a client’s own argument under another name',
      query: '{ products { some: words(first: 1) slogan } }',
    },
    {
      name: 'two @requires with different arguments',
      stockIsWrong: 'two required fields are one field of one fetch, whatever their arguments',
      query: '{ products { slogan long } }',
      answer: {
        products: [
          { slogan: 'red round!', long: 'red, round, cheap' },
          { slogan: 'blue!', long: 'blue' },
        ],
      },
    },
    {
      name: 'two @requires and a client, each with their own arguments',
      stockIsWrong:
        'a required field and the client’s own are one field of one fetch, whatever their arguments',
      query: '{ product(id: "p1") { words(first: 1) long slogan } }',
    },
    {
      name: 'a client’s name for the field that hides another',
      stockIsWrong: 'an alias with the name of a required field is read as that field',
      query: '{ product(id: "p1") { words: id slogan size: words(first: 1) box } }',
    },
  ],
};
