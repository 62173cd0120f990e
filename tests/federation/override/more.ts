/** Fields that moved and are required, provided, or part of a key elsewhere. */
import type { FederationCase } from '../../support/federation/case.ts';

const rooms = [
  { id: 'r1', size: 20, code: 'A', price: 5 },
  { id: 'r2', size: 30, code: 'B', price: 6 },
];
const gone = () => {
  throw new Error('This field has moved.');
};

export const overrideRequired: FederationCase = {
  name: '@override of what others require',
  subgraphs: {
    old: {
      sdl: `
        type Query { rooms: [Room!]! }
        type Room @key(fields: "id") { id: ID! size: Int! code: String! @shareable }
      `,
      resolvers: { Room: { size: gone } },
    },
    fresh: `
      type Query { best: Room }
      type Room @key(fields: "id") { id: ID! size: Int! @override(from: "old") }
    `,
    prices: `
      type Room @key(fields: "id") @key(fields: "code") { id: ID! code: String! size: Int! @external price: Int! cost: Int! @requires(fields: "size") }
    `,
  },
  entities: { Room: rooms },
  resolvers: {
    Query: { rooms: () => rooms, best: () => rooms[1] },
    Room: { cost: ({ size, price }) => size * price },
  },
  operations: [
    {
      name: 'from where it is now',
      query: '{ rooms { cost } }',
      answer: { rooms: [{ cost: 100 }, { cost: 180 }] },
      calls: { old: 1, fresh: 1, prices: 1 },
    },
    { name: 'from where it begins', query: '{ best { cost code size } }' },
  ],
};
