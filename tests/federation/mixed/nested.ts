/** Objects within what is provided, required and shared, several deep; keys of keys. */
import type { FederationCase } from '../../support/federation/case.ts';

const root = { id: 'g1', name: 'Root', parent: null, about: { lang: 'en', text: 'all' } };
const leaf = { id: 'g2', name: 'Leaf', parent: root, about: null };
const groups = [root, leaf];
const books = [
  { isbn: { group: leaf, number: 1 }, groups, price: { net: 3, tax: { rate: 2 } }, lead: leaf },
  { isbn: { group: root, number: 2 }, groups: [root], price: null, lead: null },
];

export const nestedSets: FederationCase = {
  name: 'objects within keys, and within what is provided and required',
  subgraphs: {
    shop: `
      type Query { books: [Book!]! featured: [Book!]! @provides(fields: "groups { name parent { name } }") }
      type Book @key(fields: "isbn { group { id } number }") { isbn: Isbn! groups: [Group!]! lead: Group @provides(fields: "about { text }") price: Price }
      type Isbn @shareable { group: Group! number: Int! }
      type Group @key(fields: "id") { id: ID! name: String! @external parent: Group @external about: About @external }
      type About { text: String! @external }
      type Price @shareable { net: Int! tax: Tax! }
      type Tax @shareable { rate: Int! }
    `,
    groups: `
      type Query { group(id: ID!): Group }
      type Group @key(fields: "id") { id: ID! name: String! @shareable parent: Group @shareable about: About @shareable }
      type About @shareable { lang: String text: String! }
    `,
    accounts: `
      type Book @key(fields: "isbn { group { id } number }") {
        isbn: Isbn! price: Price @external groups: [Group!]! @external
        gross: Int @requires(fields: "price { net tax { rate } }")
        shelf: String! @requires(fields: "groups { name about { text } } price { net }")
      }
      type Isbn @shareable { group: Group! number: Int! }
      type Group @key(fields: "id") { id: ID! name: String! @external about: About @external }
      type About { text: String! @external }
      type Price { net: Int! @external tax: Tax! @external }
      type Tax { rate: Int! @external }
    `,
  },
  entities: { Book: books, Group: groups },
  resolvers: {
    Query: {
      books: () => books,
      featured: () => books.slice(0, 1),
      group: (_, { id }) => groups.find((one) => one.id === id),
    },
    Book: {
      gross: ({ price }) => (price ? price.net * price.tax.rate : null),
      shelf: ({ groups: own, price }) =>
        `${own.map((one: { name: string; about: { text: string } | null }) => `${one.name}:${one.about?.text ?? '-'}`).join()} ${price?.net ?? 'free'}`,
    },
  },
  operations: [
    {
      name: 'what is provided within what is provided',
      query: '{ featured { groups { name parent { name } } } }',
      answer: {
        featured: [
          {
            groups: [
              { name: 'Root', parent: null },
              { name: 'Leaf', parent: { name: 'Root' } },
            ],
          },
        ],
      },
      calls: { shop: 1 },
    },
    {
      name: 'a part of an object that is provided',
      query: '{ books { lead { about { text } } } featured { lead { about { text lang } parent { id } } } }',
    },
    {
      name: 'a key of keys, for what is computed of objects in objects',
      query: '{ books { gross shelf isbn { number group { name } } } }',
      answer: {
        books: [
          { gross: 6, shelf: 'Root:all,Leaf:- 3', isbn: { number: 1, group: { name: 'Leaf' } } },
          { gross: null, shelf: 'Root:all free', isbn: { number: 2, group: { name: 'Root' } } },
        ],
      },
    },
    {
      name: 'all of them under names that get into each other’s way',
      query: '{ books { isbn: price { net } price: isbn { number } groups: gross gross: shelf } }',
      stockIsWrong: 'an alias with the name of a required field is read as the field',
    },
    {
      name: 'what is required beside other parts of the same objects',
      query:
        '{ group(id: "g2") { parent { about { lang } } } books { price { tax { rate } } gross groups { id about { lang } } shelf } }',
    },
  ],
};
