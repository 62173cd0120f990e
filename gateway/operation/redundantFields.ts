/** Leaves out of a fragment on a type what is asked of all objects around it anyway. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { nameOfType, withoutUnused } from './unauthorizedFields.ts';

/** What is asked of every object at a place, by response name, whatever the variables are. */
type Asked = ReadonlyMap<string, Asked>;

/** A fragment is written once for each set of fields that are asked for around it, up to so many times in all. */
const maxFragments = 200;

const nothing: Asked = new Map();

/**
 * The one operation of `document`, which is valid, without the fields in fragments that stand around the
 * fragment too, without a condition. The answer is the same but for the order of its fields. A planner that meets such
 * a field twice, once for an interface object and once for a type of it, may fetch it for that type only, by the
 * conditions that hold there, or look for ways without end.
 */
export function withoutRepeats(document: DocumentNode): DocumentNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION) operation = node;
  }
  if (!operation) throw new Error('Expected an operation, but got: none.');
  const reducer = new Reducer(fragments);
  const selectionSet = reducer.reduce(operation.selectionSet, nothing) ?? operation.selectionSet;
  const definitions = [{ ...operation, selectionSet }, ...reducer.written.values()];
  return {
    kind: Kind.DOCUMENT,
    definitions: withoutUnused(definitions.filter((one) => one !== undefined)),
  };
}

class Reducer {
  /** By name; undefined for a fragment of which nothing is left. */
  readonly written = new Map<string, FragmentDefinitionNode | undefined>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #names = new Map<string, string>();
  /** Fragments by the hundred may stand in one place. */
  readonly #texts = new WeakMap<Asked, string>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments;
  }

  /**
   * The selections without what is asked `around` them, and fragments within without what is asked `beside` too; undefined
   * where nothing is left. `earlier` are the names that are asked for before them.
   */
  reduce(
    set: SelectionSetNode,
    around: Asked,
    beside: Asked = around,
    earlier = new Set<string>(),
  ): SelectionSetNode | undefined {
    const here = mergedAsked(beside, askedIn(set));
    const selections = set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        if (!selection.directives?.length) earlier.add(shownNameOf(selection));
        return this.#field(selection, around);
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = this.#fragment(selection.name.value, here);
        const type = this.#fragments.get(selection.name.value)?.typeCondition;
        return name === undefined
          ? [typeAsked(type)]
          : [{ ...selection, name: { kind: Kind.NAME, value: name } }];
      }
      const { selectionSet, typeCondition } = selection;
      // What stands in braces alone stands in `here` itself: it would be taken for a repeat of itself.
      const inner = isPlain(selection)
        ? this.reduce(selectionSet, around, here, earlier)
        : this.reduce(selectionSet, here, here, new Set(earlier));
      if (inner) return [{ ...selection, selectionSet: inner }];
      return !typeCondition || areEarlierLeaves(selectionSet, earlier) ? [] : [typeAsked(typeCondition)];
    });
    return selections.length > 0 ? { ...set, selections } : undefined;
  }

  #field(field: FieldNode, around: Asked): SelectionNode[] {
    const there = around.get(shownNameOf(field));
    if (!field.selectionSet) return there ? [] : [field];
    const selectionSet = this.reduce(field.selectionSet, there ?? nothing);
    return selectionSet ? [{ ...field, selectionSet }] : [];
  }

  /** The name of the fragment without what is `asked` around it; undefined where nothing is left. */
  #fragment(name: string, around: Asked): string | undefined {
    const fragment = this.#fragments.get(name);
    if (!fragment) throw new Error(`Expected a fragment of the operation, but got: ${name}.`);
    const isFull = this.#names.size >= maxFragments;
    const relevant = isFull ? nothing : around;
    const key = `${name} ${this.#textOf(relevant)}`;
    const known = this.#names.get(key);
    if (known !== undefined) return this.written.get(known) && known;
    const written = relevant.size === 0 ? name : `${name}_${this.#names.size}`;
    this.#names.set(key, written);
    const selectionSet = this.reduce(fragment.selectionSet, relevant);
    this.written.set(
      written,
      selectionSet && { ...fragment, name: { kind: Kind.NAME, value: written }, selectionSet },
    );
    return selectionSet && written;
  }

  #textOf(asked: Asked): string {
    const text = this.#texts.get(asked) ?? textOf(asked);
    this.#texts.set(asked, text);
    return text;
  }
}

/** Whether an object has the same fields in the same order with the selections and without them. */
function areEarlierLeaves({ selections }: SelectionSetNode, earlier: ReadonlySet<string>): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD) return !selection.selectionSet && earlier.has(shownNameOf(selection));
    return selection.kind === Kind.INLINE_FRAGMENT && areEarlierLeaves(selection.selectionSet, earlier);
  });
}

/** In the place of a fragment that is gone: what its objects have differs from what others have, be it in the order. */
function typeAsked(typeCondition: NamedTypeNode | undefined): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(typeCondition && { typeCondition }),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [nameOfType] },
  };
}

/** What a selection asks for without a condition, of objects of every type. */
function askedIn({ selections }: SelectionSetNode): Asked {
  const asked = new Map<string, Asked>();
  const add = (name: string, inner: Asked) => asked.set(name, mergedAsked(asked.get(name) ?? nothing, inner));
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      if (!selection.directives?.length)
        add(shownNameOf(selection), selection.selectionSet ? askedIn(selection.selectionSet) : nothing);
    } else if (selection.kind === Kind.INLINE_FRAGMENT && isPlain(selection)) {
      for (const [name, inner] of askedIn(selection.selectionSet)) add(name, inner);
    }
  }
  return asked;
}

/** Braces that neither limit the type nor have a condition. */
function isPlain(selection: SelectionNode): boolean {
  return selection.kind === Kind.INLINE_FRAGMENT && !selection.typeCondition && !selection.directives?.length;
}

function mergedAsked(one: Asked, other: Asked): Asked {
  if (other.size === 0) return one;
  if (one.size === 0) return other;
  const merged = new Map(one);
  for (const [name, inner] of other) merged.set(name, mergedAsked(merged.get(name) ?? nothing, inner));
  return merged;
}

function textOf(asked: Asked): string {
  return [...asked]
    .map(([name, inner]) => `${name}${inner.size > 0 ? `{${textOf(inner)}}` : ''}`)
    .sort()
    .join(' ');
}

const shownNameOf = ({ alias, name }: FieldNode) => (alias ?? name).value;
