/** Fields that a subgraph gives on some paths only, so that nobody else need be asked there. */
import type { FederationCase } from '../../support/federation/case.ts';

const authors = [
  { id: 'a1', name: 'Ada', email: 'ada@mail.test' },
  { id: 'a2', name: 'Bob', email: 'bob@mail.test' },
];
const posts = [
  {
    __typename: 'Post',
    id: 'p1',
    author: authors[0],
    title: 'One',
    place: { city: 'Oslo', land: { code: 'NO' } },
  },
  {
    __typename: 'Post',
    id: 'p2',
    author: authors[1],
    title: 'Two',
    place: { city: 'Rome', land: { code: 'IT' } },
  },
];
const photos = [{ __typename: 'Photo', id: 'f1', author: authors[1], width: 640 }];

export const provides: FederationCase = {
  name: '@provides',
  subgraphs: {
    authors: `
      type Query { authors: [Author!]! }
      type Author @key(fields: "id") { id: ID! name: String! @shareable email: String! }
    `,
    posts: `
      type Query { posts: [Post!]! newest: Post! @provides(fields: "place { land { code } }") }
      type Post @key(fields: "id") { id: ID! title: String! author: Author! @provides(fields: "name") writer: Author! place: Place @external }
      type Author @key(fields: "id") { id: ID! name: String! @external }
      type Place { land: Land! @external }
      type Land { code: String! @external }
    `,
    places: `
      type Post @key(fields: "id") { id: ID! place: Place @shareable }
      type Place @shareable { city: String! land: Land! }
      type Land @shareable { code: String! }
    `,
  },
  entities: { Author: authors, Post: posts },
  resolvers: {
    Query: { authors: () => authors, posts: () => posts, newest: () => posts[1] },
    Post: { writer: ({ author }) => author },
  },
  operations: [
    {
      name: 'what is provided without a second call',
      query: '{ posts { author { name } } }',
      calls: { posts: 1 },
    },
    {
      name: 'the same field elsewhere with one',
      query: '{ posts { writer { name } } }',
      calls: { posts: 1, authors: 1 },
    },
    {
      name: 'both, and what is not provided',
      query: '{ posts { author { name email } writer { email name } } }',
    },
    {
      name: 'what is provided of an object within',
      query: '{ newest { place { land { code } } } }',
      calls: { posts: 1 },
    },
    {
      name: 'what is provided beside what is not, of one object',
      query: '{ newest { place { city land { code } } } posts { place { land { code } } } }',
    },
  ],
};

export const providesOnAbstract: FederationCase = {
  name: '@provides on a union and an interface',
  subgraphs: {
    feed: `
      type Query {
        feed: [Entry!]! @provides(fields: "... on Post { title } ... on Photo { width }")
        works: [Work!]! @provides(fields: "... on Post { title }")
        plain: [Entry!]!
      }
      union Entry = Post | Photo
      interface Work { id: ID! }
      type Post implements Work @key(fields: "id") { id: ID! title: String! @external }
      type Photo implements Work @key(fields: "id") { id: ID! width: Int! @external }
    `,
    posts: `type Post @key(fields: "id") { id: ID! title: String! @shareable }`,
    photos: `type Photo @key(fields: "id") { id: ID! width: Int! @shareable }`,
  },
  entities: { Post: posts, Photo: photos },
  resolvers: {
    Query: {
      feed: () => [...posts, ...photos],
      works: () => [...photos, ...posts],
      plain: () => [...photos, ...posts],
    },
  },
  operations: [
    {
      name: 'each member with what is provided of it',
      query: '{ feed { ... on Photo { width } ... on Post { title } } }',
      calls: { feed: 1 },
    },
    {
      name: 'those of an interface of which one provides',
      query: '{ works { id ... on Photo { width } ... on Post { title } } }',
      calls: { feed: 1, photos: 1 },
    },
    {
      name: 'members of which nothing is provided',
      query: '{ plain { ... on Photo { width id } ... on Post { title __typename } } }',
      calls: { feed: 1, photos: 1, posts: 1 },
    },
  ],
};
