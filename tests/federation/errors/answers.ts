/** Answers that a subgraph should not give: errors without a place, with a wrong one, beside data, and more than was asked. */
import type { FederationCase } from '../../support/federation/case.ts';

const users = [
  { id: 'u1', name: 'Ada', mood: 'calm' },
  { id: 'u2', name: 'Bob', mood: 'wild' },
];
const none = { message: 'No.' };

export const oddAnswers: FederationCase = {
  name: 'odd answers',
  subgraphs: {
    users: `
      type Query { users: [User!]! user: User any: Any ids: [ID] number: Int float: Float flag: Boolean text: String color: Color grid: [[Int!]] }
      type User @key(fields: "id") { id: ID! name: String }
      union Any = User | Thing
      type Thing { name: String }
      enum Color { RED BLUE }
    `,
    moods: `
      type User @key(fields: "id") { id: ID! mood: String must: String! friends: [User] }
    `,
  },
  entities: { User: users },
  resolvers: {
    Query: {
      users: () => users,
      user: () => users[0],
      any: () => ({ __typename: 'Thing', name: 'x' }),
      ids: () => ['a'],
      number: () => 1,
      float: () => 1.5,
      flag: () => true,
      text: () => 'a',
      color: () => 'RED',
      grid: () => [[1]],
    },
    User: { must: () => 'x', friends: () => users },
  },
  operations: [
    {
      name: 'an empty list of errors as none',
      query: '{ users { name mood } }',
      down: { moods: (answer) => ({ ...answer, errors: [] }) },
      failing: [],
    },
    {
      name: 'errors that are null as none',
      query: '{ users { name mood } }',
      down: { moods: (answer) => ({ ...answer, errors: null as never }) },
      failing: [],
    },
    {
      name: 'an error without a place beside data that are whole, keeping the data',
      query: '{ users { name mood } }',
      down: { moods: (answer) => ({ ...answer, errors: [none] }) },
      failing: [],
      unlike: { errors: ['(no path)'], because: 'a monolith knows where its errors are' },
    },
    {
      name: 'an error without a place where null is, and nowhere else',
      query: '{ users { name mood } }',
      down: {
        moods: () => ({
          data: { _entities: [{ ...users[0] }, { id: 'u2', mood: null }] },
          errors: [none],
        }),
      },
      failing: [],
      unlike: {
        data: {
          users: [
            { name: 'Ada', mood: 'calm' },
            { name: 'Bob', mood: null },
          ],
        },
        errors: ['users.1.mood'],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'no entities at all beside an error, and the rest of the same call',
      query: '{ users { name mood } }',
      down: { moods: () => ({ data: { _entities: null }, errors: [none] }) },
      failing: ['User.mood'],
      errors: ['users.0.mood', 'users.1.mood'],
    },
    {
      name: 'an error whose place is of no entity',
      query: '{ users { name mood } }',
      down: { moods: (answer) => ({ ...answer, errors: [{ ...none, path: ['_entities', 9, 'mood'] }] }) },
      failing: [],
      unlike: { errors: ['(no path)'], because: 'a monolith knows where its errors are' },
    },
    {
      name: 'an error whose place is beyond the end of a list',
      query: '{ ids text }',
      down: { users: (answer) => ({ ...answer, errors: [{ ...none, path: ['ids', 7] }] }) },
      failing: [],
      unlike: { errors: ['(no path)'], because: 'a monolith knows where its errors are' },
    },
    {
      name: 'an error whose place is within a null, up to the null',
      query: '{ text flag ids }',
      down: {
        users: () => ({
          data: { text: null, flag: true, ids: null },
          errors: [
            { ...none, path: ['text', 'length'] },
            { ...none, path: ['ids', 'first'] },
          ],
        }),
      },
      failing: ['Query.text', 'Query.ids'],
      errors: ['ids', 'text'],
    },
    {
      name: 'an error for one entity that is null',
      query: '{ users { name mood } }',
      down: {
        moods: () => ({
          data: { _entities: [null, { ...users[1] }] },
          errors: [{ ...none, path: ['_entities', 0] }],
        }),
      },
      failing: [],
      answer: {
        users: [
          { name: 'Ada', mood: 'calm' },
          { name: 'Bob', mood: 'wild' },
        ],
      },
      unlike: {
        data: {
          users: [
            { name: 'Ada', mood: null },
            { name: 'Bob', mood: 'wild' },
          ],
        },
        errors: ['users.0.mood'],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'a null entity without an error',
      query: '{ users { name mood } }',
      down: { moods: () => ({ data: { _entities: [null, null] } }) },
      failing: [],
      unlike: {
        data: {
          users: [
            { name: 'Ada', mood: null },
            { name: 'Bob', mood: null },
          ],
        },
        errors: [],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'fields that nobody asked for',
      query: '{ user { name } }',
      down: {
        users: () => ({
          data: { user: { name: 'Ada', id: 'x', secret: 'y', __typename: 'User' }, other: 1 },
        }),
      },
      failing: [],
    },
    {
      name: 'a field that is missing, as null with an error',
      query: '{ user { name } ids }',
      down: { users: () => ({ data: { user: { __typename: 'User' } } }) },
      failing: [],
      unlike: {
        data: { user: { name: null }, ids: null },
        errors: ['ids', 'user.name'],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'what is missing in lists and under an alias, each with an error',
      query: '{ people: users { called: name } grid }',
      down: { users: () => ({ data: { people: [{ called: 'Ada' }, {}], grid: [[1]] } }) },
      failing: [],
      unlike: {
        data: { people: [{ called: 'Ada' }, { called: null }], grid: [[1]] },
        errors: ['people.1.called'],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'an object without its key, as one that cannot be asked about',
      query: '{ user { name mood } }',
      down: { users: () => ({ data: { user: { __typename: 'User', name: 'Ada' } } }) },
      failing: [],
      unlike: {
        data: { user: { name: 'Ada', mood: null } },
        errors: ['user.mood'],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'an object whose kind is another one, as no object',
      stockIsWrong: 'it shows what says that it is something else, or fails as a whole',
      query: '{ user { name mood } }',
      down: { users: () => ({ data: { user: { __typename: 'Thing', id: 'u1', name: 'Ada' } } }) },
      failing: ['Query.user'],
      errors: ['user'],
    },
    {
      name: 'an object whose kind is a number, as no object',
      stockIsWrong: 'it shows what says that it is something else, or fails as a whole',
      query: '{ user { name mood } }',
      down: { users: () => ({ data: { user: { __typename: 7, id: 'u1', name: 'Ada' } } }) },
      failing: ['Query.user'],
      errors: ['user'],
    },
    {
      name: 'an object that says it is another one where its kind is asked for, as no object',
      query: '{ user { __typename name } }',
      down: { users: () => ({ data: { user: { __typename: 'Nobody', name: 'Ada' } } }) },
      failing: ['Query.user'],
      errors: ['user'],
    },
    {
      name: 'an entity with one of two fields',
      query: '{ user { mood friends { id } } }',
      down: { moods: () => ({ data: { _entities: [{ mood: 'calm' }] } }) },
      failing: [],
      unlike: {
        data: { user: { mood: 'calm', friends: null } },
        errors: ['user.friends'],
        because: 'the monolith has no such failure',
      },
    },
    {
      name: 'a kind that does not exist',
      query: '{ any { __typename ... on Thing { name } } }',
      down: { users: () => ({ data: { any: { __typename: 'Nothing', name: 'x' } } }) },
      failing: ['Query.any'],
      errors: ['any'],
    },
    {
      name: 'a kind that cannot be there',
      stockIsWrong: 'it answers with any kind that the schema has',
      query: '{ any { __typename ... on Thing { name } } }',
      down: { users: () => ({ data: { any: { __typename: 'Query', name: 'x' } } }) },
      failing: ['Query.any'],
      errors: ['any'],
    },
    {
      name: 'a value of an enum that does not exist',
      query: '{ color text }',
      down: { users: () => ({ data: { color: 'GREEN', text: 'a' } }) },
      failing: ['Query.color'],
      errors: ['color'],
    },
    {
      name: 'a list for a number',
      query: '{ number text }',
      down: { users: () => ({ data: { number: [1], text: 'a' } }) },
      failing: ['Query.number'],
      errors: ['number'],
    },
    {
      name: 'a number that is none of the kind',
      query: '{ number float text }',
      down: { users: () => ({ data: { number: 1.5, float: 1.5, text: 'a' } }) },
      failing: ['Query.number'],
      errors: ['number'],
    },
    {
      name: 'an object for a text',
      query: '{ text flag }',
      down: { users: () => ({ data: { text: { a: 1 }, flag: true } }) },
      failing: ['Query.text'],
      errors: ['text'],
    },
    {
      name: 'a text for a truth',
      query: '{ text flag }',
      down: { users: () => ({ data: { text: 'a', flag: 'true' } }) },
      failing: ['Query.flag'],
      errors: ['flag'],
    },
    {
      name: 'a whole number for a float',
      query: '{ float }',
      down: { users: () => ({ data: { float: 2 } }) },
      failing: [],
      unlike: { data: { float: 2 }, errors: [], because: 'it is another number' },
    },
    {
      name: 'a list of lists with a hole',
      query: '{ grid }',
      down: { users: () => ({ data: { grid: [[1, null], [2], null] } }) },
      failing: [],
      unlike: {
        data: { grid: [null, [2], null] },
        errors: ['grid.0.1'],
        because: 'the monolith has no such hole',
      },
    },
    {
      name: 'one number for a list',
      stockIsWrong: 'a value of a wrong form takes the whole answer with it',
      query: '{ grid text }',
      down: { users: () => ({ data: { grid: 3, text: 'a' } }) },
      failing: ['Query.grid'],
      errors: ['grid'],
    },
    {
      name: 'an entity of another kind',
      query: '{ user { name mood } }',
      down: { moods: () => ({ data: { _entities: [7] } as never }) },
      failing: ['User.mood'],
      errors: ['user.mood'],
    },
  ],
};
