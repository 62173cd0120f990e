/** Very deep, very wide, and very many: what a plan of any size must get right. */
import type { FederationCase } from '../../support/federation/case.ts';

const nodes = Array.from({ length: 5 }, (_, index) => ({
  id: `n${index}`,
  next: { id: `n${(index + 1) % 5}` },
  many: [0, 1, 2].map((step) => ({ id: `n${(index + step) % 5}` })),
}));
const node = (id: string) => nodes.find((each) => each.id === id);
const names = Array.from({ length: 120 }, (_, index) => `f${index}`);
const wide = Object.fromEntries(
  names.map((name) => [name, (parent: { id: string }) => `${name} of ${parent.id}`]),
);
const nested = (depth: number, body: string): string =>
  depth === 0 ? body : `next { ${nested(depth - 1, body)} }`;

export const shapes: FederationCase = {
  name: 'very deep and very wide',
  subgraphs: {
    odd: `
      type Query { node(id: ID!): Node nodes: [Node!]! }
      type Node @key(fields: "id") { id: ID! next: Node ${names
        .slice(0, 60)
        .map((name) => `${name}: String`)
        .join(' ')} }
    `,
    even: `
      type Node @key(fields: "id") { id: ID! many: [Node!]! ${names
        .slice(60)
        .map((name) => `${name}: String`)
        .join(' ')} }
    `,
    third: `
      type Node @key(fields: "id") { id: ID! back: Node }
    `,
  },
  entities: { Node: nodes },
  resolvers: {
    Query: { node: (_, { id }) => node(id), nodes: () => nodes },
    Node: {
      ...wide,
      next: ({ next }) => node(next.id),
      many: ({ many }) => many.map(({ id }: { id: string }) => node(id)),
      back: ({ id }) => nodes.find(({ next }) => next.id === id),
    },
  },
  operations: [
    {
      name: 'one hundred and twenty fields',
      query: `{ nodes { ${names.join(' ')} } }`,
      calls: { odd: 1, even: 1 },
    },
    {
      name: 'the same in reverse, under other names',
      query: `{ nodes { ${names
        .map((name, index) => `${names[(index * 7) % 120]}x: ${name}`)
        .reverse()
        .join(' ')} } }`,
    },
    {
      name: 'thirty levels in one subgraph',
      query: `{ node(id: "n0") { ${nested(30, 'f1 f61')} } }`,
      calls: { odd: 1, even: 1 },
    },
    {
      name: 'back and forth ten times',
      query:
        '{ node(id: "n0") { next { back { next { back { next { back { next { back { next { back { f0 f100 } } } } } } } } } } } }',
    },
    {
      name: 'lists within lists within lists, of five entities in all',
      query: '{ nodes { many { many { many { id f99 } } f0 } } }',
    },
    {
      name: 'sixty aliases of one field',
      query: `{ nodes { ${names
        .slice(0, 60)
        .map((name) => `${name}: f${100}`)
        .join(' ')} } }`,
    },
    {
      name: 'forty roots',
      query: `{ ${names
        .slice(0, 40)
        .map((name, index) => `${name}: node(id: "n${index % 6}") { f0 f110 back { f1 } }`)
        .join(' ')} }`,
    },
  ],
};
