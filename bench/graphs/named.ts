/** The made-up graphs by name, as programs are told of them. */
import { alikeGraph } from './alike.ts';
import type { Graph } from './graph.ts';
import { reviewsGraph } from './reviews.ts';
import { wideGraph } from './wide.ts';

const graphs = { reviews: reviewsGraph, wide: wideGraph, alike: alikeGraph };

export type GraphName = keyof typeof graphs;

export function graphNamed(name: string): Graph {
  const graph = graphs[name as GraphName];
  if (!graph) throw new Error(`Expected one of ${Object.keys(graphs).join(', ')}, but got: ${name}.`);
  return graph;
}
