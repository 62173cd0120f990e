/** @requires of unions, interfaces, lists of entities, and of fields that require one another in turn. */
import type { FederationCase } from '../../support/federation/case.ts';

const items = [
  { id: 'i1', price: 5, qty: 2 },
  { id: 'i2', price: 7, qty: 1 },
];
const orders = [
  {
    id: 'o1',
    items: [items[0], items[1], items[0]],
    pay: { __typename: 'Card', last: '4242', fee: 1 },
    place: { __typename: 'Shop', street: 'Main' },
  },
  {
    id: 'o2',
    items: [],
    pay: { __typename: 'Cash', given: 20 },
    place: { __typename: 'Web', url: 'shop.test' },
  },
  { id: 'o3', items: [items[1]], pay: null, place: null },
];
type Pay = { __typename: string; last?: string; fee?: number; given?: number } | null;
type Line = { price: number; qty: number };

export const requiresAbstract: FederationCase = {
  name: '@requires of abstract types and lists',
  subgraphs: {
    orders: `
      type Query { orders: [Order!]! }
      type Order @key(fields: "id") { id: ID! items: [Item!]! pay: Pay place: Place }
      type Item @key(fields: "id") { id: ID! qty: Int! }
      union Pay = Card | Cash
      type Card { last: String! fee: Int! }
      type Cash { given: Int! }
      interface Place { name: String! }
      type Shop implements Place { name: String! street: String! }
      type Web implements Place { name: String! url: String! }
    `,
    prices: `type Item @key(fields: "id") { id: ID! price: Int! }`,
    bills: `
      type Order @key(fields: "id") {
        id: ID!
        items: [Item!]! @external
        pay: Pay @external
        place: Place @external
        total: Int! @requires(fields: "items { price qty }")
        paid: String! @requires(fields: "pay { ... on Card { last fee } ... on Cash { given } }")
        where: String @requires(fields: "place { name ... on Shop { street } }")
        summary: String! @requires(fields: "items { id } pay { __typename }")
      }
      type Item @key(fields: "id") { id: ID! @external price: Int! @external qty: Int! @external }
      union Pay = Card | Cash
      type Card { last: String! @external fee: Int! @external }
      type Cash { given: Int! @external }
      interface Place { name: String! }
      type Shop implements Place { name: String! @external street: String! @external }
      type Web implements Place { name: String! @external }
    `,
  },
  entities: { Order: orders, Item: items },
  resolvers: {
    Query: { orders: () => orders },
    Shop: { name: ({ __typename }) => `a ${__typename}` },
    Web: { name: ({ __typename }) => `a ${__typename}` },
    Order: {
      total: ({ items }: { items: Line[] }) => items.reduce((sum, { price, qty }) => sum + price * qty, 0),
      paid: ({ pay }: { pay: Pay }) => (pay ? `${pay.last ?? 'cash'} ${pay.fee ?? pay.given}` : 'open'),
      where: ({ place }) => place && `${place.name ?? `a ${place.__typename}`} ${place.street ?? ''}`,
      summary: ({ items, pay }: { items: { id: string }[]; pay: Pay }) =>
        `${items.map(({ id }) => id)} ${pay?.__typename}`,
    },
  },
  operations: [
    {
      name: 'a list of entities with fields of two subgraphs',
      query: '{ orders { total } }',
      answer: { orders: [{ total: 27 }, { total: 0 }, { total: 7 }] },
    },
    {
      name: 'each member of a union',
      query: '{ orders { paid } }',
      answer: { orders: [{ paid: '4242 1' }, { paid: 'cash 20' }, { paid: 'open' }] },
    },
    {
      name: 'an interface, and one of its members',
      query: '{ orders { where } }',
      answer: { orders: [{ where: 'a Shop Main' }, { where: 'a Web ' }, { where: null }] },
    },
    {
      name: 'the kind of a member',
      query: '{ orders { summary } }',
      answer: { orders: [{ summary: 'i1,i2,i1 Card' }, { summary: ' Cash' }, { summary: 'i2 undefined' }] },
    },
    {
      name: 'all of them beside parts of the same',
      query:
        '{ orders { total paid where summary pay { ... on Card { fee } } items { qty price } place { __typename ... on Web { url } } } }',
    },
    {
      name: 'all of them beside the same under other names',
      stockIsWrong: 'an alias with the name of a required field is read as that field',
      query:
        '{ orders { pay { kind: __typename ... on Card { last: fee } } paid items { price: qty id: price } total } }',
    },
  ],
};

const days = [
  { id: 'd1', low: 2 },
  { id: 'd2', low: -3 },
];

export const requiresInTurn: FederationCase = {
  name: '@requires to and fro between two subgraphs',
  subgraphs: {
    one: `
      type Query { days: [Day!]! }
      type Day @key(fields: "id") {
        id: ID! low: Int! high: Int! @external word: String! @external
        mean: Int! @requires(fields: "high")
        text: String! @requires(fields: "word")
      }
    `,
    two: `
      type Day @key(fields: "id") {
        id: ID! low: Int! @external mean: Int! @external
        high: Int! @requires(fields: "low")
        word: String! @requires(fields: "mean")
      }
    `,
  },
  entities: { Day: days },
  resolvers: {
    Query: { days: () => days },
    Day: {
      high: ({ low }) => low + 10,
      mean: ({ high }) => high - 5,
      word: ({ mean }) => (mean > 5 ? 'warm' : 'cold'),
      text: ({ word }) => `It is ${word}.`,
    },
  },
  monolith: {
    Day: {
      high: ({ low }) => low + 10,
      mean: ({ low }) => low + 5,
      word: ({ low }) => (low > 0 ? 'warm' : 'cold'),
      text: ({ low }) => `It is ${low > 0 ? 'warm' : 'cold'}.`,
    },
  },
  operations: [
    {
      name: 'the last of four',
      stockIsWrong: 'its planner asks a subgraph for a field that is external there',
      query: '{ days { text } }',
      answer: { days: [{ text: 'It is warm.' }, { text: 'It is cold.' }] },
    },
    {
      name: 'all of them',
      stockIsWrong: 'its planner asks a subgraph for a field that is external there',
      query: '{ days { text word mean high low } }',
    },
    {
      name: 'some of them by condition',
      stockIsWrong: 'its planner asks a subgraph for a field that is external there',
      query:
        'query ($a: Boolean!, $b: Boolean!) { days { low text @include(if: $a) ... @skip(if: $b) { mean word } } }',
      variables: { a: false, b: false },
    },
    {
      name: 'all of them by condition',
      stockIsWrong: 'its planner asks a subgraph for a field that is external there',
      query: 'query ($a: Boolean!) { days { id text @include(if: $a) high @include(if: $a) } }',
      variables: { a: true },
    },
    {
      name: 'none of them by condition',
      query: 'query ($a: Boolean!) { days { id text @include(if: $a) high @include(if: $a) } }',
      variables: { a: false },
      calls: { one: 1 },
    },
  ],
};
