/** One name in objects of different types, of which different fields are computed: each requires what it requires. */
import type { FederationCase } from '../../support/federation/case.ts';

const goods = [
  { id: 'g1', price: 3, weight: 7 },
  { id: 'g2', price: 4, weight: null },
];
const things = [
  { __typename: 'Cart', id: 'c1', good: goods[0], more: goods },
  { __typename: 'Wish', id: 'w1', good: goods[1], more: [goods[0]] },
  { __typename: 'Cart', id: 'c2', good: goods[1], more: [] },
];

export const requiresByType: FederationCase = {
  name: '@requires under one name in objects of different types',
  subgraphs: {
    things: `
      type Query { things: [Thing!]! thing: Thing }
      union Thing = Cart | Wish
      type Cart { id: ID! good: Good! more: [Good!]! }
      type Wish { id: ID! good: Good! more: [Good!]! }
      type Good @key(fields: "id") { id: ID! price: Int weight: Int }
    `,
    costs: `
      type Good @key(fields: "id") {
        id: ID! price: Int @external weight: Int @external stock: Int!
        cost: String! @requires(fields: "price") load: String! @requires(fields: "weight")
      }
    `,
  },
  entities: { Good: goods },
  resolvers: {
    Query: { things: () => things, thing: () => things[1] },
    Good: {
      cost: ({ price }) => `cost ${price}`,
      load: ({ weight }) => `load ${weight}`,
      stock: ({ id }) => Number(id.slice(1)),
    },
  },
  operations: [
    {
      name: 'what each computes',
      stockIsWrong: 'it asks for both with what both require, which neither has',
      query: '{ things { ... on Cart { good { cost } } ... on Wish { good { load } } } }',
      answer: {
        things: [{ good: { cost: 'cost 3' } }, { good: { load: 'load null' } }, { good: { cost: 'cost 4' } }],
      },
      calls: { things: 1, costs: 1 },
    },
    {
      name: 'what requires something in one of them only',
      stockIsWrong: 'it asks for both with what both require, which one has not',
      query: '{ things { ... on Cart { good { cost stock } } ... on Wish { good { stock } } } }',
      calls: { things: 1, costs: 1 },
    },
    {
      name: 'the same under one alias, in lists',
      stockIsWrong: 'it asks for both with what both require, which neither has',
      query:
        '{ thing { ... on Cart { more { x: cost } } ... on Wish { more { x: load } } } things { ... on Cart { more { x: cost } } ... on Wish { more { x: load } } } }',
    },
  ],
};
