/** @skip and @include with literals: what they leave out is as if it were not there. */
import type { FederationCase } from '../../support/federation/case.ts';

const crates = [
  { id: 'k1', box: { wide: 2, deep: 3, owner: 'x' }, mass: 8 },
  { id: 'k2', box: null, mass: null },
];

const left = (title: string, query: string, answer?: unknown) => ({
  name: title,
  query,
  ...(answer === undefined ? {} : { answer }),
});
const areas = { crates: [{ area: 6 }, { area: 0 }] };

export const literalConditions: FederationCase = {
  name: '@skip and @include by literals',
  subgraphs: {
    stock: `
      type Query { crates: [Crate!]! count: Int! }
      type Mutation { touch(id: ID!): Crate move(id: ID!): Crate }
      type Crate @key(fields: "id") { id: ID! box: Box mass: Int next: Crate }
      type Box { wide: Int! deep: Int! owner: String }
    `,
    freight: `
      type Crate @key(fields: "id") {
        id: ID! box: Box @external mass: Int @external
        area: Int! @requires(fields: "box { wide deep }")
        fee: Int @requires(fields: "box { owner } mass")
        plain: String!
      }
      type Box { wide: Int! @external deep: Int! @external owner: String @external }
    `,
  },
  entities: { Crate: crates },
  resolvers: {
    Query: { crates: () => crates, count: () => crates.length },
    Mutation: {
      touch: (_, { id }) => crates.find((crate) => crate.id === id),
      move: (_, { id }) => crates.find((crate) => crate.id !== id),
    },
    Crate: {
      area: ({ box }) => (box ? box.wide * box.deep : 0),
      fee: ({ box, mass }) => (box?.owner === 'x' ? mass : null),
      plain: ({ id }) => `crate ${id}`,
      next: ({ id }) => crates.find((crate) => crate.id !== id),
    },
  },
  operations: [
    {
      ...left('one that requires more, by @include', '{ crates { area fee @include(if: false) } }', areas),
      stockIsWrong: 'what it requires is left out, and its siblings wait for it',
      calls: { stock: 1, freight: 1 },
    },
    {
      ...left('one that requires more, by @skip', '{ crates { fee @skip(if: true) area } }', areas),
      stockIsWrong: 'what it requires is left out, and its siblings wait for it',
      calls: { stock: 1, freight: 1 },
    },
    {
      ...left('by a fragment', '{ crates { area ... on Crate @include(if: false) { fee } } }', areas),
    },
    {
      ...left(
        'by a fragment that is spread twice',
        '{ crates { ...A @skip(if: true) ...A next { ...B @include(if: true) ...B @include(if: false) } } } fragment A on Crate { area ... @include(if: false) { fee } } fragment B on Crate { fee plain @skip(if: true) }',
      ),
    },
    {
      ...left(
        'by one of both directives',
        '{ crates { area fee @include(if: true) @skip(if: true) } }',
        areas,
      ),
      stockIsWrong: 'what it requires is left out, and its siblings wait for it',
    },
    left('by both, so that it is there', '{ crates { area fee @skip(if: false) @include(if: true) } }'),
    {
      ...left(
        'beside a variable',
        'query ($yes: Boolean!) { crates { area fee @include(if: $yes) @skip(if: true) } }',
      ),
      variables: { yes: true },
      answer: areas,
      stockIsWrong: 'what it requires is left out, and its siblings wait for it',
    },
    {
      ...left(
        'with a variable that holds',
        'query ($yes: Boolean!) { crates { area fee @skip(if: false) @include(if: $yes) } }',
      ),
      variables: { yes: true },
    },
    {
      ...left(
        'all of an object',
        '{ crates { box { wide @skip(if: true) } next { plain @include(if: false) } } }',
      ),
      answer: {
        crates: [
          { box: {}, next: {} },
          { box: null, next: {} },
        ],
      },
    },
    { ...left('all of an operation', '{ crates @include(if: false) { id } }'), answer: {}, calls: {} },
    {
      ...left(
        'all of an operation, in fragments',
        '{ ...A ... @include(if: false) { count } } fragment A on Query { ...B } fragment B on Query { count @skip(if: true) }',
      ),
      answer: {},
      calls: {},
    },
    {
      ...left(
        'a mutation, which does not run',
        'mutation { touch(id: "k1") @skip(if: true) { id } move(id: "k1") { id area @include(if: false) } }',
      ),
      answer: { move: { id: 'k2' } },
      calls: { stock: 1 },
    },
    {
      ...left(
        'what is left out here and asked for there',
        '{ crates { fee @include(if: false) next { fee } } crates { fee @skip(if: true) area } }',
      ),
      stockIsWrong: 'what it requires is left out, and its siblings wait for it',
    },
    left(
      'the same field twice, once left out',
      '{ crates { area fee @include(if: false) fee @skip(if: false) } }',
    ),
    {
      name: 'all of a mutation that stands twice, once by a variable',
      query:
        'mutation ($yes: Boolean!) { touch(id: "k1") { plain } touch(id: "k1") @include(if: $yes) { ... { id @skip(if: true) } } }',
      variables: { yes: true },
      answer: { touch: { plain: 'crate k1' } },
    },
  ],
};
