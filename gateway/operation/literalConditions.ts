/** Removes selections that literal conditions exclude: `@include(if: false)`, `@skip(if: true)`. */
import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { isCondition } from './possibleTypes.ts';

export interface OperationParts {
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * Returns the operation without selections that a literal condition excludes, and without literal conditions. Spreads
 * of fragments that become empty are removed; the selection set of a field or of the operation may be empty. Returns
 * the same objects if there is no literal condition.
 */
export function withoutExcluded({ operation, fragments }: OperationParts): OperationParts {
  if (![operation, ...fragments.values()].some(hasLiteralConditions)) return { operation, fragments };
  const kept = new Map<string, FragmentDefinitionNode>();
  const done = new Set<string>();
  const keptFragment = (name: string): FragmentDefinitionNode | undefined => {
    const fragment = fragments.get(name);
    if (fragment && !done.has(name)) {
      done.add(name);
      const selectionSet = keptSet(fragment.selectionSet);
      if (selectionSet.selections.length > 0) kept.set(name, { ...fragment, selectionSet });
    }
    return kept.get(name);
  };
  const keptSet = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode[] => {
      const { directives = [] } = selection;
      if (directives.some((directive) => literalOf(directive) === false)) return [];
      const one = { ...selection, directives: directives.filter((each) => literalOf(each) === undefined) };
      if (one.kind === Kind.FRAGMENT_SPREAD) return keptFragment(one.name.value) ? [one] : [];
      if (!one.selectionSet) return [one];
      const selectionSet = keptSet(one.selectionSet);
      const isNone = one.kind === Kind.INLINE_FRAGMENT && selectionSet.selections.length === 0;
      return isNone ? [] : [{ ...one, selectionSet } as SelectionNode];
    }),
  });
  return { operation: { ...operation, selectionSet: keptSet(operation.selectionSet) }, fragments: kept };
}

function hasLiteralConditions(node: OperationDefinitionNode | FragmentDefinitionNode): boolean {
  let has = false;
  visit(node.selectionSet, {
    Directive: (directive) => {
      has ||= literalOf(directive) !== undefined;
    },
  });
  return has;
}

/** Whether a literal condition includes its selection; undefined for other directives. */
function literalOf(directive: DirectiveNode): boolean | undefined {
  if (!isCondition(directive)) return undefined;
  const value = directive.arguments?.find(({ name }) => name.value === 'if')?.value;
  return value?.kind === Kind.BOOLEAN ? value.value === (directive.name.value === 'include') : undefined;
}
