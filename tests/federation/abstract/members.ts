/** Unions and interfaces of which each subgraph knows other members and other fields. */
import type { FederationCase } from '../../support/federation/case.ts';

const films = [
  {
    __typename: 'Film',
    id: 'f1',
    title: 'Alien',
    minutes: 117,
    cover: { __typename: 'Poster', url: 'alien.png', width: 3 },
  },
];
const books = [
  {
    __typename: 'Book',
    id: 'b1',
    title: 'Emma',
    pages: 400,
    cover: { __typename: 'Jacket', url: 'emma.png', cloth: 'linen' },
  },
];
const songs = [{ __typename: 'Song', id: 's1', title: 'Hey', seconds: 180 }];
const all = [...films, ...books, ...songs];

export const members: FederationCase = {
  name: 'members that not every subgraph knows',
  subgraphs: {
    library: `
      type Query { shelf: [Work!]! covers: [Cover!]! works: [Titled!]! node(id: ID!): Node @shareable }
      interface Node { id: ID! }
      interface Titled { title: String! }
      union Work = Film | Book
      type Film implements Node & Titled @key(fields: "id") { id: ID! title: String! @shareable cover: Cover }
      type Book implements Node & Titled @key(fields: "id") { id: ID! title: String! cover: Jacket }
      interface Cover { url: String! }
      type Poster implements Cover @shareable { url: String! width: Int! }
      type Jacket implements Cover @shareable { url: String! cloth: String }
    `,
    music: `
      type Query { playlist: [Work!]! node(id: ID!): Node @shareable }
      interface Node { id: ID! }
      interface Timed { id: ID! }
      union Work = Film | Song
      type Film implements Node & Timed @key(fields: "id") { id: ID! title: String! @shareable minutes: Int! }
      type Song implements Node & Timed @key(fields: "id") { id: ID! title: String! seconds: Int! }
      type Book implements Node @key(fields: "id") { id: ID! }
    `,
    pages: `
      type Book @key(fields: "id") { id: ID! pages: Int! }
      type Song @key(fields: "id") { id: ID! plays: Int! }
    `,
  },
  entities: { Film: films, Book: books, Song: songs },
  resolvers: {
    Query: {
      shelf: () => [...books, ...films],
      covers: () => [films[0]?.cover, books[0]?.cover],
      works: () => [...films, ...books],
      playlist: () => [...songs, ...films],
      node: (_, { id }) => all.find((work) => work.id === id),
    },
    Song: { plays: () => 9 },
  },
  operations: [
    {
      name: 'a member that the asked subgraph does not know, as nothing',
      query:
        '{ shelf { __typename ... on Song { title plays } ... on Book { pages } } playlist { ... on Book { title } ... on Song { plays } } }',
      answer: {
        shelf: [{ __typename: 'Book', pages: 400 }, { __typename: 'Film' }],
        playlist: [{ plays: 9 }, {}],
      },
    },
    {
      name: 'a fragment on an interface that others implement',
      query:
        '{ shelf { ... on Timed { id } ... on Titled { title } } playlist { ... on Titled { title } ... on Timed { id } } }',
      answer: {
        shelf: [{ title: 'Emma' }, { id: 'f1', title: 'Alien' }],
        playlist: [{ id: 's1' }, { title: 'Alien', id: 'f1' }],
      },
    },
    {
      name: 'a field whose type is narrower in one member',
      query:
        '{ shelf { ... on Film { cover { __typename url } } ... on Book { cover { cloth url } } } covers { url ... on Poster { width } ... on Jacket { cloth } } }',
    },
    {
      name: 'fields of other subgraphs for a node from anywhere',
      query:
        '{ a: node(id: "b1") { id ... on Book { pages title } } b: node(id: "f1") { ... on Film { minutes cover { url } } } }',
    },
    {
      name: 'one name for fields of members from different subgraphs',
      query:
        '{ shelf { ... on Book { n: pages } ... on Film { n: minutes } } playlist { ... on Film { n: minutes } ... on Song { n: plays } } }',
    },
    {
      name: 'a fragment that is a member of itself by three ways',
      query:
        '{ shelf { ... on Work { ... on Titled { ... on Book { title ... on Work { ... on Book { pages } } } } } ...F } } fragment F on Film { ...T } fragment T on Titled { title ... on Film { minutes } }',
    },
    {
      name: 'fragments of interfaces that use the same fragments',
      query:
        '{ covers { ...P ...C } } fragment C on Cover { ...U } fragment P on Poster { width ...U } fragment U on Cover { ... on Poster { url } ... on Jacket { url cloth } }',
    },
  ],
};
