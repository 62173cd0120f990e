/** Values at the edge of what JSON and GraphQL can say: every one must arrive as it was sent. */
import type { FederationCase } from '../../support/federation/case.ts';

const texts = [
  '',
  ' ',
  '"',
  '\\',
  '\n\r\t\b\f',
  '\u0000\u001f\u007f',
  '\u2028\u2029',
  'é',
  '😀',
  '\ud83d',
  '\ude00x',
  '</script>',
  '__proto__',
  'null',
];
const floats = [0, -0, 0.1, -1.5, 1e21, 5e-324, 1.7976931348623157e308, 9007199254740992, 1e-7];
const ints = [0, -1, 2147483647, -2147483648];
const blobs: readonly unknown[] = [
  null,
  true,
  1.5,
  'x',
  [],
  {},
  [[{ a: [null, { b: 'c"' }] }]],
  { __proto__x: 1, constructor: 2, '': 3, '10': 4, '2': 5 },
];
const row = {
  id: 'v1',
  texts,
  floats,
  ints,
  blobs,
  ids: ['1', '01', 'a b', '9007199254740993'],
  flags: [true, false, null],
  nothing: null,
};

export const values: FederationCase = {
  name: 'values',
  subgraphs: {
    one: `
      scalar Blob
      type Query { value: Value! byText(text: ID!): Value }
      type Value @key(fields: "id") { id: ID! texts: [String!]! floats: [Float!]! blobs: [Blob] }
    `,
    two: `
      scalar Blob
      type Value @key(fields: "id") { id: ID! ints: [Int!]! ids: [ID!]! flags: [Boolean]! more: [Blob] nothing: Blob text: String same: String! }
    `,
  },
  entities: { Value: (reference) => ({ ...row, id: reference.id }) },
  resolvers: {
    Query: { value: () => row, byText: (_, { text }) => ({ ...row, id: text }) },
    Value: { more: ({ blobs }) => blobs, text: ({ texts }) => texts.join('|'), same: ({ id }) => id },
  },
  operations: [
    { name: 'texts, numbers and objects as they are', query: '{ value { texts floats blobs } }' },
    { name: 'the same through an entity', query: '{ value { ints ids flags more nothing text } }' },
    ...texts.map((text) => ({
      name: `${JSON.stringify(text)} as a key`,
      query: 'query ($text: ID!) { byText(text: $text) { id same } }',
      variables: { text },
    })),
    {
      name: 'a key of many characters',
      query: 'query ($text: ID!) { byText(text: $text) { id same } }',
      variables: { text: 'x"'.repeat(5_000) },
    },
  ],
};
