/** Fields that require others are asked for when those are there, wherever the way to them leads. */
import { afterAll, describe, expect, it } from '@jest/globals';
import type { FederationCase } from '../../support/federation/case.ts';
import { openCase } from '../../support/federation/open.ts';

const crates = [
  { id: 'c1', code: 'k1', weight: 3 },
  { id: 'c2', code: 'k2', weight: -1 },
];
const known = (list: readonly { id: string; code: string }[]) => list.map(({ id }) => ({ id }));
const shelves = [{ crates: known(crates), top: { id: 'c2' } }];

/** What follows from the weight step by step, each step in the subgraph that the one before it is not in. */
const price = (weight: number) => weight * 10;
const tax = (net: number) => net + 1;
const sum = (gross: number) => gross * 2;
const words = (total: number) => `${total} in all`;

const toAndFro: FederationCase = {
  name: 'to and fro',
  subgraphs: {
    store: {
      sdl: `
        type Query { crates: [Crate!]! shelves: [Shelf!]! first: Parcel @provides(fields: "crate { weight }") }
        type Shelf { crates: [Crate!]! top: Crate }
        type Parcel { crate: Crate! }
        interface Labelled { id: ID! }
        type Crate implements Labelled @key(fields: "id") {
          id: ID!
          weight: Int! @external
          price: Int! @external
          sum: Int! @external
          code: ID! @external
          tax: Int! @requires(fields: "price")
          words: String! @requires(fields: "sum")
          marked: String! @requires(fields: "code")
        }
        extend type Query { labelled: [Labelled!]! }
      `,
      resolvers: {
        Query: {
          crates: () => known(crates),
          shelves: () => shelves,
          first: () => ({ crate: { id: 'c1', weight: 3 } }),
          labelled: () => known(crates).map((crate) => ({ __typename: 'Crate', ...crate })),
        },
      },
    },
    scales: `type Crate @key(fields: "id") { id: ID! weight: Int! @shareable }`,
    till: `
      type Crate @key(fields: "id") {
        id: ID!
        weight: Int! @external
        tax: Int! @external
        price: Int! @requires(fields: "weight")
        sum: Int! @requires(fields: "tax")
      }
    `,
    // The first key is what the subgraph that asks has from elsewhere only.
    desk: `
      type Crate @key(fields: "code") @key(fields: "id") {
        id: ID! code: ID!
        weight: Int! @external
        stamp: String! @requires(fields: "weight")
      }
    `,
  },
  entities: { Crate: crates },
  resolvers: {
    Crate: {
      price: ({ weight }) => price(weight),
      tax: ({ price: net }) => tax(net),
      sum: ({ tax: gross }) => sum(gross),
      words: ({ sum: total }) => words(total),
      stamp: ({ code, weight }) => `${code} of ${weight}`,
      marked: ({ id, code }) => `${id} is ${code}`,
    },
  },
  monolith: {
    Query: {
      crates: () => crates,
      shelves: () => [{ crates, top: crates[1] }],
      first: () => ({ crate: crates[0] }),
      labelled: () => crates.map((crate) => ({ __typename: 'Crate', ...crate })),
    },
    Crate: {
      tax: ({ weight }) => tax(price(weight)),
      sum: ({ weight }) => sum(tax(price(weight))),
      words: ({ weight }) => words(sum(tax(price(weight)))),
    },
  },
  operations: [],
};

const { till } = toAndFro.subgraphs;
/** The subgraph of every other step is known by another key first, which the first one has from there only. */
const byCode: FederationCase = {
  ...toAndFro,
  subgraphs: {
    ...toAndFro.subgraphs,
    till: String(till)
      .replace('@key', '@key(fields: "code") @key')
      .replace('id: ID!', 'id: ID! code: ID! @shareable'),
    desk: String(toAndFro.subgraphs.desk).replace('code: ID!', 'code: ID! @shareable'),
  },
};

describe.each([
  [
    'fields that require one another in turn',
    toAndFro,
    ['store', 'scales', 'till', 'store', 'till', 'store'],
  ],
  [
    'the same where a key has to be found first',
    byCode,
    ['store', 'till', 'scales', 'till', 'store', 'till', 'store'],
  ],
])('%s', (_name, asked, steps) => {
  const open = openCase(asked);
  afterAll(() => open.stop());

  it.each([
    ['the last of five steps', '{ crates { words } }'],
    ['each step, the first first', '{ crates { weight price tax sum words } }'],
    ['each step, the last first', '{ crates { words sum tax price weight } }'],
    ['steps within objects', '{ shelves { crates { tax words } top { words } } }'],
    ['steps of which the first is provided', '{ first { crate { words tax } } }'],
    ['steps of objects of an interface', '{ labelled { id ... on Crate { words price } } }'],
    ['what requires a key of another subgraph', '{ crates { marked stamp sum } }'],
    [
      'steps at several places at once',
      '{ crates { words marked stamp } labelled { ... on Crate { sum } } first { crate { tax } } }',
    ],
    [
      'steps by conditions',
      'query ($yes: Boolean!, $no: Boolean!) { crates { words @include(if: $yes) price @include(if: $no) tax } }',
    ],
    [
      'by conditions, what a subgraph asks under a key that it has from elsewhere',
      'query ($yes: Boolean!, $no: Boolean!) { crates { stamp @include(if: $yes) words @skip(if: $yes) } first { crate { stamp @include(if: $no) } } labelled { ... on Crate @include(if: $yes) { marked } } }',
    ],
    ['none by conditions', 'query ($no: Boolean!) { crates { id words @include(if: $no) } }'],
  ])('are answered as one graph answers: %s', async (_what, query) => {
    const variables = { yes: true, no: false };
    const monolith = await open.askMonolith({ query, variables });
    const ours = await open.askOurs({ query, variables });
    expect(monolith.errors).toEqual([]);
    expect(ours.problems).toEqual([]);
    expect({ data: ours.data, errors: ours.errors }).toEqual({ data: monolith.data, errors: [] });
  });

  it('cost one call for each step, and for a key', async () => {
    const { sent } = await open.askOurs({ query: '{ crates { words } }' });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(steps);
  });
});
