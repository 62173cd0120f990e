/**
 * Makes the planner identify entities by resolvable keys. For a field with `@requires`, the planner sends the first
 * key of the type in the subgraph, even one with `resolvable: false`.
 */
import {
  type FederationMetadata,
  federationMetadata,
  type InterfaceType,
  type ObjectType,
  type Schema,
} from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';

/** A type's applied directives, in the order in which the planner reads them. */
interface Annotated {
  _appliedDirectives?: ReturnType<ObjectType['appliedDirectivesOf']>;
}

/**
 * Moves the resolvable keys first in every type of every subgraph. Other keys remain: a type without resolvable keys
 * still needs them.
 */
export function preferResolvableKeys(planner: QueryPlanner): void {
  const { federatedQueryGraph: graph } = planner as unknown as {
    federatedQueryGraph: { sources: ReadonlyMap<string, Schema> };
  };
  for (const schema of graph.sources.values()) {
    const metadata = federationMetadata(schema);
    if (!metadata) continue;
    for (const type of [...schema.objectTypes(), ...schema.interfaceTypes()]) preferIn(type, metadata);
  }
}

function preferIn(type: ObjectType | InterfaceType, metadata: FederationMetadata): void {
  const stored = type as unknown as Annotated;
  const { name } = metadata.keyDirective();
  const isLast = (directive: { name: string; arguments: () => { resolvable?: boolean } }) =>
    directive.name === name && directive.arguments().resolvable === false;
  const all = stored._appliedDirectives ?? [];
  if (!all.some(isLast)) return;
  stored._appliedDirectives = [...all.filter((one) => !isLast(one)), ...all.filter(isLast)];
}
