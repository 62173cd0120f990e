/** Fields that require the same field with different arguments are answered side by side, as one graph would answer them. */
import { afterAll, describe, expect, it } from '@jest/globals';
import type { FederationCase } from '../../support/federation/case.ts';
import { openCase } from '../../support/federation/open.ts';

const makers = [
  { id: 'm1', names: ['Ada', 'Bob', 'Cleo'] },
  { id: 'm2', names: ['Dan'] },
];
const things = [
  {
    id: 't1',
    words: ['red', 'round', 'cheap'],
    makers: [makers[0], makers[1]],
    owner: { __typename: 'Person', titles: ['Dr', 'Sir'] },
  },
  { id: 't2', words: ['blue'], makers: [makers[1]], owner: { __typename: 'Firm', titles: ['Ltd'] } },
  { id: 't3', words: [], makers: null, owner: null },
];

const first = (list: readonly unknown[], { first: count = 99 }: { first?: number }) => list.slice(0, count);
const all = (list: readonly string[]) => list.join(' ');
// biome-ignore lint/suspicious/noExplicitAny: a resolver takes what it is given.
type Any = any;

const requiring: FederationCase = {
  name: 'requirements',
  subgraphs: {
    things: `
      type Query { things: [Thing!]! thing: Thing }
      type Thing @key(fields: "id") {
        id: ID! words(first: Int): [String!]! makers(last: Int): [Maker!] owner: Owner
      }
      type Maker { id: ID! names(first: Int): [String!]! }
      interface Owner { titles(first: Int): [String!]! }
      type Person implements Owner { titles(first: Int): [String!]! }
      type Firm implements Owner { titles(first: Int): [String!]! }
    `,
    adverts: `
      type Thing @key(fields: "id") {
        id: ID!
        words(first: Int): [String!]! @external
        makers(last: Int): [Maker!] @external
        owner: Owner @external
        plain: String!
        one(loud: Boolean): String! @requires(fields: "words(first: 1)")
        two: String! @requires(fields: "words(first: 2)")
        all: String! @requires(fields: "words")
        by: String @requires(fields: "makers { names(first: 1) }")
        byMore: String @requires(fields: "makers { id names(first: 2) }")
        byLast: String @requires(fields: "makers(last: 1) { names(first: 1) }")
        oneBy: String @requires(fields: "words(first: 1) makers { names(first: 2) }")
        title: String @requires(fields: "owner { ... on Person { titles(first: 1) } ... on Firm { titles(first: 1) } }")
        titles: String @requires(fields: "owner { titles }")
      }
      type Maker { id: ID! @external names(first: Int): [String!]! @external }
      interface Owner { titles(first: Int): [String!]! }
      type Person implements Owner { titles(first: Int): [String!]! @external }
      type Firm implements Owner { titles(first: Int): [String!]! @external }
    `,
    prints: `
      type Thing @key(fields: "id") {
        id: ID!
        words(first: Int): [String!]! @external
        two: String! @external
        print: String! @requires(fields: "words(first: 3) two")
      }
    `,
  },
  entities: { Thing: things },
  resolvers: {
    Query: { things: () => things, thing: () => things[0] },
    Thing: {
      words: ({ words }, args) => first(words, args),
      makers: ({ makers: list }, { last = 0 }) => list?.slice(-last) ?? null,
      plain: ({ id }) => `plain ${id}`,
      one: ({ words }, { loud }) => (loud ? all(words).toUpperCase() : all(words)),
      two: ({ words }) => all(words),
      all: ({ words }) => all(words),
      by: ({ makers: list }) => (list ? list.map(({ names }: Any) => all(names)).join(', ') : null),
      byMore: ({ makers: list }) =>
        list ? list.map(({ id, names }: Any) => `${id} ${all(names)}`).join(', ') : null,
      byLast: ({ makers: list }) => (list ? list.map(({ names }: Any) => all(names)).join(', ') : null),
      oneBy: ({ words, makers: list }) =>
        `${all(words)} by ${list?.map(({ names }: Any) => all(names)).join(', ')}`,
      title: ({ owner }) => (owner ? all(owner.titles) : null),
      titles: ({ owner }) => (owner ? all(owner.titles) : null),
      print: ({ words, two }) => `${all(words)} / ${two}`,
    },
    Maker: { names: ({ names }, args) => first(names, args) },
    Person: { titles: ({ titles }, args) => first(titles, args) },
    Firm: { titles: ({ titles }, args) => first(titles, args) },
  },
  monolith: {
    Thing: {
      one: ({ words }, { loud }) => (loud ? all(words.slice(0, 1)).toUpperCase() : all(words.slice(0, 1))),
      two: ({ words }) => all(words.slice(0, 2)),
      by: ({ makers: list }) => (list ? list.map(({ names }: Any) => names[0]).join(', ') : null),
      byMore: ({ makers: list }) =>
        list ? list.map(({ id, names }: Any) => `${id} ${all(names.slice(0, 2))}`).join(', ') : null,
      byLast: ({ makers: list }) => (list ? list.at(-1).names[0] : null),
      oneBy: ({ words, makers: list }) =>
        `${all(words.slice(0, 1))} by ${list?.map(({ names }: Any) => all(names.slice(0, 2))).join(', ')}`,
      title: ({ owner }) => (owner ? owner.titles[0] : null),
      print: ({ words }) => `${all(words.slice(0, 3))} / ${all(words.slice(0, 2))}`,
    },
  },
  operations: [],
};

describe('fields that require one field with different arguments', () => {
  const open = openCase(requiring);
  afterAll(() => open.stop());

  it.each([
    ['alone', '{ things { one } }'],
    ['beside one another', '{ things { one two all } }'],
    ['beside the client’s own arguments', '{ things { words(first: 2) one two } }'],
    ['beside what requires nothing', '{ things { plain two one } }'],
    ['in objects of a list', '{ things { by byMore } }'],
    ['in objects of a list, which take arguments too', '{ things { by byLast byMore } }'],
    ['some of which fit together', '{ things { one two oneBy by byMore } }'],
    ['of types of an interface', '{ things { title titles } }'],
    ['in two subgraphs, one after the other', '{ things { print one two } }'],
    [
      'by conditions',
      'query($yes: Boolean!, $no: Boolean!) { things { one @include(if: $yes) two @include(if: $no) all @skip(if: $no) } }',
    ],
    ['with variables of their own', 'query($yes: Boolean) { things { one(loud: $yes) two } }'],
    [
      'under names like those that they get',
      '{ things { _q0_words: plain _q1_words: one two } thing { _q0_words: two one } }',
    ],
    ['with nothing in the answer twice', '{ thing { a: one b: one c: two } }'],
  ])('are answered %s', async (_how, query) => {
    const variables = { yes: true, no: false };
    const monolith = await open.askMonolith({ query, variables });
    const ours = await open.askOurs({ query, variables });
    expect(ours.problems).toEqual([]);
    expect(monolith.errors).toEqual([]);
    expect({ data: ours.data, errors: ours.errors }).toEqual({ data: monolith.data, errors: [] });
  });

  it('go in one call, each with its own representations', async () => {
    const { sent } = await open.askOurs({ query: '{ thing { one two all plain } }' });
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['things', 'adverts']);
    expect(sent[1]?.representations).toHaveLength(3);
  });

  it('go with one representation where their arguments are the same', async () => {
    const { sent } = await open.askOurs({ query: '{ thing { one oneBy plain } }' });
    expect(sent[1]?.representations).toHaveLength(1);
  });
});
