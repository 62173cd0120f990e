/** Response names under which nothing of a plan can meet anything else. */
import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { FieldSetFields } from '../supergraph/fieldSets.ts';
import { textOfValue } from './literalValues.ts';

export interface Naming {
  /** The name in the plan of the field `node`, which is to have the arguments `given` there. */
  nameOf: (node: FieldNode, given: string) => string;
  /** The name of a field that the client has not asked for: it stands for no name. */
  nameOfNothing: () => string;
  /** The names given so far that are not the client's: renamed → the client's. */
  names: ReadonlyMap<string, string>;
}

export interface NamingOptions {
  asked: FieldSetFields;
  /** Names that mean different things at one place, for objects of different types. */
  apart: ReadonlySet<string>;
}

/** What renamed fields begin with: a client's own names of this form are renamed too, so that there are none else. */
const renamedForm = /^_[aq]\d+_/;

/**
 * Gives fields a name of their own where the client's would be mistaken in a plan: for a field that the plan asks for
 * by itself, for a property that every object has, or for another field of the same name. The name in the plan always
 * tells the client's name, so that one plan serves all who mean the same.
 */
export function openNaming({ asked, apart }: NamingOptions): Naming {
  const names = new Map<string, string>();
  const meanings = new Map<string, Map<string, number>>();
  const written = new Map<string, string>();
  const isMistaken = (shown: string, name: string, given: string) =>
    shown === name
      ? asked.withArguments.has(name) || (given !== '' && asked.names.has(name))
      : asked.names.has(shown) || shown.startsWith('__');
  // The same literal can be two variables where no object has both fields: their types differ.
  const isTwofold = (node: FieldNode, shown: string, given: string) => {
    if (given === '') return false;
    const key = `${shown} ${meaningOf(node)}`;
    const first = written.get(key) ?? given;
    written.set(key, first);
    return first !== given;
  };
  return {
    names,
    nameOf: (node, given) => {
      const name = node.name.value;
      const shown = shownNameOf(node);
      const isKept = !isMistaken(shown, name, given) && !renamedForm.test(shown) && !apart.has(shown);
      if (isKept && !isTwofold(node, shown, given)) return shown;
      const known = meanings.get(shown) ?? new Map<string, number>();
      meanings.set(shown, known);
      const meaning = `${name}${given}`;
      const at = known.get(meaning) ?? known.size;
      known.set(meaning, at);
      const renamed = `_a${at}_${shown}`;
      names.set(renamed, shown);
      return renamed;
    },
    nameOfNothing: () => {
      names.set('_a0_', '');
      return '_a0_';
    },
  };
}

/** Fields that are looked at in search of names that mean different things at one place. */
const maxLooks = 20_000;

/**
 * The response names that mean different fields, or different arguments, for objects of different types at one place
 * of the answer (GraphQL section 5.3.2 allows that): a plan joins the answers of subgraphs by name. Where an operation
 * is too entangled to be looked through place by place, all names that mean different things anywhere.
 */
export function namesApart(
  root: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<string> {
  const ambiguous = ambiguousNames([root, ...[...fragments.values()].map((one) => one.selectionSet)]);
  if (ambiguous.size === 0) return ambiguous;
  const apart = new Set<string>();
  let looks = 0;
  const look = (sets: readonly SelectionSetNode[]): void => {
    const fields = new Map<string, Map<string, SelectionSetNode[]>>();
    const spread = new Set<string>();
    const gather = ({ selections }: SelectionSetNode): void => {
      looks += selections.length;
      if (looks > maxLooks) return;
      for (const selection of selections) {
        if (selection.kind === Kind.FIELD) {
          const name = shownNameOf(selection);
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
      for (const inner of meanings.values()) if (inner.length > 0 && looks <= maxLooks) look(inner);
    }
  };
  look([root]);
  return looks > maxLooks ? ambiguous : apart;
}

function ambiguousNames(sets: readonly SelectionSetNode[]): ReadonlySet<string> {
  const first = new Map<string, string>();
  const ambiguous = new Set<string>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = shownNameOf(selection);
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

const shownNameOf = ({ alias, name }: FieldNode) => alias?.value ?? name.value;

/** Fields that differ in this mean different things; those that do not may mean the same. */
function meaningOf({ name, arguments: given = [] }: FieldNode): string {
  if (given.length === 0) return name.value;
  const texts = given.map(
    (one) => `${one.name.value}:${textOfValue(one.value, (variable) => `$${variable}`)}`,
  );
  return `${name.value}(${texts.sort().join()})`;
}
