/** Keys with nulls in them, entities that two subgraphs know by different keys, and keys hidden in wrappers. */
import type { FederationCase } from '../../support/federation/case.ts';

const people = [
  { id: 'p1', email: 'ada@mail.test', name: 'Ada', score: 3, boss: { id: 'p2' } },
  { id: 'p2', email: null, name: 'Bob', score: 5, boss: null },
];

export const keysWithNulls: FederationCase = {
  name: 'keys with nulls',
  subgraphs: {
    people: `
      type Query { people: [Person!]! page: Page! }
      type Page { edges: [Edge!] info: Info! }
      type Edge { node: Person cursor: String! }
      type Info { last: Person }
      type Person @key(fields: "id") @key(fields: "email") { id: ID! email: String name: String! boss: Person }
    `,
    scores: `
      type Person @key(fields: "email") { email: String score: Int }
    `,
    levels: `
      type Person @key(fields: "id") { id: ID! level: String! }
    `,
  },
  entities: {
    Person: (reference) =>
      people.find(({ id, email }) =>
        reference.id ? id === reference.id : email !== null && email === reference.email,
      ) ?? null,
  },
  resolvers: {
    Query: {
      people: () => people,
      page: () => ({
        edges: [
          { node: people[0], cursor: 'a' },
          { node: null, cursor: 'b' },
          { node: people[1], cursor: 'c' },
        ],
        info: { last: people[1] },
      }),
    },
    Person: { boss: ({ boss }) => people.find(({ id }) => id === boss?.id), level: ({ id }) => `L${id}` },
  },
  monolith: { Person: { score: ({ email, score }) => (email === null ? null : score) } },
  operations: [
    {
      name: 'null for what cannot be found by a key that is null',
      query: '{ people { name score } }',
      answer: {
        people: [
          { name: 'Ada', score: 3 },
          { name: 'Bob', score: null },
        ],
      },
    },
    { name: 'what is found by the other key', query: '{ people { level score boss { level score } } }' },
    {
      name: 'entities within wrappers, some of them null',
      query: '{ page { edges { cursor node { level name boss { level } } } info { last { level score } } } }',
    },
  ],
};
