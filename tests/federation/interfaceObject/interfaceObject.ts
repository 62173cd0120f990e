/** An interface that a subgraph sees as one object type. */
import type { FederationCase } from '../../support/federation/case.ts';

const books = [
  { __typename: 'Book', id: 'm1', title: 'Emma', pages: 400, stars: 4, notes: ['old'] },
  { __typename: 'Book', id: 'm3', title: 'Dune', pages: 600, stars: null, notes: [] },
];
const films = [
  { __typename: 'Film', id: 'm2', title: 'Alien', minutes: 117, stars: 5, notes: ['loud', 'dark'] },
];
const media = [books[0], films[0], books[1]] as const;
const all = [...books, ...films];

export const interfaceObject: FederationCase = {
  name: '@interfaceObject',
  subgraphs: {
    media: `
      type Query { media: [Media!]! book(id: ID!): Book }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
      type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
      type Stone { weight: Int }
      union Heavy = Book | Stone
    `,
    ratings: `
      type Query { best: Media rated: [Media!]! }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int }
    `,
    notes: `
      type Query { noted: [Media] }
      type Media @key(fields: "id") @interfaceObject { id: ID! stars: Int @external notes: [String!]! summary: String! @requires(fields: "stars") }
    `,
  },
  entities: { Media: all, Book: books, Film: films },
  resolvers: {
    Query: {
      media: () => media,
      book: (_, { id }) => books.find((book) => book.id === id),
      best: () => films[0],
      rated: () => [films[0], books[0]],
      noted: () => [books[0], null, films[0]],
    },
    Media: { summary: ({ stars }) => `${stars ?? 'no'} stars` },
  },
  operations: [
    { name: 'fields that it adds to every kind', query: '{ media { title stars notes } }' },
    {
      name: 'fields that it adds, asked for on one kind',
      query: '{ media { ... on Book { stars pages } ... on Film { notes } } }',
      answer: { media: [{ stars: 4, pages: 400 }, { notes: ['loud', 'dark'] }, { stars: null, pages: 600 }] },
    },
    {
      name: 'fields that it adds to an object',
      query: '{ book(id: "m1") { stars notes title } }',
      answer: { book: { stars: 4, notes: ['old'], title: 'Emma' } },
    },
    {
      name: 'its own entities, knowing their kind',
      query: '{ best { __typename stars } }',
      answer: { best: { __typename: 'Film', stars: 5 } },
    },
    {
      name: 'its own entities with the fields of one kind',
      query: '{ rated { stars ... on Film { minutes } ... on Book { pages } } }',
      answer: {
        rated: [
          { stars: 5, minutes: 117 },
          { stars: 4, pages: 400 },
        ],
      },
    },
    {
      name: 'its own entities with the fields of one kind, which are left out',
      query: 'query ($no: Boolean!) { rated { id ... on Book @include(if: $no) { id stars pages } } }',
      variables: { no: false },
      answer: { rated: [{ id: 'm2' }, { id: 'm1' }] },
    },
    {
      name: 'its own field only for one kind',
      query: '{ rated { ... on Book { stars } } }',
      answer: { rated: [{}, { stars: 4 }] },
    },
    {
      name: 'its own field only for one kind, with the kind asked for',
      stockIsWrong: 'the name of the interface comes back as the kind of an object',
      query: '{ rated { __typename title ... on Book { __typename stars } } }',
    },
    {
      name: 'the kind under another name',
      query: '{ rated { kind: __typename ... on Film { what: __typename id } } }',
    },
    {
      name: 'nulls among its own entities',
      query: '{ noted { title notes } }',
      answer: {
        noted: [{ title: 'Emma', notes: ['old'] }, null, { title: 'Alien', notes: ['loud', 'dark'] }],
      },
    },
    {
      name: 'from one such subgraph to another',
      query: '{ best { notes stars } noted { stars } }',
      answer: { best: { notes: ['loud', 'dark'], stars: 5 }, noted: [{ stars: 4 }, null, { stars: 5 }] },
    },
    { name: 'what it computes of another', query: '{ media { summary } rated { summary __typename } }' },
    { name: 'the key alone without asking for the kind', query: '{ rated { id } }', calls: { ratings: 1 } },
    {
      name: 'fragments of which none applies, without the kind',
      stockIsWrong: 'it cannot make a plan',
      query: '{ rated { id ... on Heavy { ... on Stone { weight } } } }',
      answer: { rated: [{ id: 'm2' }, { id: 'm1' }] },
    },
    {
      name: 'fragments that a variable leaves out, without the kind',
      query:
        'query ($x: Boolean!) { rated { id ... on Book @include(if: $x) { pages } ... on Film { minutes @include(if: $x) } } }',
      variables: { x: false },
      answer: { rated: [{ id: 'm2' }, { id: 'm1' }] },
    },
    {
      name: 'the same fragments where the variable lets them in',
      query:
        'query ($x: Boolean!) { rated { id ... on Book @include(if: $x) { pages } ... on Film { minutes @include(if: $x) } } }',
      variables: { x: true },
    },
    {
      name: 'a fragment that is left out for good, without the kind',
      query: '{ rated { id ... on Book @include(if: false) { pages } } }',
    },
    {
      name: 'a fragment of what is asked for anyway',
      query: '{ rated { id stars ... on Book { stars id } } }',
    },
    {
      name: 'one field of two kinds under one name, and another of one',
      query: '{ rated { ... on Book { x: stars } ... on Film { x: stars y: minutes } } }',
    },
  ],
};

export const unresolvableInterfaceObject: FederationCase = {
  name: '@interfaceObject that others cannot enter',
  subgraphs: {
    media: `
      type Query { media: [Media!]! }
      interface Media @key(fields: "id") { id: ID! title: String! }
      type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
      type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
    `,
    lists: `
      type Query { lists: [List!]! }
      type List { name: String! items: [Media!]! first: Media }
      type Media @key(fields: "id", resolvable: false) @interfaceObject { id: ID! }
    `,
  },
  entities: { Media: all, Book: books, Film: films },
  resolvers: {
    Query: {
      media: () => media,
      lists: () => [
        { name: 'Old', items: [books[0], films[0]], first: books[0] },
        { name: 'None', items: [], first: null },
        { name: 'New', items: [films[0], books[1]], first: films[0] },
      ],
    },
  },
  operations: [
    { name: 'their titles', query: '{ lists { name items { id title } } }' },
    { name: 'their kinds', query: '{ lists { items { __typename } first { __typename id } } }' },
    {
      name: 'fields of one kind',
      query: '{ lists { items { ... on Book { pages } } first { ... on Film { minutes title } } } }',
    },
    {
      name: 'the key of one kind',
      query: '{ lists { items { ... on Book { id } } } }',
      answer: { lists: [{ items: [{ id: 'm1' }, {}] }, { items: [] }, { items: [{}, { id: 'm3' }] }] },
    },
  ],
};
