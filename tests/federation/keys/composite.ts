/** Keys of several fields, keys that reach into objects and lists, and keys that differ from subgraph to subgraph. */
import type { FederationCase } from '../../support/federation/case.ts';

const rooms = [
  { floor: 1, number: 1, size: 20, guests: ['Ada', 'Bob'] },
  { floor: 1, number: 2, size: 30, guests: [] },
  { floor: 2, number: 1, size: 40, guests: ['Cyd'] },
];

export const compositeKeys: FederationCase = {
  name: 'a key of two fields',
  subgraphs: {
    rooms: `
      type Query { rooms: [Room!]! }
      type Room @key(fields: "floor number") { floor: Int! number: Int! size: Int! }
    `,
    guests: `
      type Room @key(fields: "floor number") { floor: Int! number: Int! guests: [String!]! }
    `,
  },
  entities: { Room: rooms },
  resolvers: { Query: { rooms: () => rooms } },
  operations: [
    {
      name: 'each entity by both fields, never by one of them',
      query: '{ rooms { size guests } }',
      answer: {
        rooms: [
          { size: 20, guests: ['Ada', 'Bob'] },
          { size: 30, guests: [] },
          { size: 40, guests: ['Cyd'] },
        ],
      },
      representations: { guests: 3 },
    },
    {
      name: 'with the key asked for under other names',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query: '{ rooms { floor: number number: floor guests } }',
    },
  ],
};

const letters = [
  {
    id: 'l1',
    from: { name: 'Ada', city: { code: 'LON', name: 'London' } },
    stamps: [{ id: 's1' }, { id: 's2' }],
    weight: 3,
  },
  { id: 'l2', from: { name: 'Ada', city: { code: 'PAR', name: 'Paris' } }, stamps: [], weight: 4 },
  {
    id: 'l3',
    from: { name: 'Bob', city: { code: 'LON', name: 'London' } },
    stamps: [{ id: 's2' }],
    weight: 5,
  },
];

export const nestedKeys: FederationCase = {
  name: 'a key that reaches into objects and lists',
  subgraphs: {
    post: `
      type Query { letters: [Letter!]! }
      type Letter @key(fields: "from { name city { code } } stamps { id }") { from: Sender! stamps: [Stamp!]! }
      type Sender @shareable { name: String! city: City! }
      type City { code: ID! @shareable name: String! }
      type Stamp @shareable { id: ID! }
    `,
    scales: `
      type Letter @key(fields: "from { name city { code } } stamps { id }") { from: Sender! stamps: [Stamp!]! weight: Int! }
      type Sender @shareable { name: String! city: City! }
      type City @shareable { code: ID! }
      type Stamp @shareable { id: ID! }
    `,
  },
  entities: { Letter: letters },
  resolvers: { Query: { letters: () => letters } },
  operations: [
    {
      name: 'each entity by all of its key',
      query: '{ letters { weight } }',
      answer: { letters: [{ weight: 3 }, { weight: 4 }, { weight: 5 }] },
    },
    {
      name: 'with parts of the key asked for too, under other names',
      stockIsWrong: 'an alias with the name of a key field is read as the key',
      query:
        '{ letters { weight from { city { name code: name } name: city { code } } stamps { stamp: id } } }',
    },
  ],
};

const people = [
  {
    id: 'u1',
    email: 'ada@mail.test',
    passport: { number: '7', country: 'GB' },
    name: 'Ada',
    visits: 2,
    salary: 10,
  },
  {
    id: 'u2',
    email: 'bob@mail.test',
    passport: { number: '7', country: 'FR' },
    name: 'Bob',
    visits: 0,
    salary: 20,
  },
];

export const manyKeys: FederationCase = {
  name: 'several keys, and a subgraph that links them',
  subgraphs: {
    people: `
      type Query { people: [Person!]! }
      type Person @key(fields: "id") { id: ID! name: String! }
    `,
    register: `
      type Person @key(fields: "id") @key(fields: "email") @key(fields: "passport { number country }") {
        id: ID! email: String! passport: Passport!
      }
      type Passport @shareable { number: String! country: String! }
    `,
    border: `
      type Query { lastSeen: Person! }
      type Person @key(fields: "passport { number country }") { passport: Passport! visits: Int! }
      type Passport @shareable { number: String! country: String! }
    `,
    payroll: `
      type Person @key(fields: "email") { email: String! salary: Int! }
    `,
  },
  entities: { Person: people },
  resolvers: { Query: { people: () => people, lastSeen: () => people[1] } },
  operations: [
    {
      name: 'from one key to two others',
      query: '{ people { name visits salary } }',
      answer: {
        people: [
          { name: 'Ada', visits: 2, salary: 10 },
          { name: 'Bob', visits: 0, salary: 20 },
        ],
      },
      calls: { people: 1, register: 1, border: 1, payroll: 1 },
    },
    { name: 'from the far end of the chain', query: '{ lastSeen { salary name visits } }' },
  ],
};
