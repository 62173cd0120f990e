/** Mutations run one after the other, whichever subgraphs they are of. */
import type { FederationCase } from '../../support/federation/case.ts';

const log: string[] = [];
const carts = [{ id: 'c1', name: 'mine', total: 5 }];
const add = (step: string) => {
  // What came before is seen by what comes after, and nothing is seen of what comes later.
  if (step.startsWith('start')) log.length = 0;
  log.push(step);
  return log.join(' ');
};

export const mutations: FederationCase = {
  name: 'mutations',
  subgraphs: {
    carts: `
      type Query { cart(id: ID!): Cart }
      type Mutation { add(step: String!): String! fill(step: String!): Cart fail(step: String!): String failHard(step: String!): String! rename(cart: CartInput!): Cart }
      input CartInput { id: ID! name: String = "unnamed" tags: [TagInput!] = [{ name: "new" }] }
      input TagInput { name: String! weight: Int! = 1 }
      type Cart @key(fields: "id") { id: ID! name: String! seen: String! }
    `,
    bills: `
      type Mutation { bill(step: String!): String! pay(step: String!): Cart }
      type Cart @key(fields: "id") { id: ID! total: Int! history: String! }
    `,
  },
  entities: { Cart: carts },
  resolvers: {
    Query: { cart: () => carts[0] },
    Mutation: {
      add: async (_, { step }) => add(step),
      bill: async (_, { step }) => add(step),
      fill: (_, { step }) => add(step) && carts[0],
      pay: (_, { step }) => add(step) && carts[0],
      fail: (_, { step }) => new Error(add(step)),
      failHard: (_, { step }) => new Error(add(step)),
      rename: (_, { cart: { id, name, tags } }) => ({
        id,
        name: `${name} ${JSON.stringify(tags)}`,
        total: 5,
      }),
    },
    Cart: { seen: () => log.join(' '), history: () => log.join(' ') },
  },
  operations: [
    {
      name: 'those of two subgraphs in their order',
      query:
        'mutation { a: add(step: "start") b: bill(step: "two") c: add(step: "three") d: add(step: "four") e: bill(step: "five") }',
      answer: {
        a: 'start',
        b: 'start two',
        c: 'start two three',
        d: 'start two three four',
        e: 'start two three four five',
      },
    },
    {
      name: 'all that one brings before the next begins',
      query:
        'mutation { a: fill(step: "start") { name history } b: pay(step: "two") { seen total } c: fill(step: "three") { history } }',
      answer: {
        a: { name: 'mine', history: 'start' },
        b: { seen: 'start two', total: 5 },
        c: { history: 'start two three' },
      },
    },
    {
      name: 'those after one that fails',
      query: 'mutation { a: add(step: "start") fail(step: "two") b: bill(step: "three") }',
      errors: ['fail'],
      answer: { a: 'start', fail: null, b: 'start two three' },
    },
    {
      name: 'nothing when one fails that may not',
      query: 'mutation { a: add(step: "start") failHard(step: "two") }',
      errors: ['failHard'],
      answer: null,
    },
    {
      name: 'inputs with their defaults',
      query:
        'mutation { rename(cart: { id: 1, tags: [{ name: "a" }, { name: "b", weight: 3 }] }) { id name } }',
      answer: { rename: { id: '1', name: 'unnamed [{"name":"a","weight":1},{"name":"b","weight":3}]' } },
    },
    {
      name: 'by condition and under fragments',
      query:
        'mutation ($no: Boolean!) { ...M b: bill(step: "skipped") @include(if: $no) ... on Mutation { c: bill(step: "three") } } fragment M on Mutation { a: add(step: "start") }',
      variables: { no: false },
      answer: { a: 'start', c: 'start three' },
    },
    {
      name: 'one subgraph down between others',
      query:
        'mutation { a: pay(step: "start") { id name } fill(step: "two") { name } b: pay(step: "three") { total } }',
      down: { carts: 'unreachable' },
      failing: ['Cart.name', 'Mutation.fill'],
      errors: ['a.name', 'fill'],
      answer: { a: null, fill: null, b: { total: 5 } },
    },
  ],
};
