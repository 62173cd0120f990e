/** @requires of a field that is computed where the operation begins, of what another subgraph has. */
import type { FederationCase } from '../../support/federation/case.ts';

const days = [
  { id: 'd1', high: 12 },
  { id: 'd2', high: 7 },
];

export const requiresBack: FederationCase = {
  name: '@requires that leads back to where it began',
  subgraphs: {
    one: {
      sdl: `
        type Query { days: [Day!]! }
        type Day @key(fields: "id") { id: ID! high: Int! @external mean: Int! @requires(fields: "high") }
      `,
      // It knows nothing of "high" but what it is sent.
      resolvers: { Query: { days: () => days.map(({ id }) => ({ id })) } },
    },
    two: `type Query { other: Day } type Day @key(fields: "id") { id: ID! high: Int! }`,
    three: `type Day @key(fields: "id") { id: ID! mean: Int! @external word: String! @requires(fields: "mean") }`,
  },
  entities: { Day: days },
  resolvers: {
    Query: { days: () => days, other: () => days[1] },
    Day: { mean: ({ high }) => high - 5, word: ({ mean }) => (mean > 5 ? 'warm' : 'cold') },
  },
  monolith: { Day: { mean: ({ high }) => high - 5, word: ({ high }) => (high > 10 ? 'warm' : 'cold') } },
  operations: [
    {
      name: 'the first step alone',
      query: '{ days { mean } }',
      answer: { days: [{ mean: 7 }, { mean: 2 }] },
    },
    {
      name: 'both steps from where they lead back to',
      stockIsWrong: 'its planner asks for a computed field before what it is computed of',
      query: '{ days { word } }',
      answer: { days: [{ word: 'warm' }, { word: 'cold' }] },
    },
    { name: 'both steps from elsewhere', query: '{ other { word } }', answer: { other: { word: 'cold' } } },
  ],
};
