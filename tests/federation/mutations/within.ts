/** Fields whose type is the root: each place asks for root fields of its own. */
import type { FederationCase } from '../../support/federation/case.ts';

const desk = (name: string): unknown => ({ name, query: {}, again: () => desk(`${name}'`) });
const places = { north: { id: 'p1', name: 'North' }, south: { id: 'p2', name: 'South' } };
const byName = (name: keyof typeof places) => places[name] ?? null;

export const rootsWithin: FederationCase = {
  name: 'a query at several places of one answer',
  subgraphs: {
    desks: `
      type Query { desk: PlannerThread desks: [PlannerThread!]! noDesk: PlannerThread noDesks: [PlannerThread!]! own(n: Int): Int }
      type Mutation { open(name: String!): PlannerThread close(name: String!): PlannerThread }
      type PlannerThread { name: String! query: Query! again: PlannerThread }
    `,
    maps: `
      type Query { place(name: String!): Place size(of: Int, unit: Unit = KM): Int places: [Place!]! tide: Int broken: Int }
      type Place @key(fields: "id") { id: ID! name: String! }
      enum Unit { KM MI }
    `,
    weather: `
      type Query { storms(over: Int): [Int!]! }
      type Place @key(fields: "id") { id: ID! rain: Int! }
    `,
  },
  entities: { Place: Object.values(places).map((place, at) => ({ ...place, rain: at + 4 })) },
  resolvers: {
    Query: {
      desk: () => desk('one'),
      desks: () => [desk('two'), desk('three')],
      noDesk: () => null,
      noDesks: () => [],
      own: (_, { n }) => n,
      place: (_, { name }) => byName(name),
      size: (_, { of, unit }) => of * (unit === 'MI' ? 100 : 1),
      places: () => Object.values(places),
      tide: () => 3,
      broken: () => {
        throw new Error('Expected nobody to ask.');
      },
      storms: (_, { over }) => [over, over + 1],
    },
    Mutation: { open: (_, { name }) => desk(name), close: (_, { name }) => desk(`${name} shut`) },
    Place: { rain: ({ id }) => (id === 'p1' ? 4 : 5) },
  },
  operations: [
    {
      name: 'one field with other arguments',
      query: '{ a: desk { query { size(of: 1) } } b: desk { query { size(of: 2) } } }',
      answer: { a: { query: { size: 1 } }, b: { query: { size: 2 } } },
      calls: { desks: 1, maps: 2 },
    },
    {
      name: 'one field with the same arguments, in one call',
      query: '{ a: desk { query { tide } } b: desk { query { tide } } }',
      answer: { a: { query: { tide: 3 } }, b: { query: { tide: 3 } } },
      calls: { desks: 1, maps: 1 },
    },
    {
      name: 'fields that have nothing in common, in one call',
      query: '{ tide a: desk { query { size(of: 1) } } b: desk { query { places { name } __typename } } }',
      calls: { desks: 1, maps: 1 },
    },
    {
      name: 'one name for two fields',
      query:
        '{ v: tide a: desk { query { v: size(of: 4, unit: MI) } } b: desk { query { v: places { id } } } }',
      answer: { v: 3, a: { query: { v: 400 } }, b: { query: { v: [{ id: 'p1' }, { id: 'p2' }] } } },
    },
    {
      name: 'at the root too, and in lists',
      query: '{ size(of: 1) desks { name query { size(of: 2) } } desk { query { size(of: 3) } } }',
      answer: {
        size: 1,
        desks: [
          { name: 'two', query: { size: 2 } },
          { name: 'three', query: { size: 2 } },
        ],
        desk: { query: { size: 3 } },
      },
    },
    {
      name: 'several deep',
      query:
        '{ desk { query { size(of: 1) desk { query { size(of: 2) desk { query { size(of: 3) own(n: 4) } } own(n: 5) } } } again { query { size(of: 6) own(n: 7) } } } }',
    },
    {
      name: 'entities within, of which other subgraphs have more',
      query:
        '{ a: desk { query { place(name: "north") { rain } storms(over: 1) } } b: desk { query { place(name: "south") { rain name } storms(over: 5) } } place(name: "north") { name rain } }',
    },
    {
      name: 'in the payloads of mutations',
      query:
        'mutation { open(name: "x") { query { size(of: 1) place(name: "north") { rain } } } close(name: "x") { name query { size(of: 2) place(name: "south") { rain } } } again: open(name: "y") { query { size(of: 1) tide } } }',
    },
    {
      name: 'by variables, some of them left out',
      query:
        'query ($n: Int, $yes: Boolean!) { a: desk { query { size(of: $n) @include(if: $yes) tide } } b: desk { query @skip(if: $yes) { size(of: 9) } name } }',
      variables: { n: 2, yes: true },
    },
    {
      name: 'within a list that is empty and what is null, without a call',
      query: '{ noDesks { name query { tide } } noDesk { query { size(of: 1) } } }',
      answer: { noDesks: [], noDesk: null },
      calls: { desks: 1 },
    },
    {
      name: 'within what is not there beside what is, without an error of a field that no place has',
      query: '{ noDesks { query { broken } } desk { query { tide } } }',
      answer: { noDesks: [], desk: { query: { tide: 3 } } },
      calls: { desks: 1, maps: 1 },
    },
    {
      name: 'within what is not there, together with entities of one subgraph',
      query: '{ places { id name } noDesk { query { broken tide } } }',
      calls: { desks: 1, maps: 1 },
    },
  ],
};
