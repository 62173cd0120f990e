/** Which fields an operation asks for at its root, fragments spread out. */
import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Their names, whatever they are called in the answer. Fragments that go in circles end there. */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): Set<string> {
  const fields = new Set<string>();
  const spread = new Set<string>();
  const look = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) fields.add(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) look(selection.selectionSet);
      else if (!spread.has(selection.name.value)) {
        const name = selection.name.value;
        spread.add(name);
        const fragment = document.definitions.find(
          (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name,
        );
        if (fragment?.kind === Kind.FRAGMENT_DEFINITION) look(fragment.selectionSet);
      }
    }
  };
  look(operation.selectionSet);
  return fields;
}
