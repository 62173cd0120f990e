/**
 * Splits fetches on interface objects by what their fields `@requires`. When a single type selects such a field, the
 * planner sends what all fields together require: entities of other types lack some of it and would be left out
 * entirely.
 */
import { isInterfaceObjectType, type Schema, type SelectionSet } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan, QueryPlanner, QueryPlanSelectionNode } from '@apollo/query-planner';
import { fieldsOfEntities, withEntityFields } from './entityFields.ts';
import { splitFetches } from './replaceFetches.ts';
import { selectionsOf } from './requiresArguments.ts';

/** The part of the planner's query graph that is used here: a field, and what it requires. */
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

/** An interface object: requirements by field name, and the fields of its keys. */
interface InterfaceObject {
  required: Map<string, readonly QueryPlanSelectionNode[]>;
  keys: Set<string>;
}

/** Returns a function that transforms the planner's plans. */
export function requirementSplitter(planner: QueryPlanner): (plan: QueryPlan) => QueryPlan {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const interfaceObjects = new Map<string, InterfaceObject>();
  for (const { head, transition, _conditions: conditions } of graph.vertices.flatMap((vertex) =>
    graph.outEdges(vertex, true),
  )) {
    const type = graph.sources.get(head.source)?.type(head.type.name);
    if (type?.kind !== 'ObjectType' || !isInterfaceObjectType(type)) continue;
    const key = keyOf(head.source, type.name);
    const interfaceObject = interfaceObjects.get(key) ?? { required: new Map(), keys: keysOf(type) };
    interfaceObjects.set(key, interfaceObject);
    if (transition.kind === 'FieldCollection' && conditions)
      interfaceObject.required.set(
        transition.definition?.name ?? '',
        selectionsOf(conditions.toSelectionSetNode()),
      );
  }
  if (![...interfaceObjects.values()].some(({ required }) => required.size > 0)) return (plan) => plan;
  return (plan) => splitFetches(plan, (fetch) => splitFetch(fetch, interfaceObjects));
}

const keyOf = (subgraph: string, type: string) => `${subgraph} ${type}`;

/** The names of all fields in the keys of a type. */
function keysOf(type: ReturnType<Schema['objectTypes']>[number]): Set<string> {
  const texts = type.appliedDirectives
    .filter(({ name }) => name === 'key' || name === 'federation__key')
    .map((directive) => String((directive.arguments() as { fields?: unknown }).fields));
  return new Set(texts.flatMap((text) => text.match(/\w+/g) ?? []));
}

function splitFetch(
  fetch: FetchNode,
  interfaceObjects: ReadonlyMap<string, InterfaceObject>,
): readonly FetchNode[] {
  const { requires, serviceName } = fetch;
  if (!requires || fetch.contextRewrites?.length) return [fetch];
  const fields = fieldsOfEntities(fetch);
  const type = fields[0]?.type ?? '';
  const interfaceObject = interfaceObjects.get(keyOf(serviceName, type));
  // Without type conditions in `requires`, all entities have the same fields.
  const isOfTypes = requires.some(
    (selection) => selection.kind === 'InlineFragment' && selection.typeCondition !== type,
  );
  if (!interfaceObject || !isOfTypes || fields.some((field) => field.type !== type)) return [fetch];
  const groups = new Map<string, { names: Set<string>; own: readonly QueryPlanSelectionNode[] }>();
  for (const { name } of fields) {
    const own = interfaceObject.required.get(name) ?? [];
    const key = JSON.stringify(own);
    const group = groups.get(key) ?? { names: new Set<string>(), own };
    groups.set(key, group.names.has(name) ? group : { ...group, names: new Set([...group.names, name]) });
  }
  const all = [...groups.values()].flatMap(({ own }) => own);
  if (groups.size < 2 || all.some(({ kind }) => kind !== 'Field')) return [fetch];
  const requiredNames = new Set(
    all.flatMap((selection) =>
      selection.kind === 'Field' && !interfaceObject.keys.has(selection.name) ? [selection.name] : [],
    ),
  );
  return [...groups.values()].map(({ names, own }) => ({
    ...withEntityFields(fetch, (_, name) => names.has(name)),
    requires: requires.map((selection) =>
      selection.kind === 'Field'
        ? selection
        : { ...selection, selections: onlyOwn(selection.selections, requiredNames, own) },
    ),
  }));
}

/** Replaces selections of the names in `requiredNames` by those in `own`. */
function onlyOwn(
  selections: readonly QueryPlanSelectionNode[],
  requiredNames: ReadonlySet<string>,
  own: readonly QueryPlanSelectionNode[],
): QueryPlanSelectionNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind !== 'Field' || !requiredNames.has(selection.name)) return [selection];
    return own.filter((one) => one.kind === 'Field' && one.name === selection.name);
  });
}
