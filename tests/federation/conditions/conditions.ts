/** @skip and @include on everything, by constants and by variables. */
import type { FederationCase } from '../../support/federation/case.ts';

const books = [
  { __typename: 'Book', id: 'b1', title: 'Emma', stock: 3, price: 9, shelf: { code: 'A' } },
  { __typename: 'Book', id: 'b2', title: 'Dune', stock: 0, price: 5, shelf: null },
];
const pens = [{ __typename: 'Pen', id: 'q1', color: 'red', stock: 7, price: 1 }];

export const conditions: FederationCase = {
  name: '@skip and @include',
  subgraphs: {
    books: `
      type Query { books: [Book!]! goods: [Good!]! book(id: ID!): Book }
      interface Good { id: ID! }
      type Book implements Good @key(fields: "id") { id: ID! title: String! shelf: Shelf }
      type Shelf { code: String! }
      type Pen implements Good @key(fields: "id") { id: ID! color: String! }
    `,
    stock: `
      type Query { count: Int! }
      type Book @key(fields: "id") { id: ID! stock: Int! price: Int! }
      type Pen @key(fields: "id") { id: ID! stock: Int! price: Int! }
    `,
  },
  entities: { Book: books, Pen: pens },
  resolvers: {
    Query: {
      books: () => books,
      goods: () => [pens[0], ...books],
      book: (_, { id }) => books.find((book) => book.id === id),
      count: () => 3,
    },
  },
  operations: [
    {
      name: 'constants on fields',
      query:
        '{ books { title @include(if: true) id @skip(if: true) stock @skip(if: false) price @include(if: false) } }',
      answer: {
        books: [
          { title: 'Emma', stock: 3 },
          { title: 'Dune', stock: 0 },
        ],
      },
    },
    ...[true, false].flatMap((yes) => [
      {
        name: `a variable that is ${yes} on a field of another subgraph`,
        query: 'query ($yes: Boolean!) { books { title stock @include(if: $yes) } }',
        variables: { yes },
        calls: yes ? { books: 1, stock: 1 } : ({ books: 1 } as Record<string, number>),
      },
      {
        name: `a variable that is ${yes} to skip`,
        query: 'query ($yes: Boolean!) { books { title @skip(if: $yes) stock @skip(if: $yes) id } }',
        variables: { yes },
        calls: yes ? ({ books: 1 } as Record<string, number>) : { books: 1, stock: 1 },
      },
      {
        name: `a variable that is ${yes} on a whole branch`,
        query: 'query ($yes: Boolean!) { count books @include(if: $yes) { title stock } }',
        variables: { yes },
      },
      {
        name: `a variable that is ${yes} on an inline fragment`,
        query:
          'query ($yes: Boolean!) { goods { id ... on Book @include(if: $yes) { title stock } ... on Pen @skip(if: $yes) { color price } } }',
        variables: { yes },
      },
      {
        name: `a variable that is ${yes} on a fragment spread`,
        query:
          'query ($yes: Boolean!) { books { ...B @include(if: $yes) ...C @skip(if: $yes) } } fragment B on Book { stock ...C } fragment C on Book { title shelf { code } }',
        variables: { yes },
      },
      {
        name: `a variable that is ${yes} on a fragment without a type`,
        query:
          'query ($yes: Boolean!) { ... @include(if: $yes) { count } books { id ... @skip(if: $yes) { price title } } }',
        variables: { yes },
      },
      {
        name: `a variable that is ${yes} on what is asked without it too`,
        query:
          'query ($yes: Boolean!) { books { title @include(if: $yes) title stock ... @skip(if: $yes) { stock price } } }',
        variables: { yes },
      },
      {
        name: `a default of ${yes}`,
        query: `query ($yes: Boolean! = ${yes}) { books { title stock @include(if: $yes) } }`,
      },
      {
        name: `a default of ${!yes} that is overruled`,
        query: `query ($yes: Boolean = ${!yes}) { books { title stock @include(if: $yes) } }`,
        variables: { yes },
      },
    ]),
    ...[
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ].map(([a, b]) => ({
      name: `both, being ${a} and ${b}`,
      query:
        'query ($a: Boolean!, $b: Boolean!) { books { id stock @include(if: $a) @skip(if: $b) } goods @skip(if: $a) { ... on Book @include(if: $b) { title } ... on Pen { price @include(if: $b) color } } book(id: "b1") { shelf @include(if: $b) { code @skip(if: $a) c: code } } }',
      variables: { a, b } as Record<string, unknown>,
    })),
    {
      name: 'nothing that is left of the whole',
      query: '{ books @skip(if: true) { title } }',
      answer: {},
      calls: {},
    },
    {
      name: 'nothing that is left of the whole, by a variable',
      query: 'query ($no: Boolean!) { books @include(if: $no) { title } count @include(if: $no) }',
      variables: { no: false },
      answer: {},
      calls: {},
    },
    {
      name: 'nothing that is left of an object',
      query: 'query ($no: Boolean!) { books { title @include(if: $no) stock @include(if: $no) } }',
      variables: { no: false },
      answer: { books: [{}, {}] },
    },
    {
      name: 'nothing that is left of an entity by constants',
      query: '{ books { stock @skip(if: true) } count }',
      answer: { books: [{}, {}], count: 3 },
    },
    {
      name: 'conditions within conditions',
      query:
        'query ($a: Boolean!, $b: Boolean!) { books @include(if: $a) { id ... on Book @skip(if: $b) { stock ...T @include(if: $a) } } } fragment T on Book { title @skip(if: $b) price @include(if: $a) }',
      variables: { a: true, b: false },
    },
    {
      name: 'one field by two conditions of which one holds',
      query:
        'query ($a: Boolean!, $b: Boolean!) { books { stock @include(if: $a) stock @include(if: $b) shelf @include(if: $a) { code } shelf @include(if: $b) { c: code } } }',
      variables: { a: false, b: true },
      answer: {
        books: [
          { stock: 3, shelf: { c: 'A' } },
          { stock: 0, shelf: null },
        ],
      },
    },
    {
      name: '__typename by a condition',
      query:
        'query ($a: Boolean!) { __typename @include(if: $a) goods { __typename @skip(if: $a) kind: __typename @include(if: $a) } }',
      variables: { a: true },
    },
  ],
};
