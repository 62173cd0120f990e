/** Fields and types that several subgraphs resolve alike. */
import type { FederationCase } from '../../support/federation/case.ts';

const books = [
  { id: 'b1', title: 'One', isbn: '111', cover: { url: 'one.png', width: 10, palette: ['red'] }, pages: 10 },
  { id: 'b2', title: 'Two', isbn: '222', cover: null, pages: 20 },
];

export const shareable: FederationCase = {
  name: '@shareable',
  subgraphs: {
    books: `
      type Query { books: [Book!]! @shareable }
      type Book @key(fields: "id") { id: ID! title: String! @shareable isbn: String cover: Cover @shareable }
      type Cover @shareable { url: String! width: Int! }
    `,
    shop: `
      type Query { shelf: [Book!]! books: [Book!]! @shareable }
      type Book @key(fields: "id") { id: ID! title: String! @shareable pages: Int! cover: Cover @shareable }
      type Cover @shareable { url: String! palette: [String!]! }
    `,
  },
  entities: { Book: books },
  resolvers: { Query: { books: () => books, shelf: () => books } },
  operations: [
    { name: 'from the one that is asked already', query: '{ shelf { title pages } }', calls: { shop: 1 } },
    { name: 'from the one that has it all', query: '{ books { pages title } }', calls: { shop: 1 } },
    {
      name: 'a value type of which each has a part',
      query: '{ shelf { cover { url width palette } } }',
      answer: { shelf: [{ cover: { url: 'one.png', width: 10, palette: ['red'] } }, { cover: null }] },
    },
    {
      name: 'the same in another order under other names',
      query: '{ shelf { isbn a: cover { palette w: width } b: cover { width palette: url } } }',
    },
  ],
};
