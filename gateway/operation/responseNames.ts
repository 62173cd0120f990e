/** Assigns response names that are unambiguous within a plan. */
import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { FieldSetFields } from '../supergraph/fieldSets.ts';
import { textOfValue } from './literalValues.ts';

export interface Naming {
  /** The response name of the field `node` in the plan; `given` are its printed arguments. */
  nameOf: (node: FieldNode, given: string) => string;
  /** The response name of a field that the client did not select, which is omitted from the response. */
  placeholderName: () => string;
  /** The renamed names so far: renamed → the client's. */
  names: ReadonlyMap<string, string>;
}

export interface NamingOptions {
  fieldSetFields: FieldSetFields;
  /** Names with different meanings at one place, for objects of different types. */
  apart: ReadonlySet<string>;
}

/** The prefix of renamed fields. Client names of this form are renamed too, so that they cannot conflict. */
const renamedForm = /^_[aq]\d+_/;

/**
 * Renames fields whose client name would be ambiguous in a plan: a field that the planner adds, a property that every
 * object has, or another field of the same name. The new name contains the client's name, so that equivalent
 * operations share a plan.
 */
export function openNaming({ fieldSetFields, apart }: NamingOptions): Naming {
  const names = new Map<string, string>();
  const meanings = new Map<string, Map<string, number>>();
  const written = new Map<string, string>();
  const isAmbiguous = (responseName: string, name: string, given: string) =>
    responseName === name
      ? fieldSetFields.withArguments.has(name) || (given !== '' && fieldSetFields.names.has(name))
      : fieldSetFields.names.has(responseName) || responseName.startsWith('__');
  // Equal literals become two variables if their types differ, for objects that do not have both fields.
  const hasOtherArguments = (node: FieldNode, responseName: string, given: string) => {
    if (given === '') return false;
    const key = `${responseName} ${meaningOf(node)}`;
    const first = written.get(key) ?? given;
    written.set(key, first);
    return first !== given;
  };
  return {
    names,
    nameOf: (node, given) => {
      const name = node.name.value;
      const responseName = responseNameOf(node);
      const isKept =
        !isAmbiguous(responseName, name, given) &&
        !renamedForm.test(responseName) &&
        !apart.has(responseName);
      if (isKept && !hasOtherArguments(node, responseName, given)) return responseName;
      const numbers = meanings.get(responseName) ?? new Map<string, number>();
      meanings.set(responseName, numbers);
      const meaning = `${name}${given}`;
      const at = numbers.get(meaning) ?? numbers.size;
      numbers.set(meaning, at);
      const renamed = `_a${at}_${responseName}`;
      names.set(renamed, responseName);
      return renamed;
    },
    placeholderName: () => {
      names.set('_a0_', '');
      return '_a0_';
    },
  };
}

/** Maximum fields visited in search of ambiguous names. */
const maxVisits = 20_000;

/**
 * The response names that stand for different fields or arguments, for objects of different types at one place of the
 * response (GraphQL section 5.3.2 allows that): a plan merges subgraph responses by name. If the operation is too
 * complex to examine each place, all names with different meanings anywhere.
 */
export function namesApart(
  root: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const ambiguous = ambiguousNames([root, ...[...fragments.values()].map((one) => one.selectionSet)]);
  if (ambiguous.size === 0) return ambiguous;
  const apart = new Set<string>();
  let visits = 0;
  const visit = (sets: readonly SelectionSetNode[]): void => {
    const fields = new Map<string, Map<string, SelectionSetNode[]>>();
    const spread = new Set<string>();
    const gather = ({ selections }: SelectionSetNode): void => {
      visits += selections.length;
      if (visits > maxVisits) return;
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = responseNameOf(selection);
          const meanings = fields.get(name) ?? new Map<string, SelectionSetNode[]>();
          fields.set(name, meanings);
          const meaning = meaningOf(selection);
          const inner = meanings.get(meaning) ?? [];
          meanings.set(meaning, inner);
          if (selection.selectionSet) inner.push(selection.selectionSet);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          gather(selection.selectionSet);
        } else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = fragments.get(selection.name.value);
          if (fragment) gather(fragment.selectionSet);
        }
      }
    };
    for (const set of sets) gather(set);
    for (const [name, meanings] of fields) {
      if (meanings.size > 1) apart.add(name);
      for (const inner of meanings.values()) if (inner.length > 0 && visits <= maxVisits) visit(inner);
    }
  };
  visit([root]);
  return visits > maxVisits ? ambiguous : apart;
}

function ambiguousNames(sets: readonly SelectionSetNode[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const ambiguous = new Set<string>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = responseNameOf(selection);
        const meaning = meaningOf(selection);
        if ((first.get(name) ?? meaning) !== meaning) ambiguous.add(name);
        first.set(name, meaning);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) look(selection.selectionSet);
    }
  };
  for (const set of sets) look(set);
  return ambiguous;
}

const responseNameOf = ({ alias, name }: FieldNode) => alias?.value ?? name.value;

/** A key of a field's meaning: fields with different keys differ; fields with equal keys may be equal. */
function meaningOf({ name, arguments: given = [] }: FieldNode): string {
  if (given.length === 0) return name.value;
  const texts = given.map(
    (one) => `${one.name.value}:${textOfValue(one.value, (variable) => `$${variable}`)}`,
  );
  return `${name.value}(${texts.sort().join()})`;
}
