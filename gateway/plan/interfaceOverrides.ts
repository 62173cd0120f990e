/**
 * Has the planner keep to progressive `@override` where a field is reached through an interface. The planner holds the
 * fields of objects to their labels, and takes the field of an interface as it stands in a subgraph, although that may
 * have moved from there for some of the objects.
 */
import type { Schema } from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';

type Conditions = ReadonlyMap<string, boolean>;

/** As much of an edge of the planner's query graph as is looked at here: a field of a type in a subgraph. */
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
 * A field of an interface is taken from a subgraph only where the labels let it come from there for every type of the
 * interface; otherwise the planner asks for it type by type.
 */
export function keepOverridesOfInterfaces(planner: QueryPlanner): void {
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
