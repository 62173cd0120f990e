/** Where in an answer a fetch that failed leaves holes. */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

export type Place = (string | number)[];

/**
 * The paths that the fetch would have filled, in the form in which a subgraph itself would name them: a root
 * field each, or for entities `['_entities', index, field]`. At most `most` of them.
 */
export function placesOf(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>> | undefined,
  most: number,
): Place[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) operation = definition;
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  if (!operation) return [];
  const roots = fieldsOf(operation.selectionSet, undefined, fragments);
  const entities = roots.find((field) => field.name.value === '_entities')?.selectionSet;
  const representations = variables?.representations;
  if (!entities || !Array.isArray(representations))
    return roots.slice(0, most).map((field) => [keyOf(field)]);

  const places: Place[] = [];
  for (const [index, representation] of representations.entries()) {
    const fields = fieldsOf(entities, representation?.__typename, fragments);
    for (const field of fields) {
      if (places.length >= most) return places;
      places.push(['_entities', index, keyOf(field)]);
    }
  }
  return places;
}

/** The fields of a selection for an object of type `typename`, those under inline fragments too. */
function fieldsOf(
  { selections }: SelectionSetNode,
  typename: unknown,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value === '__typename' ? [] : [selection];
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    const condition = fragment?.typeCondition?.name.value;
    if (!fragment || (condition && typename && condition !== typename)) return [];
    return fieldsOf(fragment.selectionSet, typename, fragments);
  });
}

function keyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}
