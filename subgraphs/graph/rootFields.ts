/** The root fields of an operation, with fragments expanded. */
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** The names of the fields, not their aliases. A fragment is expanded once, so cycles end. */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): Set<string> {
  const fields = new Set<string>();
  const spread = new Set<string>();
  const visitSelections = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) visitSelections(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        const name = selection.name.value;
        spread.add(name);
        const fragment = document.definitions.find(
          (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) visitSelections(fragment.selectionSet);
      }
    }
  };
  visitSelections(operation.selectionSet);
  return fields;
}
