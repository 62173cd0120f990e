/** Marks unauthorized fields in an operation's document, and removes them from the text to plan. */
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';

/** Directive names with two underscores are reserved (GraphQL section 2.1.9), so clients cannot send this one. */
const mark = '__denied';

const directive: DirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: mark } };

/** Returns the field with the mark. */
export function unauthorized(field: FieldNode): FieldNode {
  return { ...field, directives: [...(field.directives ?? []), directive] };
}

/** Returns the field without the mark. Unauthorized fields within it keep theirs. */
export function allowed(field: FieldNode): FieldNode {
  return { ...field, directives: (field.directives ?? []).filter(({ name }) => name.value !== mark) };
}

export function isUnauthorized({ directives }: SelectionNode): boolean {
  return directives?.some(({ name }) => name.value === mark) === true;
}

/** The marked fields of a document. */
export function unauthorizedIn(document: DocumentNode): ReadonlySet<FieldNode> {
  const marked = new Set<FieldNode>();
  visit(document, { Field: (node) => void (isUnauthorized(node) && marked.add(node)) });
  return marked;
}

/**
 * The text of the document's operation without unauthorized fields; undefined if nothing is left. A fragment on a
 * type that `matters` keeps a `__typename` if it becomes empty, so that the response tells which objects are of that
 * type.
 */
export function textOfAllowed(
  document: DocumentNode,
  matters: (type: string) => boolean,
): string | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION) operation = node;
  }
  const left = new Map<string, FragmentDefinitionNode | undefined>();
  const leftOf = (name: string): FragmentDefinitionNode | undefined => {
    if (left.has(name)) return left.get(name);
    const fragment = fragments.get(name);
    const selectionSet = fragment && leftIn(fragment.selectionSet, fragment.typeCondition);
    const kept = selectionSet && { ...fragment, selectionSet };
    left.set(name, kept);
    return kept;
  };
  const leftIn = (set: SelectionSetNode, type?: NamedTypeNode): SelectionSetNode | undefined => {
    const selections = set.selections.flatMap((one): SelectionNode[] => {
      if (isUnauthorized(one)) return [];
      if (one.kind === Kind.FRAGMENT_SPREAD) return leftOf(one.name.value) ? [one] : [];
      if (!one.selectionSet) return [one];
      const selectionSet = leftIn(
        one.selectionSet,
        one.kind === Kind.INLINE_FRAGMENT ? one.typeCondition : undefined,
      );
      return selectionSet ? [{ ...one, selectionSet }] : [];
    });
    if (selections.length === 0 && type && matters(type.name.value))
      return { ...set, selections: [nameOfType] };
    return selections.length > 0 ? { ...set, selections } : undefined;
  };
  const selectionSet = operation && leftIn(operation.selectionSet);
  if (!selectionSet) return undefined;
  const whole = { ...operation, selectionSet } as OperationDefinitionNode;
  const definitions = [whole, ...[...left.values()].filter((one) => one !== undefined)];
  return stripIgnoredCharacters(print({ kind: Kind.DOCUMENT, definitions: withoutUnused(definitions) }));
}

/** Appears in the plan only, and not in the response. */
export const nameOfType: FieldNode = {
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: '_a0_' },
  name: { kind: Kind.NAME, value: '__typename' },
};

/** Removes unused variable definitions. */
export function withoutUnused(
  definitions: readonly (OperationDefinitionNode | FragmentDefinitionNode)[],
): (OperationDefinitionNode | FragmentDefinitionNode)[] {
  const used = new Set<string>();
  for (const definition of definitions)
    visit(definition, {
      VariableDefinition: () => false,
      Variable: ({ name }) => void used.add(name.value),
    });
  return definitions.map((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? {
          ...definition,
          variableDefinitions: (definition.variableDefinitions ?? []).filter(({ variable }) =>
            used.has(variable.name.value),
          ),
        }
      : definition,
  );
}
