/** Enforces the limits on depth, aliases, root fields and cost of operations, and reports costs to developers. */
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { callerError } from '../errors.ts';
import { measureOf } from '../operation/documentSize.ts';
import { overLimit } from '../operationLimits.ts';
import type { Settings } from '../settings.ts';
import { actualCost } from './actualCost.ts';
import { type Costs, openCosts } from './estimateCost.ts';

export interface CostedOperation {
  /** The schema that the operation was validated against. */
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/**
 * The `extensions.cost` of responses to developers. `estimated` is null when it has no bound, `actual` when there is
 * no data.
 */
export interface CostReport {
  estimated: number | null;
  actual: number | null;
  limit: number;
}

export interface Scales {
  /**
   * Returns the estimated cost, in points. Throws the registered error of the first limit that the operation exceeds.
   */
  weigh: (operation: CostedOperation) => number;
  /** The estimated cost, and the actual cost of the response whose "data" is `data`. */
  report: (operation: CostedOperation, data: unknown) => CostReport;
}

/**
 * Opens cost enforcement. `supergraphOf` maps an API schema to the full supergraph schema, which has the cost
 * directives.
 */
export function openScales(
  supergraphOf: (schema: GraphQLSchema) => GraphQLSchema,
  settings: Settings,
): Scales {
  const costs = new WeakMap<GraphQLSchema, Costs>();
  const costsOf = (schema: GraphQLSchema): Costs => {
    const cached = costs.get(schema) ?? openCosts(supergraphOf(schema), schema, settings);
    costs.set(schema, cached);
    return cached;
  };
  // Depth, aliases and root fields do not depend on variables: an operation is measured once.
  const verdicts = new WeakMap<OperationDefinitionNode, GraphQLError | 'fits'>();
  return {
    weigh({ schema, document, operation, variables }) {
      const verdict = verdicts.get(operation) ?? verdictOn(operation, document, settings) ?? 'fits';
      verdicts.set(operation, verdict);
      if (verdict !== 'fits') throw verdict;
      const cost = costsOf(schema).of(document, operation);
      const problem = settings.requiresSlicing ? cost.problemIn(variables) : undefined;
      if (problem) throw callerError('BAD_USER_INPUT', {}, problem);
      const estimated = cost.estimate(variables);
      if (estimated > settings.maxCost) throw overLimit('maxCost', settings, estimated);
      return estimated;
    },
    report(costed, data) {
      const { weights, of } = costsOf(costed.schema);
      const estimated = of(costed.document, costed.operation).estimate(costed.variables);
      return {
        estimated: Number.isFinite(estimated) ? estimated : null,
        actual: data ? actualCost(weights, { ...costed, data }) : null,
        limit: settings.maxCost,
      };
    },
  };
}

function verdictOn(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  settings: Settings,
): GraphQLError | undefined {
  const { depth, aliases, rootFields } = measureOf(operation, document);
  if (depth > settings.maxDepth) return overLimit('maxDepth', settings, depth);
  if (aliases > settings.maxAliases) return overLimit('maxAliases', settings, aliases);
  if (rootFields > settings.maxRootFields) return overLimit('maxRootFields', settings, rootFields);
  return undefined;
}
