/**
 * Separates `@requires` selections of one field with different arguments, which the planner would merge into one
 * field. Each gets an alias before planning, and fields whose requirements do not fit in one representation are
 * fetched with two.
 */
import type { Field, SelectionSet } from '@apollo/federation-internals';
import type { FetchNode, QueryPlan, QueryPlanner, QueryPlanSelectionNode } from '@apollo/query-planner';
import { Kind, type SelectionSetNode } from 'graphql';
import { fieldsOfEntities, withEntityFields } from './entityFields.ts';
import { splitFetches } from './replaceFetches.ts';

/** The part of the planner's query graph that is used here: a field, and what it requires. */
interface Edge {
  head: { type: { name: string }; source: string };
  transition: { kind: string; definition?: { name: string } };
  _conditions?: SelectionSet;
}

interface QueryGraph {
  vertices: readonly unknown[];
  outEdges: (vertex: unknown, includeKeyAndRootTypeEdgesToSelf: boolean) => readonly Edge[];
}

/** Requirements by subgraph, type and field: `alias` is the name in the response, `name` that in the representation. */
type Requirements = ReadonlyMap<string, readonly QueryPlanSelectionNode[]>;

/**
 * Adds aliases to the planner's query graph; must run before the first plan. Returns a function that transforms plans
 * so that representations have the required fields under their own names, with the response's values under the
 * aliases.
 */
export function separateRequirements(planner: QueryPlanner): (plan: QueryPlan) => QueryPlan {
  const edges = edgesWithArguments(planner);
  const forms = formsOf(edges);
  const names = new Set([...forms].filter(([, { size }]) => size > 1).map(([name]) => name));
  if (names.size === 0) return (plan) => plan;
  const requirements = new Map<string, readonly QueryPlanSelectionNode[]>();
  for (const edge of edges) {
    const { head, transition, _conditions: conditions } = edge;
    if (!conditions || !namesIn(conditions).some((name) => names.has(name))) continue;
    edge._conditions = renamed(conditions, names, forms);
    const key = keyOf(head.source, head.type.name, transition.definition?.name ?? '');
    requirements.set(key, selectionsOf(edge._conditions.toSelectionSetNode()));
  }
  return (plan) => splitFetches(plan, (fetch) => splitFetch(fetch, requirements));
}

const keyOf = (subgraph: string, type: string, field: string) => `${subgraph} ${type}.${field}`;

/** The fields with `@requires`. */
function edgesWithArguments(planner: QueryPlanner): Edge[] {
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  return graph.vertices
    .flatMap((vertex) => graph.outEdges(vertex, true))
    .filter((edge) => edge.transition.kind === 'FieldCollection' && edge._conditions);
}

/** The argument sets with which fields are required, numbered, by field name; only for fields with arguments. */
function formsOf(edges: readonly Edge[]): Map<string, Map<string, number>> {
  const forms = new Map<string, Map<string, number>>();
  for (const { _conditions: conditions } of edges)
    conditions?.forEachElement((element) => {
      if (element.kind !== 'Field' || !takesArguments(element)) return;
      const numbers = forms.get(element.name) ?? new Map<string, number>();
      forms.set(element.name, numbers);
      const form = formOf(element);
      if (!numbers.has(form)) numbers.set(form, numbers.size);
    });
  return forms;
}

const takesArguments = ({ definition }: Field) => definition.arguments().length > 0;

function formOf({ args = {} }: Field): string {
  return JSON.stringify(Object.entries(args).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function namesIn(conditions: SelectionSet): string[] {
  const names: string[] = [];
  conditions.forEachElement((element) => {
    if (element.kind === 'Field' && takesArguments(element)) names.push(element.name);
  });
  return names;
}

function renamed(
  conditions: SelectionSet,
  names: ReadonlySet<string>,
  forms: ReadonlyMap<string, ReadonlyMap<string, number>>,
): SelectionSet {
  return conditions.lazyMap((selection) => {
    const inner = selection.selectionSet && renamed(selection.selectionSet, names, forms);
    if (selection.kind !== 'FieldSelection')
      return inner ? selection.withUpdatedSelectionSet(inner) : selection;
    const { element } = selection;
    if (!names.has(element.name) || !takesArguments(element))
      return inner ? selection.withUpdatedSelectionSet(inner) : selection;
    const at = forms.get(element.name)?.get(formOf(element)) ?? 0;
    return selection.withUpdatedComponents(element.withUpdatedAlias(`_q${at}_${element.name}`), inner);
  });
}

/** Converts a selection set to the form of `requires` in a plan. */
export function selectionsOf({ selections }: SelectionSetNode): QueryPlanSelectionNode[] {
  return selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const condition = selection.typeCondition?.name.value;
      return [
        {
          kind: 'InlineFragment',
          ...(condition !== undefined && { typeCondition: condition }),
          selections: selectionsOf(selection.selectionSet),
        },
      ];
    }
    const { alias, name, selectionSet } = selection;
    return [
      {
        kind: 'Field',
        name: name.value,
        ...(alias && { alias: alias.value }),
        ...(selectionSet && { selections: selectionsOf(selectionSet) }),
      },
    ];
  });
}

