/** Keys that a subgraph lists but does not resolve: an entity is never sent by one of them. */
import type { FederationCase } from '../../support/federation/case.ts';

const ships = [
  { id: 's1', flag: { state: 'NL', port: 'RTM' }, hull: 'steel', tons: 40, crew: 3 },
  { id: 's2', flag: { state: 'DK', port: 'CPH' }, hull: 'oak', tons: 7, crew: 1 },
];
const berths = [
  { number: 1, ship: ships[1], next: { number: 2 } },
  { number: 2, ship: null, next: null },
];

export const unresolvableKeys: FederationCase = {
  name: 'keys that cannot be resolved',
  subgraphs: {
    registry: `
      type Query { ships: [Ship!]! }
      type Ship @key(fields: "flag { state port }", resolvable: false) @key(fields: "id") {
        id: ID! flag: Flag! @shareable hull: String! tons: Int!
      }
      type Flag @shareable { state: String! port: String! }
    `,
    harbour: `
      type Query { berths: [Berth!]! flagship: Ship }
      type Berth { number: Int! ship: Ship next: Berth }
      type Ship @key(fields: "flag { state port }", resolvable: false) @key(fields: "flag { port }", resolvable: false) @key(fields: "id") {
        id: ID! flag: Flag! @shareable hull: String! @external tons: Int! @external
        dues: Int! @requires(fields: "tons") notice: String! @requires(fields: "hull tons")
      }
      type Flag @shareable { state: String! port: String! }
    `,
    crews: `
      type Ship @key(fields: "id", resolvable: false) @key(fields: "flag { state port }") {
        id: ID! flag: Flag! @shareable tons: Int! @external crew: Int! pay: Int! @requires(fields: "tons")
      }
      type Flag @shareable { state: String! port: String! }
    `,
  },
  entities: { Ship: ships },
  resolvers: {
    Query: { ships: () => ships, berths: () => berths, flagship: () => ships[0] },
    Ship: {
      dues: ({ tons }) => tons * 2,
      notice: ({ hull, tons }) => `${tons} t of ${hull}`,
      pay: ({ tons, crew }) => tons * (crew ?? 0) + tons,
    },
  },
  monolith: { Ship: { pay: ({ tons, crew }) => tons * crew + tons } },
  operations: [
    {
      name: 'a field that requires another, on an entity of its own',
      stockIsWrong: 'it sends the first key, which cannot be resolved',
      query: '{ flagship { dues } }',
      answer: { flagship: { dues: 80 } },
      calls: { harbour: 2, registry: 1 },
    },
    {
      name: 'within a list, with nulls',
      stockIsWrong: 'it sends the first key, which cannot be resolved',
      query: '{ berths { number ship { notice flag { port } } } }',
      answer: {
        berths: [
          { number: 1, ship: { notice: '7 t of oak', flag: { port: 'CPH' } } },
          { number: 2, ship: null },
        ],
      },
    },
    {
      name: 'from another subgraph, by the key that it resolves',
      query: '{ ships { notice dues crew } }',
      answer: {
        ships: [
          { notice: '40 t of steel', dues: 80, crew: 3 },
          { notice: '7 t of oak', dues: 14, crew: 1 },
        ],
      },
    },
    {
      name: 'a compound key alone',
      query: '{ flagship { crew hull } berths { ship { crew } } }',
    },
    {
      name: 'what requires a field of a third subgraph',
      stockIsWrong: 'it sends the first key, which cannot be resolved',
      query: '{ berths { ship { pay dues } } flagship { pay } ships { pay } }',
      answer: {
        berths: [{ ship: { pay: 14, dues: 14 } }, { ship: null }],
        flagship: { pay: 160 },
        ships: [{ pay: 160 }, { pay: 14 }],
      },
    },
  ],
};
