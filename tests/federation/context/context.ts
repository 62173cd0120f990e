/** Arguments that come from a field higher up. */
import type { FederationCase } from '../../support/federation/case.ts';

const users = [
  { id: 'u1', name: 'Ada', lang: 'en', posts: [{ id: 'p1' }, { id: 'p2' }] },
  { id: 'u2', name: 'Bob', lang: 'de', posts: [{ id: 'p2' }] },
];
const posts = [
  { id: 'p1', text: { en: 'Hello', de: 'Hallo' } },
  { id: 'p2', text: { en: 'Bye', de: 'Ciao' } },
];
type Text = Record<string, string>;

export const contexts: FederationCase = {
  name: '@context and @fromContext',
  stockRefuses: 'it does not know @context',
  subgraphs: {
    users: {
      sdl: `
        type Query { users: [User!]! user(id: ID!): User }
        type User @key(fields: "id") @context(name: "reader") { id: ID! name: String! lang: String! posts: [Post!]! }
        type Post @key(fields: "id") { id: ID! shown(lang: String @fromContext(field: "$reader { lang }")): String! }
      `,
      resolvers: {
        Post: { shown: ({ id }, { lang }) => posts.find((post) => post.id === id)?.text[lang as 'en'] },
      },
    },
    langs: `
      type Post @key(fields: "id") { id: ID! langs: [String!]! }
    `,
  },
  entities: { User: users, Post: posts },
  resolvers: {
    Query: { users: () => users, user: (_, { id }) => users.find((user) => user.id === id) },
    Post: {
      langs: ({ text, id }) => Object.keys(text ?? (posts.find((post) => post.id === id)?.text as Text)),
    },
  },
  monolith: {
    User: {
      posts: ({ lang, posts: own }) =>
        own.map(({ id }: { id: string }) => ({ lang, ...posts.find((post) => post.id === id) })),
    },
    Post: { shown: ({ text, lang }) => text[lang] },
  },
  operations: [
    {
      name: 'each post in the language of its reader',
      query: '{ users { name posts { shown } } }',
      answer: {
        users: [
          { name: 'Ada', posts: [{ shown: 'Hello' }, { shown: 'Bye' }] },
          { name: 'Bob', posts: [{ shown: 'Ciao' }] },
        ],
      },
    },
    {
      name: 'with what the context is of asked for too',
      query: '{ user(id: "u2") { lang: name x: lang posts { shown langs } } }',
    },
  ],
};

const works = [
  { id: 'w1', pages: [{ id: 'g1' }, { id: 'g2' }], cover: { page: { id: 'g1' } } },
  { id: 'w2', pages: [{ id: 'g2' }], cover: null },
];
const pages = [{ id: 'g1' }, { id: 'g2' }];
const readers = [
  { id: 'r1', lang: 'en', work: works[0], shelf: [works[0], works[1]] },
  { id: 'r2', lang: 'de', work: works[0], shelf: [works[1], works[0]] },
];

/** What a monolith knows on the way down. */
const inLang = ({ cover, pages: own, ...work }: (typeof works)[number], lang: string) => ({
  ...work,
  cover: cover && { page: { ...cover.page, lang } },
  pages: own.map((page) => ({ ...page, lang })),
});

