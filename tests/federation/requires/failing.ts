/** @requires where what is required is null, fails, or is not there. */
import type { FederationCase } from '../../support/federation/case.ts';

const lots = [
  { id: 'l1', area: 10, rate: 2 },
  { id: 'l2', area: null, rate: 3 },
  { id: 'l3', area: 30, rate: null },
];
const holders = [
  { __typename: 'Farm', lot: lots[2] },
  { __typename: 'Shop', lot: lots[2] },
  { __typename: 'Farm', lot: lots[0] },
];
const boom = (what: string) => new Error(`Expected ${what}.`);

export const requiresFailing: FederationCase = {
  name: '@requires of what fails',
  subgraphs: {
    land: `
      type Query { lots: [Lot!]! lot(id: ID!): Lot holders: [Holder!]! }
      union Holder = Farm | Shop
      type Farm { lot: Lot! }
      type Shop { lot: Lot! }
      type Lot @key(fields: "id") { id: ID! area: Int }
    `,
    rates: `
      type Lot @key(fields: "id") { id: ID! rate: Int! soft: Int }
    `,
    taxes: `
      type Lot @key(fields: "id") {
        id: ID! area: Int @external rate: Int! @external soft: Int @external
        tax: Int @requires(fields: "area rate") dues: Int @requires(fields: "soft") name: String!
      }
    `,
  },
  entities: { Lot: lots },
  resolvers: {
    Query: {
      lots: () => lots,
      lot: (_, { id }) => lots.find((lot) => lot.id === id),
      holders: () => holders,
    },
    Lot: {
      rate: ({ rate }) => rate ?? boom('a rate'),
      soft: ({ id }) => (id === 'l2' ? boom('a number') : 4),
      tax: ({ area, rate }) => (area ?? 0) * rate,
      dues: ({ soft }) => soft,
      name: ({ id }) => `Lot ${id}`,
    },
  },
  monolith: {
    Lot: {
      tax: ({ area, rate }) => (rate === null ? boom('a rate') : (area ?? 0) * rate),
      dues: ({ id }) => (id === 'l2' ? null : 4),
    },
  },
  operations: [
    {
      name: 'null as any other value',
      query: '{ lot(id: "l2") { tax name } }',
      answer: { lot: { tax: 0, name: 'Lot l2' } },
    },
    {
      name: 'an error of what is required, at what the client asked for',
      stockIsWrong: 'the error stands at the required field, which nobody asked for',
      query: '{ lots { tax } }',
      errors: ['lots.2.tax'],
      answer: { lots: [{ tax: 20 }, { tax: 0 }, { tax: null }] },
    },
    {
      name: 'siblings that require nothing',
      stockIsWrong: 'the error stands at the required field, which nobody asked for',
      query: '{ lots { tax name } }',
      errors: ['lots.2.tax'],
      answer: {
        lots: [
          { tax: 20, name: 'Lot l1' },
          { tax: 0, name: 'Lot l2' },
          { tax: null, name: 'Lot l3' },
        ],
      },
    },
    {
      name: 'an error of both, when the client asked for both',
      stockIsWrong: 'the error stands at the required field, which nobody asked for',
      query: '{ lot(id: "l3") { name tax } all: lots { id } }',
      errors: ['lot.tax'],
    },
    {
      name: 'an error of what is required in objects of one type, and not of another',
      stockIsWrong: 'the error stands at the required field, which nobody asked for',
      query: '{ holders { ... on Farm { lot { tax } } ... on Shop { lot { name dues } } } }',
      errors: ['holders.0.lot.tax'],
      answer: {
        holders: [{ lot: { tax: null } }, { lot: { name: 'Lot l3', dues: 4 } }, { lot: { tax: 20 } }],
      },
    },
    {
      name: 'an error of a whole subgraph at what was required of it',
      query: '{ lots { tax name } }',
      down: { rates: 'unreachable' },
      failing: ['Lot.tax'],
      errors: ['lots.0.tax', 'lots.1.tax', 'lots.2.tax'],
    },
  ],
};
