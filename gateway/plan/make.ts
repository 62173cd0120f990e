/** Makes query plans, in the thread that calls it, for as long as that takes. */
import {
  operationFromDocument,
  printSchema,
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
} from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { askOnlyWhatIsReady } from './ready.ts';
import { keepRequirementsApart } from './requirements.ts';

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
  | { reason: string; isTooHard: boolean /** The maker is gone. */; isLost?: true };

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
  const keptApart = keepRequirementsApart(planner);
  const whenReady = askOnlyWhatIsReady(planner);
  return {
    apiSdl: printSchema(api),
    make: ({ text, overrides }) => {
      try {
        const operation = operationFromDocument(api, parse(text, { noLocation: true }), { validate: false });
        const planned = whenReady(() =>
          planner.buildQueryPlan(operation, { overrideConditions: new Map(overrides) }),
        );
        return { plan: JSON.stringify(keptApart(planned), withoutRoot) };
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        // A stack that is full tells of an operation that is too deep.
        return { reason, isTooHard: tooHard.test(reason) || error instanceof RangeError };
      }
    },
  };
}

/** Paths that may have type conditions begin with the root, as an empty name: it is left out. */
function withoutRoot(key: string, value: unknown): unknown {
  if (key !== 'path' || !Array.isArray(value)) return value;
  const [first] = value;
  return first === '' || String(first).startsWith('|') ? value.slice(1) : value;
}
