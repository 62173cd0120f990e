/** Errors of fields, of entities and of whole subgraphs: each stands at its path, and siblings stay. */
import type { FederationCase } from '../../support/federation/case.ts';

const fail = (what: string) => () => {
  throw new Error(`Expected ${what}.`);
};
const users = [
  { id: 'u1', name: 'Ada', age: 30 },
  { id: 'u2', name: 'Bob', age: 40 },
  { id: 'u3', name: 'Cyd', age: 50 },
];
const mood = ({ id }: { id: string }) => (id === 'u2' ? new Error('Expected a mood.') : 'calm');

export const errors: FederationCase = {
  name: 'errors of fields',
  subgraphs: {
    users: `
      type Query { users: [User!]! user(id: ID!): User broken: String brokenList: [User] mixed: [User] ok: Int }
      type User @key(fields: "id") { id: ID! name: String! age: Int nick: String }
    `,
    moods: `
      type Query { calm: [User!]! }
      type User @key(fields: "id") { id: ID! mood: String must: String! friends: [User!] first: Friend }
      type Friend { user: User! since: Int! }
    `,
  },
  entities: { User: users },
  resolvers: {
    Query: {
      users: () => users,
      user: (_, { id }) => users.find((user) => user.id === id),
      broken: fail('a text'),
      brokenList: fail('a list'),
      mixed: () => [users[0], new Error('Expected a user.'), users[1]],
      calm: () => [users[0]],
      ok: () => 1,
    },
    User: {
      nick: fail('a nickname'),
      mood,
      must: mood,
      friends: ({ id }) => users.filter((user) => user.id !== id),
      first: () => ({ user: users[1], since: new Error('Expected a year.') }),
    },
  },
  operations: [
    {
      name: 'an error at the root beside what is there',
      query: '{ broken ok users { name } }',
      errors: ['broken'],
    },
    {
      name: 'an error of a list, and of one item',
      query: '{ brokenList { name } mixed { name } }',
      errors: ['brokenList', 'mixed.1'],
      answer: { brokenList: null, mixed: [{ name: 'Ada' }, null, { name: 'Bob' }] },
    },
    {
      name: 'an error in every item of a list',
      query: '{ users { name nick } }',
      errors: ['users.0.nick', 'users.1.nick', 'users.2.nick'],
    },
    {
      name: 'an error of one entity, with the path of the client',
      query: '{ users { name mood } }',
      errors: ['users.1.mood'],
      answer: {
        users: [
          { name: 'Ada', mood: 'calm' },
          { name: 'Bob', mood: null },
          { name: 'Cyd', mood: 'calm' },
        ],
      },
    },
    {
      name: 'an error where null may not be',
      query: '{ user(id: "u2") { name must } ok }',
      errors: ['user.must'],
      answer: { user: null, ok: 1 },
    },
    {
      name: 'an error that takes all with it',
      query: '{ ok users { must } }',
      errors: ['users.1.must'],
      answer: null,
    },
    {
      name: 'errors under other names',
      query: '{ people: users { called: nick feels: mood } }',
      errors: ['people.0.called', 'people.1.called', 'people.2.called', 'people.1.feels'],
    },
    {
      name: 'errors of entities within entities',
      query: '{ calm { friends { name mood friends { mood } } } }',
      errors: ['calm.0.friends.0.mood', 'calm.0.friends.1.friends.1.mood'],
    },
    {
      name: 'an error once for each place of one entity',
      query: '{ calm { friends { mood } } users { mood friends { mood } } }',
      errors: ['calm.0.friends.0.mood', 'users.0.friends.0.mood', 'users.1.mood', 'users.2.friends.1.mood'],
    },
    {
      name: 'an error below an object of an entity',
      query: '{ user(id: "u1") { name first { user { name } since } } }',
      errors: ['user.first.since'],
      answer: { user: { name: 'Ada', first: null } },
    },
    {
      name: 'errors at two places of which one is within the other',
      query: '{ mixed { nick mood } }',
      errors: ['mixed.1', 'mixed.0.nick', 'mixed.2.nick', 'mixed.2.mood'],
    },
    {
      name: 'errors where a field is asked for twice',
      query: '{ users { mood ...M } } fragment M on User { mood again: mood }',
      errors: ['users.1.mood', 'users.1.again'],
    },
  ],
};

