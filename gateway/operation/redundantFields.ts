/** Removes fields from fragments that the enclosing selections select for all objects anyway. */
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

/** The unconditional selections on every object at one place, by response name. */
type SelectedFields = ReadonlyMap<string, SelectedFields>;

/** A fragment is written once per set of enclosing fields, up to this number in total. */
const maxFragments = 200;

const nothing: SelectedFields = new Map();

/**
 * Returns the valid operation of `document` without fields in fragments that are also selected around the fragment
 * without a condition. The response is the same except for the order of fields. A planner that sees such a field
 * twice, for an interface object and for one of its types, may fetch it for that type only, or search paths
 * endlessly.
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
  /** Written fragments by name; undefined for a fragment that became empty. */
  readonly written = new Map<string, FragmentDefinitionNode | undefined>();
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #names = new Map<string, string>();
  /** Cached, since hundreds of fragments may be spread in one place. */
  readonly #texts = new WeakMap<SelectedFields, string>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments;
  }

  /**
   * Returns the selections without the fields in `around`; nested fragments also omit those in `beside`. Undefined if
   * nothing is left. `earlier` are the names selected before.
   */
  reduce(
    set: SelectionSetNode,
    around: SelectedFields,
    beside: SelectedFields = around,
    earlier = new Set<string>(),
  ): SelectionSetNode | undefined {
    const here = mergedFields(beside, fieldsSelectedIn(set));
    const selections = set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) {
        if (!selection.directives?.length) earlier.add(responseNameOf(selection));
        return this.#field(selection, around);
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = this.#fragment(selection.name.value, here);
        const type = this.#fragments.get(selection.name.value)?.typeCondition;
        return name === undefined
          ? [typenameSelection(type)]
          : [{ ...selection, name: { kind: Kind.NAME, value: name } }];
      }
      const { selectionSet, typeCondition } = selection;
      // An unconditional group without a type is part of `here` itself and would be removed as its own repeat.
      const inner = isPlain(selection)
        ? this.reduce(selectionSet, around, here, earlier)
        : this.reduce(selectionSet, here, here, new Set(earlier));
      if (inner) return [{ ...selection, selectionSet: inner }];
      return !typeCondition || areEarlierLeaves(selectionSet, earlier)
        ? []
        : [typenameSelection(typeCondition)];
    });
    return selections.length > 0 ? { ...set, selections } : undefined;
  }

  #field(field: FieldNode, around: SelectedFields): SelectionNode[] {
    const enclosing = around.get(responseNameOf(field));
    if (!field.selectionSet) return enclosing ? [] : [field];
    const selectionSet = this.reduce(field.selectionSet, enclosing ?? nothing);
    return selectionSet ? [{ ...field, selectionSet }] : [];
  }

  /** The name of the fragment reduced by the fields `around` it; undefined if nothing is left. */
  #fragment(name: string, around: SelectedFields): string | undefined {
    const fragment = this.#fragments.get(name);
    if (!fragment) throw new Error(`Expected a fragment of the operation, but got: ${name}.`);
    const isFull = this.#names.size >= maxFragments;
    const relevant = isFull ? nothing : around;
    const key = `${name} ${this.#textOf(relevant)}`;
    const existing = this.#names.get(key);
    if (existing !== undefined) return this.written.get(existing) && existing;
    const written = relevant.size === 0 ? name : `${name}_${this.#names.size}`;
    this.#names.set(key, written);
    const selectionSet = this.reduce(fragment.selectionSet, relevant);
    this.written.set(
      written,
      selectionSet && { ...fragment, name: { kind: Kind.NAME, value: written }, selectionSet },
    );
    return selectionSet && written;
  }

  #textOf(selected: SelectedFields): string {
    const text = this.#texts.get(selected) ?? textOf(selected);
    this.#texts.set(selected, text);
    return text;
  }
}

/** Whether the selections change neither the fields of an object nor their order. */
function areEarlierLeaves({ selections }: SelectionSetNode, earlier: ReadonlySet<string>): boolean {
  return selections.every((selection) => {
    if (selection.kind === Kind.FIELD)
      return !selection.selectionSet && earlier.has(responseNameOf(selection));
    return selection.kind === Kind.INLINE_FRAGMENT && areEarlierLeaves(selection.selectionSet, earlier);
  });
}

/** Replaces an empty fragment, because its type's objects may differ from others in the order of their fields. */
function typenameSelection(typeCondition: NamedTypeNode | undefined): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(typeCondition && { typeCondition }),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [nameOfType] },
  };
}

/** The unconditional selections for objects of every type. */
function fieldsSelectedIn({ selections }: SelectionSetNode): SelectedFields {
  const selected = new Map<string, SelectedFields>();
  const add = (name: string, inner: SelectedFields) =>
    selected.set(name, mergedFields(selected.get(name) ?? nothing, inner));
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      if (!selection.directives?.length)
        add(
          responseNameOf(selection),
          selection.selectionSet ? fieldsSelectedIn(selection.selectionSet) : nothing,
        );
    } else if (selection.kind === Kind.INLINE_FRAGMENT && isPlain(selection)) {
      for (const [name, inner] of fieldsSelectedIn(selection.selectionSet)) add(name, inner);
    }
  }
  return selected;
}

/** Whether a selection is an inline fragment without type condition and directives. */
function isPlain(selection: SelectionNode): boolean {
  return selection.kind === Kind.INLINE_FRAGMENT && !selection.typeCondition && !selection.directives?.length;
}

function mergedFields(one: SelectedFields, other: SelectedFields): SelectedFields {
  if (other.size === 0) return one;
  if (one.size === 0) return other;
  const merged = new Map(one);
  for (const [name, inner] of other) merged.set(name, mergedFields(merged.get(name) ?? nothing, inner));
  return merged;
}

function textOf(selected: SelectedFields): string {
  return [...selected]
    .map(([name, inner]) => `${name}${inner.size > 0 ? `{${textOf(inner)}}` : ''}`)
    .sort()
    .join(' ');
}

const responseNameOf = ({ alias, name }: FieldNode) => (alias ?? name).value;
