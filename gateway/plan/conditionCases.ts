/** Plans an operation once per combination of its condition variables, so that the plans contain no conditions. */
import type { ConditionNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  type BooleanValueNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  print,
  visit,
} from 'graphql';
import { withoutExcluded } from '../operation/literalConditions.ts';
import { isCondition } from '../operation/possibleTypes.ts';
import { withoutUnused } from '../operation/unauthorizedFields.ts';

/** A plan whose condition nodes enclose whole plans: no fetch depends on a field that a condition may exclude. */
export interface CasePlan extends QueryPlan {
  isByCases?: true;
}

/**
 * Each variable doubles the combinations, and each combination takes as long to plan as the operation. Beyond these
 * limits the planner gets the conditions themselves, unless it fails on them.
 */
const maxVariables = 4;
const maxCharacters = 16_000;
const maxVariablesAfterFailure = 6;

/** The variables in `@skip` and `@include`. */
export function caseVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      const value = isCondition(directive) ? directive.arguments?.[0]?.value : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      return false;
    },
  });
  return [...names];
}

/**
 * Whether to plan an operation of `size` characters per combination; `hasFailed` if the planner has failed on its
 * conditions.
 */
export function areFewCases(variables: number, size: number, hasFailed = false): boolean {
  if (hasFailed) return variables > 0 && variables <= maxVariablesAfterFailure;
  return variables <= maxVariables && size * 2 ** variables <= maxCharacters;
}

/**
 * A plan that selects one of several plans by the values of `variables` (at least one). `planOf` plans the operation
 * with literal conditions for one combination.
 */
export function planByCases(
  document: DocumentNode,
  variables: readonly string[],
  planOf: (document: DocumentNode) => QueryPlan,
): CasePlan {
  // Combinations with the same remaining operation share a plan.
  const planned = new Map<string, PlanNode | undefined>();
  const nodeIn = (remaining: DocumentNode): PlanNode | undefined => {
    const text = print(remaining);
    // An operation with conditions is not a subscription here.
    if (!planned.has(text)) planned.set(text, planOf(remaining).node as PlanNode | undefined);
    return planned.get(text);
  };
  const nodeOf = (at: number, values: ReadonlyMap<string, boolean>): PlanNode | undefined => {
    const condition = variables[at];
    if (condition === undefined) {
      const remaining = inCase(document, values);
      return remaining && nodeIn(remaining);
    }
    const ifClause = nodeOf(at + 1, new Map([...values, [condition, true]]));
    const elseClause = nodeOf(at + 1, new Map([...values, [condition, false]]));
    // If both values lead to the same plan, no condition node is needed.
    if (ifClause === elseClause) return ifClause;
    const node: ConditionNode = {
      kind: 'Condition',
      condition,
      ...(ifClause && { ifClause }),
      ...(elseClause && { elseClause }),
    };
    return node;
  };
  const node = nodeOf(0, new Map());
  return { kind: 'QueryPlan', ...(node && { node }), isByCases: true };
}

/** The operation with these values of the variables; undefined if no selection is left. */
function inCase(document: DocumentNode, values: ReadonlyMap<string, boolean>): DocumentNode | undefined {
  const decided: DocumentNode = visit(document, {
    Directive: (directive) => (isCondition(directive) ? withLiteral(directive, values) : false),
  });
  const fragments = new Map<string, FragmentDefinitionNode>();
  let operation: OperationDefinitionNode | undefined;
  for (const node of decided.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
    if (node.kind === Kind.OPERATION_DEFINITION) operation = node;
  }
  if (!operation) throw new Error('Expected an operation, but got: none.');
  const left = withoutExcluded({ operation, fragments });
  if (left.operation.selectionSet.selections.length === 0) return undefined;
  return { kind: Kind.DOCUMENT, definitions: withoutUnused([left.operation, ...left.fragments.values()]) };
}

function withLiteral(directive: DirectiveNode, values: ReadonlyMap<string, boolean>): DirectiveNode {
  return {
    ...directive,
    arguments: (directive.arguments ?? []).map((argument) => {
      const is = argument.value.kind === Kind.VARIABLE && values.get(argument.value.name.value);
      const value: BooleanValueNode = { kind: Kind.BOOLEAN, value: is === true };
      return argument.value.kind === Kind.VARIABLE ? { ...argument, value } : argument;
    }),
  };
}
