/** Measures a parsed operation: depth, aliases and root fields. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { rootFieldsOf } from './textBounds.ts';

export interface Measure {
  /** The maximum nesting of fields; `{ a { b } }` has 2. */
  depth: number;
  aliases: number;
  rootFields: number;
}

/** Measures a valid operation with its fragments expanded. Each fragment is visited once. */
export function measureOf(operation: OperationDefinitionNode, document: DocumentNode): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measures = new Map<string, Omit<Measure, 'rootFields'>>();

  function ofFragment(name: string): Omit<Measure, 'rootFields'> {
    const fragment = fragments.get(name);
    const measured =
      measures.get(name) ?? (fragment ? ofSet(fragment.selectionSet) : { depth: 0, aliases: 0 });
    measures.set(name, measured);
    return measured;
  }

  function ofSet({ selections }: SelectionSetNode): Omit<Measure, 'rootFields'> {
    let depth = 0;
    let aliases = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const inner = ofFragment(selection.name.value);
        depth = Math.max(depth, inner.depth);
        aliases += inner.aliases;
        continue;
      }
      const isField = selection.kind === Kind.FIELD;
      const inner = selection.selectionSet ? ofSet(selection.selectionSet) : { depth: 0, aliases: 0 };
      depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
      aliases += inner.aliases + (isField && selection.alias ? 1 : 0);
    }
    return { depth, aliases };
  }

  return { ...ofSet(operation.selectionSet), rootFields: rootFieldsOf(operation, document) };
}
