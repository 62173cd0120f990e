/** Finds root fields that a plan silently omits. */
import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionNode } from 'graphql';
import { isCondition } from '../operation/possibleTypes.ts';
import { operationOf } from './fetchDocument.ts';

/**
 * The name of a root field of `document` that no fetch of `plan` selects; undefined if there is none. The planner
 * omits fields that no subgraph can resolve, such as one whose interface no type implements there. Introspection
 * fields and fields under a condition are not checked.
 */
export function unplannedField({ node }: QueryPlan, document: DocumentNode): string | undefined {
  const fragments = new Map<string, FragmentDefinitionNode>();
  let root: readonly SelectionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) root = definition.selectionSet.selections;
  }
  const planned = new Set<string>();
  if (node) addPlanned(planned, node);
  for (const [responseName, name] of fieldsIn(root, fragments, new Set(), isUnconditional))
    if (!name.startsWith('__') && !planned.has(responseName)) return name;
  return undefined;
}

const isUnconditional = ({ directives }: SelectionNode) => !directives?.some(isCondition);

/** Response names and field names of the `wanted` selections; each fragment is visited once. */
function* fieldsIn(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  seen: Set<string>,
  wanted: (selection: SelectionNode) => boolean = () => true,
): Generator<[responseName: string, name: string]> {
  for (const selection of selections) {
    if (!wanted(selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const { alias, name } = selection;
      yield [(alias ?? name).value, name.value];
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* fieldsIn(selection.selectionSet.selections, fragments, seen, wanted);
    } else if (!seen.has(selection.name.value)) {
      seen.add(selection.name.value);
      const inner = fragments.get(selection.name.value)?.selectionSet.selections ?? [];
      yield* fieldsIn(inner, fragments, seen, wanted);
    }
  }
}

function addPlanned(planned: Set<string>, node: PlanNode | SubscriptionNode): void {
  switch (node.kind) {
    case 'Fetch':
      if (node.requires) return;
      for (const [responseName] of fieldsIn(operationOf(node).selectionSet.selections, new Map(), new Set()))
        planned.add(responseName);
      return;
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) addPlanned(planned, child);
      return;
    case 'Condition':
      for (const child of [node.ifClause, node.elseClause]) if (child) addPlanned(planned, child);
      return;
    case 'Subscription':
      addPlanned(planned, node.primary);
      return;
    case 'Defer':
      // The planner makes none: @defer is not enabled.
      return;
    case 'Flatten':
      // Fetches for nested objects do not select root fields.
      return;
  }
}
