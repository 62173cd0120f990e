/** Keys of which a subgraph has parts only, so that each must be gathered from where it is. */
import type { FederationCase } from '../../support/federation/case.ts';

const parts = [
  {
    id: 'a1',
    sku: 's1',
    batch: { id: 'b1', plant: 'north' },
    name: 'Bolt',
    price: 3,
    stock: 9,
    recalled: true,
  },
  {
    id: 'a2',
    sku: 's2',
    batch: { id: 'b2', plant: 'south' },
    name: 'Nut',
    price: 2,
    stock: 0,
    recalled: false,
  },
  {
    id: 'a3',
    sku: 's1',
    batch: { id: 'b2', plant: 'south' },
    name: 'Nail',
    price: 1,
    stock: 5,
    recalled: true,
  },
];

export const mashedKeys: FederationCase = {
  name: 'keys that are put together from several subgraphs',
  subgraphs: {
    catalogue: `
      type Query { parts: [Part!]! part(id: ID!): Part }
      type Part @key(fields: "id") { id: ID! name: String! }
    `,
    skus: `
      type Part @key(fields: "id") { id: ID! sku: String! @shareable }
    `,
    batches: `
      type Part @key(fields: "id") @key(fields: "id batch { id }") { id: ID! batch: Batch! }
      type Batch @shareable { id: ID! plant: String! }
    `,
    prices: `
      type Part @key(fields: "id sku") { id: ID! sku: String! price: Int! }
    `,
    recalls: `
      type Part @key(fields: "sku batch { id plant }") { sku: String! batch: Batch! recalled: Boolean! }
      type Batch @shareable { id: ID! plant: String! }
    `,
    stock: `
      type Part @key(fields: "id batch { id }") { id: ID! batch: Batch! stock: Int! }
      type Batch @shareable { id: ID! }
    `,
  },
  entities: { Part: parts },
  resolvers: { Query: { parts: () => parts, part: (_, { id }) => parts.find((part) => part.id === id) } },
  operations: [
    {
      name: 'a key of which half comes from another subgraph',
      query: '{ parts { price } }',
      answer: { parts: [{ price: 3 }, { price: 2 }, { price: 1 }] },
    },
    {
      name: 'a key of which no part is where the entity is',
      query: '{ parts { name recalled } }',
      answer: {
        parts: [
          { name: 'Bolt', recalled: true },
          { name: 'Nut', recalled: false },
          { name: 'Nail', recalled: true },
        ],
      },
    },
    { name: 'a key with an object of which there is more', query: '{ parts { stock batch { plant } } }' },
    {
      name: 'all of them at once',
      query: '{ part(id: "a3") { stock recalled price name sku batch { plant id } id } }',
    },
    {
      name: 'all of them with names that get into each other’s way',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query: '{ parts { id: name sku: id batch: stock stock: price price: recalled } }',
    },
  ],
};
