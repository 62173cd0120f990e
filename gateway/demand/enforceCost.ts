/** Weighs the operations of one gateway: refuses what is too large or too dear, and reports to developers what it cost. */
import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { callerError } from '../errors.ts';
import { measureOf } from '../operation/documentSize.ts';
import { overLimit } from '../operationLimits.ts';
import type { Settings } from '../settings.ts';
import { actualCost } from './actualCost.ts';
import { type Costs, openCosts } from './estimateCost.ts';

export interface Asked {
  /** The schema against which the operation is valid. */
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
}

/** What developers are told, in `extensions.cost`; null where there is nothing to count. */
export interface CostReport {
  estimated: number | null;
  actual: number | null;
  limit: number;
}

export interface Scales {
  /** What the operation costs at most. Throws the registered error of the limit that it goes beyond. */
  weigh: (asked: Asked) => number;
  /** What it was to cost at most and what its answer did cost, `data` being plain values. */
  report: (asked: Asked, data: unknown) => CostReport;
}

/** `supergraphOf` gives the whole of what a schema is the public part of. */
export function openScales(
  supergraphOf: (schema: GraphQLSchema) => GraphQLSchema,
  settings: Settings,
): Scales {
  const costs = new WeakMap<GraphQLSchema, Costs>();
  const costsOf = (schema: GraphQLSchema): Costs => {
    const known = costs.get(schema) ?? openCosts(supergraphOf(schema), schema, settings);
    costs.set(schema, known);
    return known;
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
    report(asked, data) {
      const { weights, of } = costsOf(asked.schema);
      const estimated = of(asked.document, asked.operation).estimate(asked.variables);
      return {
        estimated: Number.isFinite(estimated) ? estimated : null,
        actual: data ? actualCost(weights, { ...asked, data }) : null,
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
