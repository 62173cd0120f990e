/** Fifty subgraphs around one entity, and an operation of two thousand fields over all of them. */
import type { Graph, Subgraph } from './graph.ts';

const subgraphCount = 50;
const fieldsEach = 40;

const textOf = (place: number, field: number) => `value ${field} of part ${place}`;

const subgraphs: readonly Subgraph[] = Array.from({ length: subgraphCount }, (_, place) => {
  const fields = Array.from({ length: fieldsEach }, (_, field) => [
    `f${place}_${field}`,
    textOf(place, field),
  ]);
  const values = Object.fromEntries(fields);
  const query = place === 0 ? 'type Query { item(id: ID!): Item } ' : '';
  return {
    name: `part${place}`,
    sdl: `${query}type Item @key(fields: "id") { id: ID! ${fields.map(([name]) => `${name}: String`).join(' ')} }`,
    resolvers: {
      ...(place === 0 && { Query: { item: (_: unknown, { id }: { id: string }) => ({ id, ...values }) } }),
      Item: { __resolveReference: ({ id }: { id: string }) => ({ id, ...values }) },
    },
  };
});

const names = subgraphs.flatMap((_, place) =>
  Array.from({ length: fieldsEach }, (_, field) => ({ place, field })),
);

export const wideGraph: Graph = {
  subgraphs,
  operation: `query Wide { item(id: "1") { ${names.map(({ place, field }) => `f${place}_${field}`).join(' ')} } }`,
  answer: () => ({
    item: Object.fromEntries(names.map(({ place, field }) => [`f${place}_${field}`, textOf(place, field)])),
  }),
};
