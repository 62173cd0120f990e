/** Variables anywhere in the arguments, defaults, and custom scalars. */
import { GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';
import type { FederationCase } from '../../support/federation/case.ts';

const Blob = new GraphQLScalarType({
  name: 'Blob',
  parseValue: (value) => value,
  parseLiteral: (node, variables) =>
    node.kind === Kind.VARIABLE ? variables?.[node.name.value] : valueFromASTUntyped(node, variables),
});
const Stamp = new GraphQLScalarType({
  name: 'Stamp',
  serialize: (value) => `at ${value}`,
  parseValue(value) {
    if (typeof value === 'string' && value.startsWith('at ')) return value.slice(3);
    throw new TypeError('Expected a stamp.');
  },
});

const echo = (_: unknown, args: object) => JSON.stringify(args);
const notes = [
  { id: 'n1', blob: { deep: [1, { x: null }], text: 'x"y\n' }, at: 'noon' },
  { id: 'n2', blob: [], at: 'dusk' },
];

export const variables: FederationCase = {
  name: 'variables',
  subgraphs: {
    left: `
      scalar Blob
      scalar Stamp
      enum Order { UP DOWN }
      input Filter { text: String = "any" limits: [Int!] nested: Filter order: Order = UP blob: Blob must: Boolean! = true many: [[Filter]] }
      type Query { notes(representations: [ID!], first: Int = 2): [Note!]! echo(filter: Filter, ids: [ID!] = ["a"], order: Order, float: Float, blob: Blob, text: String = "d"): String! when(at: Stamp!): Stamp race(race: Race): String! }
      input Race { constructor: String year: Int after: [Race!] }
      type Note @key(fields: "id") { id: ID! }
    `,
    right: `
      scalar Blob
      scalar Stamp
      enum Order { UP DOWN }
      input Filter { text: String = "any" limits: [Int!] nested: Filter order: Order = UP blob: Blob must: Boolean! = true many: [[Filter]] }
      type Query { echoRight(filter: Filter): String! }
      type Note @key(fields: "id") { id: ID! blob: Blob at: Stamp! echo(filter: Filter, order: Order = DOWN, blob: Blob, representations: Int): String! }
    `,
  },
  entities: { Note: notes },
  resolvers: {
    Blob,
    Stamp,
    Query: {
      notes: (_, { representations }) =>
        notes.filter(({ id }) => !representations || representations.includes(id)),
      echo,
      race: echo,
      echoRight: echo,
      when: (_, { at }) => at,
    },
    Note: { echo },
  },
  operations: [
    {
      name: 'variables within lists and objects',
      query:
        'query ($n: Int!, $text: String, $f: Filter, $b: Blob) { echo(filter: { limits: [1, $n], text: $text, nested: { nested: $f, blob: [$b] }, many: [[$f, null], null] }, blob: { x: $n, y: [$text, $b] }) }',
      variables: { n: 2, text: 't', f: { text: 'f', order: 'DOWN' }, b: { any: ['thing', 1.5, null] } },
    },
    {
      name: 'the same for a field of an entity',
      query:
        'query ($n: Int!, $f: Filter, $o: Order) { notes { echo(filter: { limits: [$n], nested: $f }, order: $o) } }',
      variables: { n: 2, f: { many: [[{ text: 'x' }]] }, o: 'UP' },
    },
    {
      name: 'variables that are not given',
      query:
        'query ($text: String, $f: Filter, $o: Order) { echo(filter: $f, text: $text) notes { echo(filter: { text: $text, nested: $f }, order: $o) } }',
    },
    {
      name: 'variables that are null',
      query:
        'query ($text: String, $f: Filter, $o: Order) { echo(filter: $f, text: $text) notes { echo(filter: { text: $text, nested: $f }, order: $o) } }',
      variables: { text: null, f: null, o: null },
    },
    {
      name: 'defaults of variables',
      query:
        'query ($text: String = "q", $f: Filter = { text: "qf", nested: { limits: [7] } }, $o: Order = UP, $ids: [ID!] = 5) { echo(filter: $f, text: $text, ids: $ids, order: $o) notes { echo(filter: $f, order: $o) } }',
    },
    {
      name: 'a default that null overrules',
      query: 'query ($text: String = "q", $first: Int = 1) { echo(text: $text) notes(first: $first) { id } }',
      variables: { text: null },
    },
    {
      name: 'one value where a list is expected',
      query:
        'query ($ids: [ID!], $limits: [Int!]) { a: echo(ids: $ids) b: echo(ids: 7) c: echo(filter: { limits: 3 }) d: echo(filter: { limits: $limits }) }',
      variables: { ids: 4, limits: 9 },
    },
    {
      name: 'numbers where floats and ids are expected',
      query:
        'query ($f: Float, $ids: [ID!]) { a: echo(float: $f) b: echo(float: 3, ids: [1, "2"]) c: echo(ids: $ids) d: echo(float: 1e3) }',
      variables: { f: 2, ids: [1, 'x'] },
    },
    {
      name: 'a variable named representations',
      query: 'query ($representations: [ID!]) { notes(representations: $representations) { id } }',
      variables: { representations: ['n2'] },
      answer: { notes: [{ id: 'n2' }] },
    },
    {
      name: 'a variable named representations for a field of an entity',
      stockIsWrong: 'it refuses a variable of that name',
      query: 'query ($representations: Int) { notes { at echo(representations: $representations) } }',
      variables: { representations: 3 },
      answer: {
        notes: ['noon', 'dusk'].map((at) => ({
          at: `at ${at}`,
          echo: '{"order":"DOWN","representations":3}',
        })),
      },
    },
    {
      name: 'the same variable in two subgraphs',
      query: 'query ($f: Filter!) { echo(filter: $f) echoRight(filter: $f) notes { echo(filter: $f) } }',
      variables: { f: { text: 'both' } },
    },
    {
      name: 'texts with quotes, lines and signs of any kind',
      query:
        'query ($t: String) { a: echo(text: $t) b: echo(text: "q\\"\\\\ \\u00e9 \\n") c: echo(text: """block "text"\n  two""") notes { echo(filter: { text: "q\\"\\\\ \\n" }) } }',
      variables: { t: '"\\\n\u2028é😀' },
    },
    {
      name: 'values of custom scalars as they are',
      query: '{ notes { blob at } }',
      answer: {
        notes: [
          { blob: { deep: [1, { x: null }], text: 'x"y\n' }, at: 'at noon' },
          { blob: [], at: 'at dusk' },
        ],
      },
    },
    {
      name: 'custom scalars as literals and variables',
      query:
        'query ($at: Stamp!, $b: Blob) { a: when(at: $at) b: when(at: "at tea") c: echo(blob: $b) d: echo(blob: { a: [1, "x", { b: null, c: ENUM }] }) }',
      variables: { at: 'at noon', b: { a: [1, { b: null }], c: 'd' } },
    },
    {
      name: 'literals of an input with a field that every JavaScript object has',
      query:
        'query ($y: Int) { a: race(race: { year: 3 }) b: race(race: { after: [{ year: 3 }, { constructor: "c" }] }) c: race(race: { year: $y }) }',
      variables: { y: 3 },
      answer: {
        a: '{"race":{"year":3}}',
        b: '{"race":{"after":[{"year":3},{"constructor":"c"}]}}',
        c: '{"race":{"year":3}}',
      },
    },
    {
      name: 'the order of fields in a custom scalar, as a literal too',
      query:
        'query ($b: Blob) { a: echo(blob: { z: 1, a: { y: 2, b: 3 } }) b: echo(blob: { z: $b, a: 1 }) c: echo(blob: $b) d: echo(blob: { z: ENUM, a: 1 }) }',
      variables: { b: { z: 1, a: 2 } },
    },
    {
      name: 'one custom scalar in two orders at one place',
      query:
        'query ($b: Blob) { a: echo(blob: { z: 1, a: 2 }) a: echo(blob: { a: 2, z: 1 }) b: echo(blob: { z: $b, a: 2 }) b: echo(blob: { a: 2, z: $b }) }',
      variables: { b: 7 },
    },
    {
      name: 'variables under members of JavaScript objects’ names',
      query:
        'query ($constructor: String, $toString: Int) { echo(text: $constructor) notes { echo(representations: $toString) } }',
      variables: { constructor: 'c' },
    },
  ],
};
