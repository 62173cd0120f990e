/**
 * Has the planner name an entity by a key that its subgraph resolves. Where a subgraph is asked for a field with
 * `@requires`, the planner sends the first key of the type there, be it one with `resolvable: false`.
 */
import {
  type FederationMetadata,
  federationMetadata,
  type InterfaceType,
  type ObjectType,
  type Schema,
} from '@apollo/federation-internals';
import type { QueryPlanner } from '@apollo/query-planner';

/** A type as it stores what is applied to it: the order is that in which the planner looks. */
interface Annotated {
  _appliedDirectives?: ReturnType<ObjectType['appliedDirectivesOf']>;
}

/**
 * Puts the keys that are resolvable first, in every type of every subgraph. Those that are not stay behind them: a type
 * that has no others is still named by them.
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
