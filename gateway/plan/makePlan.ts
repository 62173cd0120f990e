/** Makes query plans synchronously, without a time limit. */
import {
  isInterfaceObjectType,
  operationFromDocument,
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  type Schema,
  Supergraph,
} from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import { type DocumentNode, parse } from 'graphql';
import { withoutRepeats } from '../operation/redundantFields.ts';
import { areFewCases, caseVariables, planByCases } from './conditionCases.ts';
import { requirementSplitter } from './interfaceObjects.ts';
import { respectInterfaceOverrides } from './interfaceOverrides.ts';
import { separateRequirements } from './requiresArguments.ts';
import { preventEarlyFetches } from './requiresOrder.ts';
import { preferResolvableKeys } from './resolvableKeys.ts';
import { unplannedField } from './unplannedFields.ts';

export interface MakerOptions {
  /** Maximum paths to one field that the planner examines. */
  maxPaths: number;
}

/** The input of planning: an operation and the labels of progressive `@override`. */
export interface PlanRequest {
  text: string;
  overrides: readonly (readonly [label: string, holds: boolean])[];
}

/** A plan as JSON, or the reason why there is none. */
export type PlanResult =
  | { plan: string }
  | {
      reason: string;
      isTooHard: boolean;
      /** The planner thread has ended. */
      isLost?: true;
      /** The part of the operation that no subgraph can resolve, for the client. */
      unanswerable?: string;
    };

export interface Maker {
  /** The API schema as SDL. */
  apiSdl: string;
  make: (request: PlanRequest) => PlanResult;
}

/**
 * Maximum plans compared for one operation. Where subgraphs overlap, the number of about equally good plans grows
 * fast: with the planner's default of 10,000, 40 fields can take a second.
 */
const maxEvaluatedPlans = 300;

/** Messages with which the planner gives up. */
const tooHard =
  /^(Too many options generated|Number of non-local selections exceeds|Exceeded maximum recursive)/;

/** The planner's message for an unsatisfiable selection, and the selection. */
const noWay =
  /^Was not able to (?:find any options for (?<what>.*): This shouldn't|plan .* starting from a single)/s;

/** The part of the planner's query graph that is used here. */
interface QueryGraph {
  sources: ReadonlyMap<string, Schema>;
}

/** Opens the planner of a supergraph. Throws if the planner cannot read it. */
export function openMaker(sdl: string, { maxPaths }: MakerOptions): Maker {
  const supergraph = Supergraph.build(sdl, {
    // Checked before, in supergraph/features.ts.
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  });
  const api = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    // No named fragments: requests are assembled from parts, and subgraphs expand fragments anyway. Type conditions:
    // one response name in objects of different types gets a fetch per type, each with its own requirements.
    typeConditionedFetching: true,
    reuseQueryFragments: false,
    generateQueryFragments: false,
    debug: { pathsLimit: maxPaths, maxEvaluatedPlans },
  });
  preferResolvableKeys(planner);
  respectInterfaceOverrides(planner);
  const finishRequirements = separateRequirements(planner);
  const splitByRequirement = requirementSplitter(planner);
  const finish = (plan: QueryPlan) => splitByRequirement(finishRequirements(plan));
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const hasInterfaceObjects = [...graph.sources.values()].some((schema) =>
    schema.objectTypes().some(isInterfaceObjectType),
  );
  const whenReady = preventEarlyFetches(planner);
  return {
    apiSdl: printSchema(api),
    make: ({ text, overrides }) => {
      try {
        const document = parse(text, { noLocation: true });
        const overrideConditions = new Map(overrides);
        const planOf = (one: DocumentNode) => {
          const operation = operationFromDocument(api, one, { validate: false });
          return finish(whenReady(() => planner.buildQueryPlan(operation, { overrideConditions })));
        };
        const planned = hasInterfaceObjects ? planApart(document, text.length, planOf) : planOf(document);
        const missing = unplannedField(planned, document);
        if (missing !== undefined)
          return { reason: 'Nobody is asked for it.', isTooHard: false, unanswerable: nameOf(missing) };
        return { plan: JSON.stringify(planned, withoutRoot) };
      } catch (error) {
        const reason = reasonOf(error);
        const match = noWay.exec(reason);
        const unanswerable = match && nameOf(match.groups?.what ?? 'a field of a mutation');
        return { reason, isTooHard: isTooHard(error), ...(unanswerable && { unanswerable }) };
      }
    },
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Whether the planner gave up. A RangeError is a stack overflow, caused by an operation that is too deep. */
const isTooHard = (error: unknown) => error instanceof RangeError || tooHard.test(reasonOf(error));

/**
 * Plans an operation of a supergraph with interface objects. There the planner loses fields that are selected both on
 * the interface and on one of its types, and finds no path to fields with a condition under a type condition. The
 * operation is rewritten so that it has neither.
 */
function planApart(
  document: DocumentNode,
  size: number,
  planOf: (document: DocumentNode) => QueryPlan,
): QueryPlan {
  const variables = caseVariables(document);
  const planned = (one: DocumentNode) => planOf(withoutRepeats(one));
  if (variables.length === 0) return planned(document);
  if (areFewCases(variables.length, size)) return planByCases(document, variables, planned);
  try {
    return planned(document);
  } catch (error) {
    if (isTooHard(error) || !areFewCases(variables.length, size, true)) throw error;
    return planByCases(document, variables, planned);
  }
}

/** The quoted name of a field, without its selections; any other text unchanged. */
function nameOf(what: string): string {
  const [, name] = /^(?:\w+: )?(\w+)(?:$|[^\w ]| ?[{(@])/.exec(what) ?? [];
  return name === undefined ? what : `"${name}"`;
}

/** With type-conditioned fetching, paths start with an empty name for the root, which is removed. */
function withoutRoot(key: string, value: unknown): unknown {
  if (key !== 'path' || !Array.isArray(value)) return value;
  const [first] = value;
  return first === '' || String(first).startsWith('|') ? value.slice(1) : value;
}
