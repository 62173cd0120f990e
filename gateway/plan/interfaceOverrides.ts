/**
 * Makes the planner respect progressive `@override` for fields reached through an interface. The planner checks
 * labels on the fields of object types only, and takes the interface's field from any subgraph, although it may have
 * moved from there for some types.
 */
import type { Schema } from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';

type Conditions = ReadonlyMap<string, boolean>;

/** The part of an edge in the planner's query graph that is used here: a field of a type in a subgraph. */
interface Edge {
  head: { type: { name: string }; source: string };
  transition: { kind: string; definition?: { name: string } };
  overrideCondition?: { label: string; condition: boolean };
  satisfiesOverrideConditions: (conditions: Conditions) => boolean;
}

interface QueryGraph {
  sources: ReadonlyMap<string, Schema>;
  vertices: readonly unknown[];
  outEdges: (vertex: unknown, includeKeyAndRootTypeEdgesToSelf: boolean) => readonly Edge[];
}

/**
 * Patches the planner's edges: an interface field is taken from a subgraph only if the labels allow that for every
 * possible type. Otherwise the planner fetches it type by type.
 */
export function respectInterfaceOverrides(planner: QueryPlanner): void {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const edges = graph.vertices
    .flatMap((vertex) => graph.outEdges(vertex, true))
    .filter(({ transition }) => transition.kind === 'FieldCollection');
  const moved = new Map<string, Edge>();
  for (const edge of edges) if (edge.overrideCondition) moved.set(keyOf(edge, edge.head.type.name), edge);
  if (moved.size === 0) return;
  for (const edge of edges) {
    const type = graph.sources.get(edge.head.source)?.type(edge.head.type.name);
    if (type?.kind !== 'InterfaceType') continue;
    const ofTypes = type.possibleRuntimeTypes().flatMap((one) => moved.get(keyOf(edge, one.name)) ?? []);
    if (ofTypes.length > 0)
      edge.satisfiesOverrideConditions = (conditions) =>
        ofTypes.every((one) => one.satisfiesOverrideConditions(conditions));
  }
}

const keyOf = ({ head, transition }: Edge, type: string) =>
  `${head.source} ${type}.${transition.definition?.name}`;
