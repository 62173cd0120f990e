/** A mutation whose answer leads back to the root, and mutations that several subgraphs have. */
import type { FederationCase } from '../../support/federation/case.ts';

const users = [{ id: 'u1', name: 'Ada' }];

export const payloads: FederationCase = {
  name: 'a query within a mutation',
  subgraphs: {
    carts: `
      type Query { carts: [Cart!]! }
      type Mutation { add(id: ID!): Added! both(n: Int): Int @shareable }
      type Added { ok: Boolean! query: Query cart: Cart }
      type Cart @key(fields: "id") { id: ID! owner: User }
      type User @key(fields: "id") { id: ID! }
    `,
    users: `
      type Query { viewer: User version: Int! }
      type Mutation { both(n: Int): Int @shareable }
      type User @key(fields: "id") { id: ID! name: String! }
    `,
  },
  entities: { Cart: [{ id: 'c1', owner: users[0] }], User: users },
  resolvers: {
    Query: { carts: () => [{ id: 'c1', owner: users[0] }], viewer: () => users[0], version: () => 3 },
    Mutation: {
      add: () => ({ ok: true, query: {}, cart: { id: 'c1', owner: users[0] } }),
      both: (_, { n }) => n,
    },
  },
  operations: [
    { name: 'fields of the same subgraph', query: 'mutation { add(id: 1) { ok query { carts { id } } } }' },
    {
      name: 'fields of another subgraph',
      query: 'mutation { add(id: 1) { query { viewer { name } version carts { owner { name } } } ok } }',
      answer: {
        add: {
          query: { viewer: { name: 'Ada' }, version: 3, carts: [{ owner: { name: 'Ada' } }] },
          ok: true,
        },
      },
    },
    {
      name: 'the name of the root within',
      query: 'mutation { add(id: 1) { query { __typename } cart { owner { __typename name } } } }',
    },
    {
      name: 'the root within two mutations',
      query:
        'mutation { a: add(id: 1) { query { viewer { id } } } b: add(id: 2) { query { version } cart { owner { name } } } }',
    },
    {
      name: 'a mutation that two subgraphs have, between others',
      query: 'mutation { a: both(n: 1) add(id: 1) { ok } b: both(n: 2) }',
    },
  ],
};
