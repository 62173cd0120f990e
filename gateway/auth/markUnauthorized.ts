/** Marks the fields of an operation that a reader may not see, so that no subgraph is asked for them. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isInterfaceType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { unauthorized } from '../operation/unauthorizedFields.ts';
import type { Clause } from './authClauses.ts';
import type { Requirements } from './authRequirements.ts';

export interface Filtering {
  /** The API schema; the operation is valid against it. */
  schema: GraphQLSchema;
  requirements: Requirements;
  /** Whether the reader satisfies all the clauses. */
  mayRead: (clauses: readonly Clause[]) => boolean;
}

/**
 * Returns the selected operation and its fragments. Each unauthorized field has the mark of
 * operation/unauthorizedFields.ts, and so have all fields within it. A field is checked on the type it is selected
 * on: a field of an interface requires what every implementing type requires. `__typename` is always authorized.
 */
export function filterOperation(
  document: DocumentNode,
  operationName: string | undefined,
  filtering: Filtering,
): DocumentNode {
  const operation = getOperationAST(document, operationName);
  const root = operation && filtering.schema.getRootType(operation.operation);
  if (!operation || !root) return document;
  const marker = new OperationMarker(document, filtering);
  const selectionSet = marker.markSet(operation.selectionSet, root, false);
  return {
    kind: Kind.DOCUMENT,
    definitions: [{ ...operation, selectionSet }, ...marker.fragments()],
  };
}

/** A fragment's two variants: as written, and within an unauthorized field. */
interface Copies {
  own?: FragmentDefinitionNode;
  unauthorized?: FragmentDefinitionNode;
}

class OperationMarker {
  readonly #filtering: Filtering;
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #copies = new Map<string, Copies>();

  constructor({ definitions }: DocumentNode, filtering: Filtering) {
    this.#filtering = filtering;
    for (const node of definitions)
      if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragments.set(node.name.value, node);
  }

  /** The fragments that are spread in the marked operation. */
  fragments(): FragmentDefinitionNode[] {
    return [...this.#copies.values()].flatMap((copies) => Object.values(copies));
  }

  markSet(set: SelectionSetNode, type: GraphQLNamedType, isWithin: boolean): SelectionSetNode {
    return { ...set, selections: set.selections.map((one) => this.#mark(one, type, isWithin)) };
  }

  #mark(selection: SelectionNode, type: GraphQLNamedType, isWithin: boolean): SelectionNode {
    switch (selection.kind) {
      case Kind.FIELD:
        return this.#markField(selection, type, isWithin);
      case Kind.INLINE_FRAGMENT: {
        const { typeCondition, selectionSet } = selection;
        const inner = typeCondition ? this.#type(typeCondition.name.value) : type;
        return { ...selection, selectionSet: this.markSet(selectionSet, inner, isWithin) };
      }
      case Kind.FRAGMENT_SPREAD: {
        const name = this.#copy(selection.name.value, isWithin);
        return { ...selection, name: { ...selection.name, value: name } };
      }
    }
  }

  #markField(node: FieldNode, type: GraphQLNamedType, isWithin: boolean): FieldNode {
    const { name, selectionSet } = node;
    const field = 'getFields' in type ? type.getFields()[name.value] : undefined;
    // Introspection fields are not fields of the type.
    if (!field) return node;
    const value = getNamedType(field.type);
    const isUnauthorized = isWithin || !this.#mayRead(node, type, value);
    const inner = selectionSet && this.markSet(selectionSet, value, isUnauthorized);
    const marked = inner ? { ...node, selectionSet: inner } : node;
    return isUnauthorized ? unauthorized(marked) : marked;
  }

  #mayRead({ name, selectionSet }: FieldNode, type: GraphQLNamedType, value: GraphQLNamedType): boolean {
    const { requirements, mayRead } = this.#filtering;
    const clauses = requirements.ofField(type.name, name.value);
    const isOfAll = isInterfaceType(value) && selectionSet && readsFields(selectionSet);
    return mayRead(isOfAll ? [...clauses, ...requirements.ofInterface(value.name)] : clauses);
  }

  /** Creates the variant of a fragment that is needed, and returns its name. */
  #copy(name: string, isWithin: boolean): string {
    const fragment = this.#fragments.get(name);
    if (!fragment) throw new Error(`Expected a fragment of the operation, but got: ${name}.`);
    const copies = this.#copies.get(name) ?? {};
    this.#copies.set(name, copies);
    const kind = isWithin ? 'unauthorized' : 'own';
    const existing = copies[kind];
    if (existing) return existing.name.value;
    const value = isWithin ? this.#freeName(name) : name;
    const type = this.#type(fragment.typeCondition.name.value);
    copies[kind] = { ...fragment, name: { ...fragment.name, value } };
    copies[kind] = { ...copies[kind], selectionSet: this.markSet(fragment.selectionSet, type, isWithin) };
    return value;
  }

  #freeName(name: string): string {
    let free = `${name}_`;
    while (this.#fragments.has(free)) free += '_';
    return free;
  }

  #type(name: string): GraphQLNamedType {
    const type = this.#filtering.schema.getType(name);
    if (!type) throw new Error(`Expected a type of the schema, but got: ${name}.`);
    return type;
  }
}

/** Whether the selection has fields of the type itself, besides fragments on other types. */
function readsFields({ selections }: SelectionSetNode): boolean {
  return selections.some((one) => {
    if (one.kind === Kind.FIELD) return one.name.value !== '__typename';
    return one.kind === Kind.INLINE_FRAGMENT && !one.typeCondition && readsFields(one.selectionSet);
  });
}
