/** Fields that moved from one subgraph to another, all at once or by a share of the requests. */
import type { FederationCase } from '../../support/federation/case.ts';

const bills = [
  { id: 'b1', amount: 7, status: 'PAID', payer: { name: 'Ada' } },
  { id: 'b2', amount: 9, status: 'OPEN', payer: { name: 'Bob' } },
];
const gone = () => {
  throw new Error('This field has moved.');
};

export const override: FederationCase = {
  name: '@override',
  subgraphs: {
    old: {
      sdl: `
        type Query { bills: [Bill!]! }
        type Bill @key(fields: "id") { id: ID! amount: Int! status: String! payer: Payer }
        type Payer @shareable { name: String! }
      `,
      resolvers: { Bill: { amount: gone, payer: gone } },
    },
    fresh: `
      type Query { lastBill: Bill }
      type Bill @key(fields: "id") { id: ID! amount: Int! @override(from: "old") payer: Payer @override(from: "old") }
      type Payer @shareable { name: String! }
    `,
  },
  entities: { Bill: bills },
  resolvers: { Query: { bills: () => bills, lastBill: () => bills[1] } },
  operations: [
    {
      name: 'from where the field is now',
      query: '{ bills { amount status } }',
      answer: {
        bills: [
          { amount: 7, status: 'PAID' },
          { amount: 9, status: 'OPEN' },
        ],
      },
      calls: { fresh: 1, old: 1 },
    },
    {
      name: 'without leaving it again',
      query: '{ lastBill { amount payer { name } } }',
      calls: { fresh: 1 },
    },
    {
      name: 'what moved beside what did not',
      query: '{ lastBill { status payer { name } amount } bills { payer { name } } }',
    },
  ],
};

export const progressiveOverride: FederationCase = {
  name: '@override by label',
  subgraphs: {
    old: `
      type Query { bills: [Bill!]! }
      type Bill @key(fields: "id") { id: ID! amount: Int! status: String! due: Int! }
    `,
    fresh: `
      type Query { lastBill: Bill }
      type Bill @key(fields: "id") {
        id: ID!
        amount: Int! @override(from: "old", label: "percent(100)")
        status: String! @override(from: "old", label: "percent(0)")
        due: Int! @override(from: "old", label: "percent(50)")
      }
    `,
  },
  entities: { Bill: bills },
  resolvers: {
    Query: { bills: () => bills, lastBill: () => bills[1] },
    Bill: { due: ({ amount }) => amount * 2 },
  },
  operations: [
    {
      name: 'from the new one where all requests go there',
      query: '{ lastBill { amount } }',
      calls: { fresh: 1 },
    },
    { name: 'from the old one where none goes yet', query: '{ bills { status } }', calls: { old: 1 } },
    { name: 'through both', query: '{ bills { amount } lastBill { status } }', calls: { old: 2, fresh: 2 } },
    { name: 'the same whichever it is', query: '{ bills { due amount status } lastBill { due } }' },
  ],
};
