/** Rewrites the root of mutations so that each field appears once per combination of conditions in which it runs. */
import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { callerError } from '../errors.ts';
import { isCondition } from './possibleTypes.ts';
import { allowed, isUnauthorized } from './unauthorizedFields.ts';

/** Required values of condition variables. */
type Case = ReadonlyMap<string, boolean>;

/** A root field, its response name, and its conditions. */
interface Occurrence {
  name: string;
  node: FieldNode;
  when: Case;
}

/** A larger number of fields only occurs in operations that are designed to be expensive. */
const maxFields = 2000;

/**
 * Returns the root of a mutation with each response name once for any values of the variables. A planner runs a field
 * twice that is selected twice, in fragments or under conditions, and it merges fragments with equal conditions,
 * which changes the order of fields. Mutation fields must run once and in order (GraphQL section 6.2.2). Throws
 * OPERATION_TOO_HARD if there are too many combinations.
 */
export function mergeRoot(
  root: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): SelectionSetNode {
  const { occurrences, count } = occurrencesIn(root, fragments, new Map());
  const byName = new Map<string, Occurrence[]>();
  for (const one of occurrences) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
  if (byName.size === 0) return root;
  const isFlat = root.selections.every(({ kind }) => kind === Kind.FIELD);
  if (byName.size === count && isFlat) return root;
  const parts: Placed[] = [];
  for (const one of occurrences) {
    const same = byName.get(one.name) ?? [];
    const at = same.indexOf(one);
    let cases: Case[] = [one.when];
    for (const { when } of same.slice(0, at)) {
      cases = cases.flatMap((each) => butNot(each, when));
      checkCount(cases.length);
    }
    parts.push(...cases.map((each) => ({ when: each, node: mergedField(one, same.slice(at + 1), each) })));
    checkCount(parts.length);
  }
  const selections = isInOrder(parts)
    ? parts.map(({ when, node }) => under(when, node))
    : byCases(parts, new Map());
  return { kind: Kind.SELECTION_SET, selections };
}

type Placed = Pick<Occurrence, 'node' | 'when'>;

/** Whether the fields keep their order when the planner merges fragments with equal conditions. */
function isInOrder(parts: readonly Placed[]): boolean {
  const left = new Set<string>();
  let last: string | undefined;
  for (const { when } of parts) {
    const [first] = when;
    const outer = JSON.stringify(first ?? null);
    if (outer !== last && last !== undefined) left.add(last);
    if (first && left.has(outer)) return false;
    last = outer;
  }
  const inner = new Map<string, Placed[]>();
  for (const { when, node } of parts) {
    const [first, ...others] = when;
    if (!first) continue;
    const key = JSON.stringify(first);
    const part = { node, when: new Map(others) };
    const same = inner.get(key);
    if (same) same.push(part);
    else inner.set(key, [part]);
  }
  return [...inner.values()].every((each) => isInOrder(each));
}

/** Returns one fragment per combination of conditions, with the fields that run in it, in order. */
function byCases(parts: readonly Placed[], decided: Case): SelectionNode[] {
  const name = parts.flatMap(({ when }) => [...when.keys()]).find((each) => !decided.has(each));
  if (name === undefined) return parts.map(({ node }) => node);
  const selections = [true, false].flatMap((is): SelectionNode[] => {
    const matching = parts.filter(({ when }) => (when.get(name) ?? is) === is);
    if (matching.length === 0) return [];
    return [under(new Map([[name, is]]), ...byCases(matching, new Map([...decided, [name, is]])))];
  });
  checkCount(2 ** decided.size * parts.length);
  return selections;
}

function checkCount(fields: number): void {
  if (fields > maxFields) throw callerError('OPERATION_TOO_HARD');
}

/** The root fields in order, and the number of selected fields including excluded ones. */
function occurrencesIn(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  when: Case,
): { occurrences: Occurrence[]; count: number } {
  const occurrences: Occurrence[] = [];
  let count = 0;
  for (const selection of selections) {
    const narrower = narrowed(when, selection.directives);
    if (!narrower) {
      count++;
    } else if (selection.kind === Kind.FIELD) {
      const directives = selection.directives?.filter((one) => !isCondition(one)) ?? [];
      const name = (selection.alias ?? selection.name).value;
      occurrences.push({ name, node: { ...selection, directives }, when: narrower });
      count++;
    } else {
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      const inner = fragment && occurrencesIn(fragment.selectionSet, fragments, narrower);
      if (inner) occurrences.push(...inner.occurrences);
      count += inner?.count ?? 0;
    }
    checkCount(count);
  }
  return { occurrences, count };
}

/** Adds the conditions of `directives` to a case; undefined if they contradict it. */
function narrowed(when: Case, directives: readonly DirectiveNode[] = []): Case | undefined {
  const narrower = new Map(when);
  for (const directive of directives) {
    const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
    if (!isCondition(directive) || !value) continue;
    const is = directive.name.value === 'include';
    if (value.kind === Kind.BOOLEAN && value.value !== is) return undefined;
    if (value.kind !== Kind.VARIABLE) continue;
    const name = value.name.value;
    if ((narrower.get(name) ?? is) !== is) return undefined;
    narrower.set(name, is);
  }
  return narrower;
}

/** Disjoint cases in which `when` holds and `other` does not. */
function butNot(when: Case, other: Case): Case[] {
  const cases: Case[] = [];
  let rest = when;
  for (const [name, is] of other) {
    const required = rest.get(name);
    if (required === !is) return [...cases, rest];
    if (required === is) continue;
    cases.push(new Map([...rest, [name, !is]]));
    rest = new Map([...rest, [name, is]]);
  }
  return cases;
}

/** Merges the selections of later occurrences into the field, as far as their conditions are compatible with `when`. */
function mergedField({ node }: Occurrence, later: readonly Occurrence[], when: Case): FieldNode {
  if (!node.selectionSet) return node;
  const more = later.flatMap(({ node: { selectionSet }, when: also }): SelectionNode[] => {
    const missing = [...also].filter(([name, is]) => when.get(name) !== is);
    if (!selectionSet?.selections.length || missing.some(([name]) => when.has(name))) return [];
    return missing.length === 0
      ? [...selectionSet.selections]
      : [under(new Map(missing), ...selectionSet.selections)];
  });
  const isWhole = ({ node: other, when: also }: Occurrence) =>
    !isUnauthorized(other) && [...also].every(([name, is]) => when.get(name) === is);
  return {
    // If one occurrence is authorized, the field runs and returns that occurrence's selections.
    ...(isUnauthorized(node) && later.some(isWhole) ? allowed(node) : node),
    selectionSet: { ...node.selectionSet, selections: [...node.selectionSet.selections, ...more] },
  };
}

/** Wraps selections in fragments with the conditions of the case. */
function under(when: Case, ...selections: readonly SelectionNode[]): SelectionNode {
  const [[name, is] = [undefined, true], ...others] = when;
  const [only] = selections;
  if (name === undefined && only && selections.length === 1) return only;
  const inner = others.length > 0 ? [under(new Map(others), ...selections)] : selections;
  return {
    kind: Kind.INLINE_FRAGMENT,
    directives: name === undefined ? [] : [condition(is ? 'include' : 'skip', name)],
    selectionSet: { kind: Kind.SELECTION_SET, selections: inner },
  };
}

function condition(directive: 'include' | 'skip', variable: string): DirectiveNode {
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: directive },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'if' },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
      },
    ],
  };
}
