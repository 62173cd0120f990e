/** One key of one field. */
import type { FederationCase } from '../../support/federation/case.ts';

const products = [
  { id: 'p1', name: 'Table', price: 100 },
  { id: 'p2', name: 'Chair', price: 40 },
];
const reviews = [
  { id: 'r1', stars: 5, product: products[0] },
  { id: 'r2', stars: 2, product: products[1] },
  { id: 'r3', stars: 4, product: products[0] },
];

export const simpleKeys: FederationCase = {
  name: 'a simple key',
  subgraphs: {
    products: `
      type Query { product(id: ID!): Product products: [Product!]! }
      type Product @key(fields: "id") { id: ID! name: String! price: Int }
    `,
    reviews: `
      type Query { reviews: [Review!]! }
      type Review { id: ID! stars: Int! product: Product! }
      type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
    `,
  },
  entities: { Product: products },
  resolvers: {
    Query: {
      product: (_, { id }) => products.find((product) => product.id === id),
      products: () => products,
      reviews: () => reviews,
    },
    Product: { reviews: ({ id }) => reviews.filter(({ product }) => product?.id === id) },
  },
  operations: [
    {
      name: 'fields of an entity from two subgraphs',
      query: '{ product(id: "p1") { name reviews { stars } } }',
      answer: { product: { name: 'Table', reviews: [{ stars: 5 }, { stars: 4 }] } },
      calls: { products: 1, reviews: 1 },
    },
    {
      name: 'keys in the order of the operation, whoever has them',
      query: '{ product(id: "p1") { reviews { stars id } price name id } }',
    },
    {
      name: 'an entity that is not there as null, asking nobody else',
      query: '{ product(id: "p9") { name reviews { stars } } }',
      answer: { product: null },
      calls: { products: 1 },
    },
    {
      name: 'there and back again',
      query: '{ reviews { product { name reviews { stars product { price reviews { id } } } } } }',
    },
    {
      name: 'nothing more than the key without a second call',
      query: '{ reviews { product { id } } }',
      calls: { reviews: 1 },
    },
    {
      name: 'an entity that stands in a list twice, sent once',
      query: '{ reviews { product { name } } }',
      representations: { products: 2 },
    },
  ],
};
