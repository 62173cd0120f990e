/**
 * Asks interface objects for each field with what that field requires, and nothing more. Where a type alone is asked for
 * a field, the planner sends what all fields together require: objects of other types lack some of that, and would not be
 * asked for anything.
 */
import { isInterfaceObjectType, type Schema, type SelectionSet } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan, QueryPlanner, QueryPlanSelectionNode } from '@apollo/query-planner';
import { fieldsOfEntities, withEntityFields } from './entityFields.ts';
import { splitFetches } from './replaceFetches.ts';
import { selectionsOf } from './requiresArguments.ts';

/** As much of the planner's query graph as is looked at here: a field, and what has to be known before it is asked for. */
interface Edge {
  head: { type: { name: string }; source: string };
  transition: { kind: string; definition?: { name: string } };
  _conditions?: SelectionSet;
}

interface QueryGraph {
  sources: ReadonlyMap<string, Schema>;
  vertices: readonly unknown[];
  outEdges: (vertex: unknown, includeKeyAndRootTypeEdgesToSelf: boolean) => readonly Edge[];
}

/** An interface object: what its fields require, by their names, and the fields of its keys. */
interface Known {
  required: Map<string, readonly QueryPlanSelectionNode[]>;
  keys: Set<string>;
}

/** Returns a function that finishes plans of the planner. */
export function askByRequirement(planner: QueryPlanner): (plan: QueryPlan) => QueryPlan {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const known = new Map<string, Known>();
  for (const { head, transition, _conditions: conditions } of graph.vertices.flatMap((vertex) =>
    graph.outEdges(vertex, true),
  )) {
    const type = graph.sources.get(head.source)?.type(head.type.name);
    if (type?.kind !== 'ObjectType' || !isInterfaceObjectType(type)) continue;
    const key = keyOf(head.source, type.name);
    const one = known.get(key) ?? { required: new Map(), keys: keysOf(type) };
    known.set(key, one);
    if (transition.kind === 'FieldCollection' && conditions)
      one.required.set(transition.definition?.name ?? '', selectionsOf(conditions.toSelectionSetNode()));
  }
  if (![...known.values()].some(({ required }) => required.size > 0)) return (plan) => plan;
  return (plan) => splitFetches(plan, (fetch) => splitFetch(fetch, known));
}

const keyOf = (subgraph: string, type: string) => `${subgraph} ${type}`;

/** The names of all fields in keys of a type. */
function keysOf(type: ReturnType<Schema['objectTypes']>[number]): Set<string> {
  const texts = type.appliedDirectives
    .filter(({ name }) => name === 'key' || name === 'federation__key')
    .map((directive) => String((directive.arguments() as { fields?: unknown }).fields));
  return new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
}

function splitFetch(fetch: FetchNode, known: ReadonlyMap<string, Known>): readonly FetchNode[] {
  const { requires, serviceName } = fetch;
  if (!requires || fetch.contextRewrites?.length) return [fetch];
  const fields = fieldsOfEntities(fetch);
  const type = fields[0]?.type ?? '';
  const one = known.get(keyOf(serviceName, type));
  // All objects have the same where nothing is asked of a type apart.
  const isOfTypes = requires.some(
    (selection) => selection.kind === 'InlineFragment' && selection.typeCondition !== type,
  );
  if (!one || !isOfTypes || fields.some((field) => field.type !== type)) return [fetch];
  const groups = new Map<string, { names: Set<string>; own: readonly QueryPlanSelectionNode[] }>();
  for (const { name } of fields) {
    const own = one.required.get(name) ?? [];
    const key = JSON.stringify(own);
    const group = groups.get(key) ?? { names: new Set<string>(), own };
    groups.set(key, group.names.has(name) ? group : { ...group, names: new Set([...group.names, name]) });
  }
  const all = [...groups.values()].flatMap(({ own }) => own);
  if (groups.size < 2 || all.some(({ kind }) => kind !== 'Field')) return [fetch];
  const apart = new Set(
    all.flatMap((selection) =>
      selection.kind === 'Field' && !one.keys.has(selection.name) ? [selection.name] : [],
    ),
  );
  return [...groups.values()].map(({ names, own }) => ({
    ...withEntityFields(fetch, (_, name) => names.has(name)),
    requires: requires.map((selection) =>
      selection.kind === 'Field'
        ? selection
        : { ...selection, selections: onlyOwn(selection.selections, apart, own) },
    ),
  }));
}

/** The selections, those of the names in `apart` only as they stand in `own`. */
function onlyOwn(
  selections: readonly QueryPlanSelectionNode[],
  apart: ReadonlySet<string>,
  own: readonly QueryPlanSelectionNode[],
): QueryPlanSelectionNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind !== 'Field' || !apart.has(selection.name)) return [selection];
    return own.filter((one) => one.kind === 'Field' && one.name === selection.name);
  });
}
