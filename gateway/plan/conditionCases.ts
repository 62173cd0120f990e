/** An operation once for each case of its conditions, so that a plan can be made that has none. */
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

/** A plan whose conditions stand around whole plans: none of its fetches waits for what a condition may leave out. */
export interface CasePlan extends QueryPlan {
  isByCases?: true;
}

/**
 * With each variable there are twice as many cases, each of which takes as long to plan as the operation: beyond these
 * the planner sees the conditions themselves, unless it fails at them.
 */
const maxVariables = 4;
const maxCharacters = 16_000;
const maxVariablesAfterFailure = 6;

/** The variables on which `@skip` and `@include` depend. */
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

/** Whether an operation of `size` characters has so few cases that each is planned, be it where all else has failed. */
export function areFewCases(variables: number, size: number, hasFailed = false): boolean {
  if (hasFailed) return variables > 0 && variables <= maxVariablesAfterFailure;
  return variables <= maxVariables && size * 2 ** variables <= maxCharacters;
}

/**
 * A plan that decides by the values of `variables`, at least one, which of the plans of `planOf` is run: that is given
 * the operation as it is where they have these values.
 */
export function planByCases(
  document: DocumentNode,
  variables: readonly string[],
  planOf: (document: DocumentNode) => QueryPlan,
): CasePlan {
  // Variables that make no difference in a case make the same operation.
  const planned = new Map<string, PlanNode | undefined>();
  const nodeIn = (left: DocumentNode): PlanNode | undefined => {
    const text = print(left);
    // An operation with conditions is no subscription here.
    if (!planned.has(text)) planned.set(text, planOf(left).node as PlanNode | undefined);
    return planned.get(text);
  };
  const nodeOf = (at: number, values: ReadonlyMap<string, boolean>): PlanNode | undefined => {
    const condition = variables[at];
    if (condition === undefined) {
      const left = inCase(document, values);
      return left && nodeIn(left);
    }
    const ifClause = nodeOf(at + 1, new Map([...values, [condition, true]]));
    const elseClause = nodeOf(at + 1, new Map([...values, [condition, false]]));
    // Where the variable decides nothing, there is no condition either.
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

/** The operation where the variables have these values; undefined where nothing is left of it. */
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