export const downs: FederationCase = {
  name: 'subgraphs that fail whole',
  subgraphs: {
    users: `
      type Query { users: [User!]! user(id: ID!): User holes: [User] }
      type User @key(fields: "id") { id: ID! name: String! age: Int }
    `,
    moods: `
      type Query { calm: User mood: String }
      type User @key(fields: "id") { id: ID! mood: String feeling: Feeling must: String! }
      type Feeling { name: String! }
    `,
    taxes: `
      type User @key(fields: "id") { id: ID! age: Int @external tax: Int @requires(fields: "age") rate: Int }
    `,
  },
  entities: { User: users },
  resolvers: {
    Query: {
      users: () => users,
      user: (_, { id }) => users.find((user) => user.id === id),
      holes: () => [null, users[0]],
      calm: () => users[0],
      mood: () => 'fine',
    },
    User: {
      mood: () => 'calm',
      feeling: () => ({ name: 'joy' }),
      must: () => 'x',
      tax: ({ age }) => age * 2,
      rate: () => 2,
    },
  },
  operations: [
    {
      name: 'an error at each place that a fetch would have filled',
      query: '{ users { name mood } }',
      down: { moods: 'unreachable' },
      errors: ['users.0.mood', 'users.1.mood', 'users.2.mood'],
    },
    {
      name: 'an answer without data as no answer',
      query: '{ users { name mood feels: feeling { name } } }',
      down: { moods: 'no data' },
      errors: [
        'users.0.mood',
        'users.1.mood',
        'users.2.mood',
        'users.0.feels',
        'users.1.feels',
        'users.2.feels',
      ],
    },
    {
      name: 'an answer with nothing in it as no answer',
      query: '{ user(id: "u1") { name mood } }',
      down: { moods: 'silent' },
      errors: ['user.mood'],
    },
    {
      name: 'an error at the root',
      query: '{ calm { mood name } mood }',
      down: { moods: 'unreachable' },
      errors: ['calm', 'mood'],
      calls: { moods: 1 },
    },
    {
      name: 'an error at the root beside the rest',
      query: '{ mood holes { name mood } }',
      down: { moods: 'no data' },
      errors: ['mood', 'holes.1.mood'],
      answer: { mood: null, holes: [null, { name: 'Ada', mood: null }] },
    },
    {
      name: 'nothing at all when the root may not be null',
      query: '{ users { name } mood }',
      down: { users: 'unreachable' },
      errors: ['users'],
      answer: null,
    },
    {
      name: 'nulls up to where they may be',
      query: '{ user(id: "u1") { name must } }',
      down: { moods: 'unreachable' },
      errors: ['user.must'],
      answer: { user: null },
    },
    {
      name: 'what is left when two of three fail',
      query: '{ user(id: "u1") { name mood rate } }',
      down: { moods: 'unreachable', taxes: 'no data' },
      errors: ['user.mood', 'user.rate'],
    },
    {
      name: 'an error under each name',
      query: '{ user(id: "u1") { a: mood b: mood ...F } } fragment F on User { c: mood }',
      down: { moods: 'unreachable' },
      errors: ['user.a', 'user.b', 'user.c'],
    },
    {
      name: 'an error where a field is computed of what is not there',
      query: '{ calm { mood tax } }',
      down: { users: 'unreachable' },
      failing: ['User.tax'],
      errors: ['calm.tax'],
      answer: { calm: { mood: 'calm', tax: null } },
    },
    {
      name: 'an error where an answer has too few entities',
      query: '{ users { name mood } }',
      down: { moods: ({ data }) => ({ data: { ...data, _entities: [] } }) },
      failing: ['User.mood'],
      errors: ['users.0.mood', 'users.1.mood', 'users.2.mood'],
    },
    {
      name: 'an error where entities are no list',
      query: '{ users { name mood } }',
      down: { moods: () => ({ data: { _entities: 'none' } as never }) },
      failing: ['User.mood'],
      errors: ['users.0.mood', 'users.1.mood', 'users.2.mood'],
    },
    {
      name: 'an error where a number comes for an object',
      stockIsWrong: 'a value of a wrong form takes the whole answer with it',
      query: '{ user(id: "u1") { name feeling { name } } }',
      down: { moods: ({ data }) => ({ data: { ...data, _entities: [{ __typename: 'User', feeling: 7 }] } }) },
      failing: ['User.feeling'],
      errors: ['user.feeling'],
    },
    {
      name: 'an error where an object comes for a list',
      stockIsWrong: 'a value of a wrong form takes the whole answer with it',
      query: '{ holes { name } calm { mood } }',
      down: { users: () => ({ data: { holes: { name: 'x' } } as never }) },
      failing: ['Query.holes'],
      errors: ['holes'],
      answer: { holes: null, calm: { mood: 'calm' } },
    },
    {
      name: 'an error where a text comes for a number',
      query: '{ user(id: "u1") { name age } }',
      down: {
        users: ({ data }) => ({ data: { ...data, user: { __typename: 'User', name: 'Ada', age: 'old' } } }),
      },
      failing: ['User.age'],
      errors: ['user.age'],
    },
  ],
};
