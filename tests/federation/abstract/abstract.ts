/** Interfaces and unions whose members are spread over subgraphs, and every way to ask for them. */
import type { FederationCase } from '../../support/federation/case.ts';

const owners = [
  { id: 'o1', name: 'Ada' },
  { id: 'o2', name: 'Bob' },
];
const cats = [
  { __typename: 'Cat', id: 'c1', name: 'Tom', owner: owners[0], lives: 9, tag: 'short', vet: 'Dr A' },
];
const dogs = [
  { __typename: 'Dog', id: 'd1', name: 'Rex', owner: owners[1], tricks: ['sit'], tag: 5, vet: 'Dr B' },
  { __typename: 'Dog', id: 'd2', name: 'Max', owner: null, tricks: [], tag: 6, vet: null },
];
const stones = [{ __typename: 'Stone', weight: 3, shape: { sides: 4 } }];
const rows = [cats[0], dogs[0], stones[0], dogs[1]] as const;

export const abstractTypes: FederationCase = {
  name: 'interfaces and unions across subgraphs',
  subgraphs: {
    zoo: `
      type Query { pets: [Pet]! finds: [Find!]! pet(id: ID!): Pet stone: Find cat: Cat! }
      interface Named { name: String! }
      interface Pet implements Named { id: ID! name: String! owner: Owner }
      type Cat implements Pet & Named @key(fields: "id") { id: ID! name: String! owner: Owner tag: String! }
      type Dog implements Pet & Named @key(fields: "id") { id: ID! name: String! owner: Owner tag: Int! }
      type Stone { weight: Int! shape: Shape }
      type Shape { sides: Int! }
      type Owner @key(fields: "id") { id: ID! }
      union Find = Cat | Dog | Stone
    `,
    care: `
      type Query { patients: [Patient!]! }
      interface Patient { vet: String }
      type Cat implements Patient @key(fields: "id") { id: ID! lives: Int! vet: String }
      type Dog implements Patient @key(fields: "id") { id: ID! tricks: [String!]! vet: String }
    `,
    owners: `
      interface Named { name: String! }
      type Owner implements Named @key(fields: "id") { id: ID! name: String! pets: [Keepable!]! }
      union Keepable = Cat | Dog
      type Cat @key(fields: "id") { id: ID! }
      type Dog @key(fields: "id") { id: ID! }
    `,
  },
  entities: { Cat: cats, Dog: dogs, Owner: owners },
  resolvers: {
    Query: {
      pets: () => [cats[0], null, ...dogs],
      finds: () => rows,
      pet: (_, { id }) => [...cats, ...dogs].find((pet) => pet.id === id),
      stone: () => stones[0],
      patients: () => [...dogs, ...cats],
      cat: () => cats[0],
    },
    Owner: { pets: ({ id }) => [...dogs, ...cats].filter(({ owner }) => owner?.id === id) },
  },
  operations: [
    {
      name: 'fields of an interface from one subgraph',
      query: '{ pets { name owner { id } } }',
      calls: { zoo: 1 },
    },
    {
      name: 'fields of members from another',
      query: '{ pets { name ... on Cat { lives } ... on Dog { tricks } } }',
      answer: {
        pets: [
          { name: 'Tom', lives: 9 },
          null,
          { name: 'Rex', tricks: ['sit'] },
          { name: 'Max', tricks: [] },
        ],
      },
      calls: { zoo: 1, care: 1 },
    },
    {
      name: 'fields of members of a union',
      query:
        '{ finds { ... on Dog { name tricks } ... on Stone { weight shape { sides } } ... on Cat { vet } } }',
    },
    {
      name: 'members that nothing is asked of as empty objects',
      query: '{ finds { ... on Stone { weight } } }',
      answer: { finds: [{}, {}, { weight: 3 }, {}] },
    },
    {
      name: 'fragments on interfaces within a union',
      query: '{ finds { __typename ... on Named { name } ... on Pet { owner { name } } } }',
    },
    {
      name: 'fragments on an interface that the asked subgraph does not know',
      query: '{ finds { ... on Patient { vet } } pets { ... on Patient { vet } name } }',
      answer: {
        finds: [{ vet: 'Dr A' }, { vet: 'Dr B' }, {}, { vet: null }],
        pets: [{ vet: 'Dr A', name: 'Tom' }, null, { vet: 'Dr B', name: 'Rex' }, { vet: null, name: 'Max' }],
      },
    },
    {
      name: 'fragments within fragments that narrow and widen',
      query:
        '{ finds { ... on Pet { ... on Cat { name ... on Pet { id ... on Dog { tricks } } } ... on Named { ... on Dog { tag } } } } }',
    },
    {
      name: 'a fragment of a type within itself by way of another',
      query: '{ cat { ... on Pet { name ... on Cat { lives } } ... on Named { ... on Dog { id } } } }',
      answer: { cat: { name: 'Tom', lives: 9 } },
    },
    {
      name: 'one name for fields of different types',
      query:
        '{ pets { ... on Cat { what: tag } ... on Dog { what: name } } finds { ... on Cat { x: name } ... on Stone { x: __typename } } }',
    },
    {
      name: 'named fragments used in many places',
      query:
        '{ pets { ...P } finds { ...P ...S } } fragment P on Pet { name ...D } fragment D on Dog { tricks vet } fragment S on Stone { weight }',
    },
    {
      name: 'from a subgraph that knows the members by their keys alone',
      query:
        '{ pet(id: "c1") { owner { name pets { __typename ... on Cat { name lives } ... on Pet { id } } } } }',
    },
    {
      name: 'from the other interface back',
      query: '{ patients { vet __typename ... on Pet { name } ... on Cat { owner { name } } } }',
    },
    {
      name: 'a member without an owner, and the owners of others',
      query: '{ pets { owner { name } } }',
      answer: { pets: [{ owner: { name: 'Ada' } }, null, { owner: { name: 'Bob' } }, { owner: null }] },
    },
    {
      name: 'the same member field through several fragments',
      query:
        '{ finds { ... on Cat { owner { id } } ... on Pet { owner { name } } ... on Dog { owner { pets { __typename } } } } }',
    },
    {
      name: 'a union whose only answer has no entity',
      query: '{ stone { ... on Cat { lives } ... on Dog { vet } } }',
      answer: { stone: {} },
      calls: { zoo: 1 },
    },
    {
      name: 'one name for fields of two subgraphs',
      query: '{ finds { ... on Cat { v: lives } ... on Dog { v: tag } ... on Stone { v: weight } } }',
    },
  ],
};