/** Fields that can share one representation, and its aliases in the response. */
interface CompatibleGroup {
  fields: Set<string>;
  aliases: Map<string, string>;
  added: { type: string; selections: readonly QueryPlanSelectionNode[] }[];
}

function splitFetch(fetch: FetchNode, requirements: Requirements): FetchNode[] {
  if (!fetch.requires) return [fetch];
  const groups: CompatibleGroup[] = [];
  const all = new Set<string>();
  for (const { type, name } of fieldsOfEntities(fetch)) {
    const selections = requirements.get(keyOf(fetch.serviceName, type, name));
    const field = `${type}.${name}`;
    if (!selections || all.has(field)) continue;
    all.add(field);
    const aliases = new Map(aliasesIn(selections, type));
    let group = groups.find((one) =>
      [...aliases].every(([path, alias]) => (one.aliases.get(path) ?? alias) === alias),
    );
    if (!group) {
      group = { fields: new Set(), aliases: new Map(), added: [] };
      groups.push(group);
    }
    group.fields.add(field);
    for (const [path, alias] of aliases) group.aliases.set(path, alias);
    group.added.push({ type, selections });
  }
  if (groups.length === 0) return [fetch];
  const paths = new Set(
    groups.flatMap(({ aliases }) => [...aliases.keys()].map((path) => path.replace(/^[^.]*\./, ''))),
  );
  const bare = without(fetch.requires, paths, '');
  return groups.map(({ fields, added }, at) => ({
    // Fields without such requirements join the first group.
    ...withEntityFields(fetch, (type, name) => {
      const field = `${type}.${name}`;
      return fields.has(field) || (at === 0 && !all.has(field));
    }),
    requires: withAdded(bare, added),
  }));
}

/** Paths of fields, starting with the type, and their aliases. */
function* aliasesIn(
  selections: readonly QueryPlanSelectionNode[],
  path: string,
): Generator<[string, string]> {
  for (const selection of selections) {
    if (selection.kind === 'InlineFragment') {
      yield* aliasesIn(selection.selections, path);
      continue;
    }
    const { alias, name, selections: inner = [] } = selection;
    if (alias !== undefined) yield [`${path}.${name}`, alias];
    yield* aliasesIn(inner, `${path}.${name}`);
  }
}

/** Removes the selections at `paths`, where the planner drops aliases. */
function without(
  selections: readonly QueryPlanSelectionNode[],
  paths: ReadonlySet<string>,
  before: string,
): QueryPlanSelectionNode[] {
  return selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment')
      return [{ ...selection, selections: without(selection.selections, paths, before) }];
    const path = `${before}${selection.name}`;
    if (paths.has(path)) return [];
    if (!selection.selections) return [selection];
    const inner = without(selection.selections, paths, `${path}.`);
    return inner.length > 0 ? [{ ...selection, selections: inner }] : [];
  });
}

function withAdded(
  requires: readonly QueryPlanSelectionNode[],
  added: CompatibleGroup['added'],
): QueryPlanSelectionNode[] {
  const types = new Set(
    requires.map((one) => (one.kind === 'InlineFragment' ? one.typeCondition : undefined)),
  );
  return requires.map((selection) => {
    if (selection.kind === 'Field') return selection;
    // A type under another name here is an interface that these types implement.
    const more = added.filter(({ type }) => type === selection.typeCondition || !types.has(type));
    return { ...selection, selections: [...selection.selections, ...more.flatMap((one) => one.selections)] };
  });
}
