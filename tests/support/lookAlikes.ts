/** Seven subgraphs that look alike, and an operation over them that the planner would think about for ten seconds. */
import { parse } from 'graphql';
import { compose } from './tiny-graph.ts';

const fields = ['a', 'b', 'c', 'd'];
const owners = ['s0', 's1', 's2', 's3', 's4', 's5', 's6'];

/** Subgraphs at `url` that all have the same, and a field each that the others have not. The first has `root`. */
export function lookAlikes(url = 'http://alike.test'): string {
  const shared = fields.map((name) => `${name}: Node @shareable`).join(' ');
  return compose(
    owners.map((name) => ({
      name,
      url,
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])
        type Query { ${name === 's0' ? 'root' : `from_${name}`}: Node }
        type Node @key(fields: "id") { id: ID! x: Int @shareable ${shared} of_${name}: Int }
      `),
    })),
  );
}

/** Some 3,000 characters. */
export function hardOperation(name: string): string {
  return `query ${name} { root { ${nested(3)} } }`;
}

const nested = (depth: number): string =>
  depth === 0
    ? owners.map((name) => `of_${name}`).join(' ')
    : fields.map((name) => `${name} { ${nested(depth - 1)} }`).join(' ');
