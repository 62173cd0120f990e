/** Interfaces that lead to one another, over and over, across subgraphs. */
import type { FederationCase } from '../../support/federation/case.ts';

const roads = [
  { __typename: 'Track', id: 'r1', length: 5, toll: 1, dust: 'much', similar: ['r2', 'r3'] },
  { __typename: 'Street', id: 'r2', length: 5, toll: 2, lamps: 8, similar: ['r1'] },
  { __typename: 'Track', id: 'r3', length: 7, toll: 3, dust: null, similar: [] as string[] },
];
const byId = (id: string) => roads.find((road) => road.id === id);

export const circularInterfaces: FederationCase = {
  name: 'interfaces that lead to one another',
  subgraphs: {
    map: `
      type Query { road: Road roads(of: [ID!]): [Road] node(id: ID!): Node }
      interface Node { id: ID! }
      interface Road implements Node { id: ID! length: Int alike: [Road] first: Node }
      type Track implements Road & Node @key(fields: "id") { id: ID! length: Int alike: [Road] first: Node }
      type Street implements Road & Node @key(fields: "id") { id: ID! length: Int alike: [Road] first: Node }
    `,
    survey: `
      interface Road { id: ID! toll: Int! back: Road }
      type Track implements Road @key(fields: "id") { id: ID! toll: Int! back: Road dust: String }
      type Street implements Road @key(fields: "id") { id: ID! toll: Int! back: Road lamps: Int! sum: Int! @requires(fields: "length") length: Int @external }
    `,
  },
  entities: { Track: roads, Street: roads },
  resolvers: {
    Query: {
      road: () => roads[0],
      roads: (_, { of }) => (of ?? ['r1', 'r2', 'r3', 'none']).map((id: string) => byId(id) ?? null),
      node: (_, { id }) => byId(id),
    },
    ...Object.fromEntries(
      ['Track', 'Street'].map((name) => [
        name,
        {
          alike: ({ id }: { id: string }) => byId(id)?.similar.map(byId),
          first: ({ id }: { id: string }) => byId(byId(id)?.similar[0] ?? ''),
          back: ({ id }: { id: string }) => roads.find((road) => road.id !== id),
          ...(name === 'Street' && {
            sum: ({ length, id }: { length: number; id: string }) => length + (byId(id)?.toll ?? 0),
          }),
        },
      ]),
    ),
  },
  operations: [
    {
      name: 'there and back again',
      query: '{ road { alike { toll back { length alike { id toll } } } } }',
      answer: {
        road: {
          alike: [
            {
              toll: 2,
              back: {
                length: 5,
                alike: [
                  { id: 'r2', toll: 2 },
                  { id: 'r3', toll: 3 },
                ],
              },
            },
            {
              toll: 3,
              back: {
                length: 5,
                alike: [
                  { id: 'r2', toll: 2 },
                  { id: 'r3', toll: 3 },
                ],
              },
            },
          ],
        },
      },
    },
    {
      name: 'by type at each step',
      query:
        '{ roads { __typename ... on Track { dust alike { ... on Street { lamps sum back { id ... on Track { dust } } } } } ... on Street { sum first { id ... on Track { toll } } } } }',
    },
    {
      name: 'a narrower interface of a wider one',
      query:
        '{ a: node(id: "r2") { id ... on Road { length toll first { ... on Road { toll } } } } b: node(id: "r3") { ... on Street { sum } ... on Track { back { toll } } } }',
    },
    {
      name: 'some that are not there',
      query: 'query ($of: [ID!]) { roads(of: $of) { id toll back { back { length } } } }',
      variables: { of: ['r3', 'none', 'r1'] },
    },
  ],
};