export const contextsWithin: FederationCase = {
  name: '@context around what an entity brings along',
  stockRefuses: 'it does not know @context',
  subgraphs: {
    readers: {
      sdl: `
        type Query { readers: [Reader!]! }
        type Reader @key(fields: "id") @context(name: "reader") { id: ID! lang: String! work: Work! shelf: [Work!]! }
        type Work @key(fields: "id") { id: ID! }
        type Page @key(fields: "id") { id: ID! shown(lang: String @fromContext(field: "$reader { lang }")): String! }
      `,
      resolvers: { Page: { shown: ({ id }, { lang }) => `${id} in ${lang}` } },
    },
    works: `
      type Work @key(fields: "id") { id: ID! pages: [Page!]! cover: Cover }
      type Cover { page: Page! }
      type Page @key(fields: "id", resolvable: false) { id: ID! }
    `,
  },
  entities: { Reader: readers, Work: works, Page: pages },
  resolvers: { Query: { readers: () => readers } },
  monolith: {
    Reader: {
      work: ({ work, lang }) => inLang(work, lang),
      shelf: ({ shelf, lang }) => shelf.map((work: (typeof works)[number]) => inLang(work, lang)),
    },
    Page: { shown: ({ id, lang }) => `${id} in ${lang}` },
  },
  operations: [
    {
      name: 'each place by what is around it, though it is one entity',
      query: '{ readers { work { pages { shown } cover { page { shown } } } } }',
      calls: { readers: 3, works: 1 },
      representations: { works: 1, readers: 6 },
    },
    {
      name: 'the same in lists, in another order in each',
      query: '{ readers { shelf { id pages { shown id } } } }',
    },
  ],
};

const shops = [
  {
    id: 's1',
    zone: 'EU',
    owner: { name: 'Ada', level: 2 },
    shelves: [
      { id: 'h1', no: 1 },
      { id: 'h2', no: 2 },
    ],
  },
  { id: 's2', zone: 'US', owner: { name: 'Bob', level: 1 }, shelves: [{ id: 'h1', no: 1 }] },
];
const shelves = shops[0]?.shelves ?? [];
const stores = [{ id: 't1', area: 'AS', shelf: shelves[1] }];

export const contextsOfMany: FederationCase = {
  name: '@context of several types, across subgraphs',
  stockRefuses: 'it does not know @context',
  subgraphs: {
    places: {
      sdl: `
        type Query { shops: [Shop!]! stores: [Store!]! }
        type Shop @key(fields: "id") @context(name: "place") { id: ID! zone: String! owner: Owner! shelves: [Shelf!]! }
        type Store @key(fields: "id") @context(name: "place") { id: ID! area: String! shelf: Shelf! }
        type Owner { name: String! level: Int! }
        type Shelf @key(fields: "id") {
          id: ID! no: Int!
          tax(zone: String @fromContext(field: "$place ... on Shop { zone } ... on Store { area }")): String!
        }
      `,
      resolvers: { Shelf: { tax: ({ id }, { zone }) => `${id} in ${zone}` } },
    },
    shelves: `
      type Shelf @key(fields: "id") { id: ID! weight: Int! }
    `,
  },
  entities: { Shop: shops, Store: stores, Shelf: shelves },
  resolvers: {
    Query: { shops: () => shops, stores: () => stores },
    Shelf: { weight: ({ id }) => Number(id.slice(1)) },
  },
  monolith: {
    Shop: { shelves: ({ zone, shelves: own }) => own.map((shelf: object) => ({ ...shelf, zone })) },
    Store: { shelf: ({ area, shelf }) => ({ ...shelf, zone: area }) },
    Shelf: { tax: ({ id, zone }) => `${id} in ${zone}` },
  },
  operations: [
    {
      name: 'one entity by what is around it in each place',
      query: '{ shops { shelves { tax } } stores { shelf { tax } } }',
      answer: {
        shops: [{ shelves: [{ tax: 'h1 in EU' }, { tax: 'h2 in EU' }] }, { shelves: [{ tax: 'h1 in US' }] }],
        stores: [{ shelf: { tax: 'h2 in AS' } }],
      },
    },
    {
      name: 'what is around it beside it',
      query: '{ shops { zone: id shelves { no weight tax } zones: zone } }',
    },
    { name: 'it under two names', query: '{ shops { shelves { a: tax b: tax } } }' },
    {
      name: 'it by a condition',
      query:
        'query ($no: Boolean!) { shops { shelves { id tax @include(if: $no) } } stores { shelf { tax @skip(if: $no) } } }',
      variables: { no: false },
    },
  ],
};
