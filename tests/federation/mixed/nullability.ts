/** Fields of one name whose types differ: between subgraphs, and between the types of a union. */
import type { FederationCase } from '../../support/federation/case.ts';

const persons = [
  { __typename: 'User', id: 'u1', name: 'Ada', mood: 'GLAD', boss: { __typename: 'Admin', id: 'x1' } },
  { __typename: 'Admin', id: 'x1', name: null, mood: null, boss: null },
];

export const differentNullability: FederationCase = {
  name: 'one field, nullable here and not there',
  subgraphs: {
    accounts: `
      type Query { user: User persons: [Person] admin: Admin! }
      union Person = User | Admin
      type User @key(fields: "id") { id: ID! name: String! @shareable mood: Mood }
      type Admin @key(fields: "id") { id: ID! name: String @shareable mood: Mood boss: Person }
      enum Mood { GLAD SAD }
    `,
    staff: `
      type Query { staff: [Staff!]! }
      union Staff = User | Admin
      type User @key(fields: "id") { id: ID! name: String @shareable boss: Admin }
      type Admin @key(fields: "id") { id: ID! name: String @shareable level(of: Scale! = BIG): Int }
      enum Scale { BIG SMALL }
    `,
  },
  entities: { User: persons, Admin: persons },
  resolvers: {
    Query: {
      user: () => persons[0],
      persons: () => [...persons, null],
      admin: () => persons[1],
      staff: () => persons,
    },
    Admin: { level: (_, { of }) => (of === 'SMALL' ? 1 : 100), boss: () => persons[0] },
    User: { boss: () => persons[1] },
  },
  operations: [
    {
      name: 'one name for both types',
      query: '{ persons { ... on User { name mood } ... on Admin { name mood } } }',
    },
    {
      name: 'from both subgraphs',
      query: '{ user { name boss { level name } } admin { level(of: SMALL) mood } }',
    },
    {
      name: 'where a subgraph has it in one way for one type, and otherwise for another',
      query:
        '{ staff { ... on User { name } ... on Admin { name l: level(of: SMALL) level } } persons { __typename } }',
    },
    {
      name: 'objects of other types under one name',
      query:
        '{ persons { ... on User { boss { id level } } ... on Admin { boss { ... on User { name boss { name } } } } } }',
    },
  ],
};
