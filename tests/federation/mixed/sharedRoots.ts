/** Root fields that several subgraphs have, each with other fields of what they give. */
import type { FederationCase } from '../../support/federation/case.ts';

const lamp = {
  id: 'l1',
  names: { brand: 'Lux', model: 'One' },
  price: { amount: 9, currency: 'EUR' },
  kinds: [
    { id: 'k1', label: 'desk' },
    { id: 'k2', label: 'wall' },
  ],
};
const lamps = [lamp, { ...lamp, id: 'l2', names: null, kinds: [] }];

export const sharedRoots: FederationCase = {
  name: 'root fields that several subgraphs share',
  subgraphs: {
    names: `
      type Query { lamp: Lamp @shareable lamps: [Lamp!]! @shareable }
      type Lamp @shareable { id: ID! names: Names }
      type Names { brand: String! model: String }
    `,
    prices: `
      type Query { lamp: Lamp @shareable lamps: [Lamp!]! @shareable }
      type Lamp @shareable { id: ID! price: Price! }
      type Price { amount: Int! currency: String! }
    `,
    kinds: `
      type Query { lamp: Lamp @shareable lamps: [Lamp!]! @shareable kind(id: ID!): Kind }
      type Lamp @shareable { id: ID! kinds: [Kind!]! }
      type Kind @key(fields: "id") { id: ID! label: String! }
    `,
  },
  entities: { Kind: lamp.kinds },
  resolvers: {
    Query: {
      lamp: () => lamp,
      lamps: () => lamps,
      kind: (_, { id }) => lamp.kinds.find((one) => one.id === id),
    },
  },
  operations: [
    {
      name: 'from one of them',
      query: '{ lamp { id names { brand } } }',
      answer: { lamp: { id: 'l1', names: { brand: 'Lux' } } },
      calls: { names: 1 },
    },
    {
      name: 'from all of them at once',
      query: '{ lamp { id names { brand model } price { amount } kinds { label } } }',
      calls: { names: 1, prices: 1, kinds: 1 },
    },
    {
      name: 'in lists, item by item',
      query: '{ lamps { price { currency } id kinds { id } names { model } } }',
      calls: { names: 1, prices: 1, kinds: 1 },
    },
    {
      name: 'under aliases and conditions',
      query:
        'query ($yes: Boolean!) { a: lamp { names { x: brand } price @skip(if: $yes) { amount } } b: lamp @include(if: $yes) { kinds { __typename label } id } }',
      variables: { yes: true },
    },
  ],
};
