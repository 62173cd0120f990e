/**
 * Seven subgraphs that look alike, and a question of them that is hard to plan: nearly every field can be had of six
 * of them, and every object be joined in any. There are thousands of plans, about as good as one another.
 */
import type { Graph, Subgraph } from './graph.ts';

const subgraphCount = 7;
const relations = ['first', 'second', 'third', 'fourth'];
const fields = ['title', 'note'];
const depth = 4;

const node = { id: '1', title: 'A title', note: 'A note' };
const resolvers = {
  Query: { node: () => node },
  Node: {
    __resolveReference: () => node,
    ...Object.fromEntries(relations.map((name) => [name, () => node])),
  },
};

const subgraphs: readonly Subgraph[] = Array.from({ length: subgraphCount }, (_, place) => {
  // Each relation is missing in another subgraph, and so is each field: none can answer alone.
  const related = relations.filter((_, at) => at !== place);
  const own = fields.filter((_, at) => at * 2 !== place);
  const shared = [...related.map((name) => `${name}: Node`), ...own.map((name) => `${name}: String`)];
  const sdl = `type Query { node: Node @shareable } type Node @key(fields: "id") { id: ID! ${shared.map((field) => `${field} @shareable`).join(' ')} }`;
  const missing = relations.filter((name) => !related.includes(name));
  const { Query, Node } = resolvers;
  const known = Object.entries(Node).filter(([name]) => !missing.includes(name));
  return { name: `alike${place}`, sdl, resolvers: { Query, Node: Object.fromEntries(known) } };
});

export const alikeGraph: Graph = {
  subgraphs,
  operation: `{ node { ${selectionOf(depth)} } }`,
  answer: () => ({ node: answerOf(depth) }),
};

/** Every field of every object, so many relations deep. */
function selectionOf(levels: number): string {
  const deeper = levels === 0 ? [] : relations.map((name) => `${name} { ${selectionOf(levels - 1)} }`);
  return [...fields, ...deeper].join(' ');
}

function answerOf(levels: number): object {
  const { title, note } = node;
  const deeper = levels === 0 ? [] : relations.map((name) => [name, answerOf(levels - 1)]);
  return { title, note, ...Object.fromEntries(deeper) };
}
