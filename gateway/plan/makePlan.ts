/** Makes query plans, in the thread that calls it, for as long as that takes. */
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
import { askByRequirement } from './interfaceObjects.ts';
import { keepOverridesOfInterfaces } from './interfaceOverrides.ts';
import { keepRequirementsApart } from './requiresArguments.ts';
import { askOnlyWhatIsReady } from './requiresOrder.ts';
import { preferResolvableKeys } from './resolvableKeys.ts';
import { unplannedField } from './unplannedFields.ts';

export interface MakerOptions {
  /** The most ways to one field that are looked at. */
  maxPaths: number;
}

/** What is to be planned: an operation and the labels of progressive `@override`. */
export interface Wanted {
  text: string;
  overrides: readonly (readonly [label: string, holds: boolean])[];
}

/** A plan as JSON, or why there is none. */
export type Made =
  | { plan: string }
  | {
      reason: string;
      isTooHard: boolean;
      /** The maker is gone. */
      isLost?: true;
      /** What of the operation no subgraph can answer, for the caller. */
      unanswerable?: string;
    };

export interface Maker {
  /** What clients see, as SDL. */
  apiSdl: string;
  make: (wanted: Wanted) => Made;
}

/**
 * Plans that are compared with one another for one operation. Where subgraphs look alike there are ever more, all of
 * them about as good: with the planner's own bound of 10,000, 40 fields can take a second to choose for.
 */
const maxEvaluatedPlans = 300;

/** How the planner says that it gave up. */
const tooHard =
  /^(Too many options generated|Number of non-local selections exceeds|Exceeded maximum recursive)/;

/** How the planner says that there is no way to something, and what that is. */
const noWay =
  /^Was not able to (?:find any options for (?<what>.*): This shouldn't|plan .* starting from a single)/s;

/** As much of the planner's query graph as is looked at here. */
interface QueryGraph {
  sources: ReadonlyMap<string, Schema>;
}

/** A maker of plans for the supergraph; throws when the planner cannot read that. */
export function openMaker(sdl: string, { maxPaths }: MakerOptions): Maker {
  const supergraph = Supergraph.build(sdl, {
    // Which of these are run is looked at before (supergraph/features.ts).
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  });
  const api = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    incrementalDelivery: { enableDefer: true },
    // Requests have no named fragments: they are put together from parts, and subgraphs spread them anyway.
    // One name in objects of different types: each has a fetch of its own, with what it requires there.
    typeConditionedFetching: true,
    reuseQueryFragments: false,
    generateQueryFragments: false,
    debug: { pathsLimit: maxPaths, maxEvaluatedPlans },
  });
  preferResolvableKeys(planner);
  keepOverridesOfInterfaces(planner);
  const keptApart = keepRequirementsApart(planner);
  const byRequirement = askByRequirement(planner);
  const finish = (plan: QueryPlan) => byRequirement(keptApart(plan));
  const { federatedQueryGraph: graph } = planner as unknown as { federatedQueryGraph: QueryGraph };
  const hasInterfaceObjects = [...graph.sources.values()].some((schema) =>
    schema.objectTypes().some(isInterfaceObjectType),
  );
  const whenReady = askOnlyWhatIsReady(planner);
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
        const found = noWay.exec(reason);
        const unanswerable = found && nameOf(found.groups?.what ?? 'a field of a mutation');
        return { reason, isTooHard: isTooHard(error), ...(unanswerable && { unanswerable }) };
      }
    },
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** Whether the planner gave up; a stack that is full tells of an operation that is too deep. */
const isTooHard = (error: unknown) => error instanceof RangeError || tooHard.test(reasonOf(error));

/**
 * The plan of an operation in a supergraph with interface objects. The planner loses fields there that are asked of the
 * interface and of a type of it, and has no way to fields under conditions on types: it sees neither.
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

/** A field's name in quotes, without what is selected in it; anything else as it is. */
function nameOf(what: string): string {
  const [, name] = /^(?:\w+: )?(\w+)(?:$|[^\w ]| ?[{(@])/.exec(what) ?? [];
  return name === undefined ? what : `"${name}"`;
}

/** Paths that may have type conditions begin with the root, as an empty name: it is left out. */
function withoutRoot(key: string, value: unknown): unknown {
  if (key !== 'path' || !Array.isArray(value)) return value;
  const [first] = value;
  return first === '' || String(first).startsWith('|') ? value.slice(1) : value;
}
