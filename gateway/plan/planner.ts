/** Opens the planner of one supergraph, which plans operations in worker threads. */
import type { QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';
import { checkFeatures } from '../supergraph/features.ts';
import { readSupergraph, type SupergraphModel, withApi } from '../supergraph/supergraphModel.ts';
import { type OpenPlannerThread, openPlannerThread } from './plannerThread.ts';
import { type PlannerCounts, PlanQueue } from './planQueue.ts';
import { openRootNames } from './rootNames.ts';

export interface Planner {
  model: SupergraphModel;
  /**
   * Plans the operation in `text`, which is valid against the API schema, with the active labels of progressive
   * `@override`. Rejects with OPERATION_TOO_HARD, OPERATION_UNANSWERABLE or PLANNER_BUSY, or with an unregistered
   * error for an internal failure.
   */
  plan: (text: string, overrides?: ReadonlyMap<string, boolean>) => Promise<QueryPlan>;
  counts: () => PlannerCounts;
  /** Closes the threads; plans in progress are abandoned. */
  close: () => Promise<void>;
}

export interface PlannerOptions {
  /** Time limit of one plan; beyond it the thread is terminated. */
  timeoutMs?: number | undefined;
  /** Maximum paths to one field that the planner examines. */
  maxPaths?: number | undefined;
  /** Whether the gateway enforces authorization directives; otherwise a supergraph that uses them is rejected. */
  enforces?: boolean;
  /** Opens a planner, at most two at a time; a worker thread by default, replaced in tests. */
  open?: OpenPlannerThread;
}

/**
 * Default time limit. A graph of 50 subgraphs and an operation of 2,000 fields takes 400 ms on a new thread; a client
 * waits no longer than this for an error.
 */
export const defaultTimeoutMs = 700;
/**
 * Default path limit. Ten types of an interface with a field in two subgraphs have 1,024 paths to it, and are planned
 * in 80 ms.
 */
export const defaultMaxPaths = 2000;

/** Opens the planner of a supergraph. Rejects if the gateway cannot run it, with a message for its author. */
export async function openPlanner(sdl: string, options: PlannerOptions = {}): Promise<Planner> {
  const document = parse(sdl, { noLocation: true });
  const problem = checkFeatures(document, options);
  if (problem) throw new Error(problem);
  const { open = openPlannerThread, maxPaths = defaultMaxPaths, timeoutMs = defaultTimeoutMs } = options;
  const names = openRootNames(document);
  const planned = names ? names.supergraph(document) : sdl;
  const openOne = () => open(planned, { maxPaths });
  const opening = openOne();
  let model: SupergraphModel;
  try {
    // Runs while the first thread starts.
    const supergraph = readSupergraph(sdl, document);
    const { apiSdl } = await opening;
    model = withApi(supergraph, names ? names.api(apiSdl) : apiSdl);
  } catch (error) {
    await opening.then((thread) => thread.close());
    throw error;
  }
  const queue = new PlanQueue(await opening, openOne, timeoutMs);
  return {
    model,
    plan: async (text, overrides = new Map()) => {
      if (!names) return queue.plan({ text, overrides: [...overrides] });
      return names.plan(await queue.plan({ text: names.operation(text), overrides: [...overrides] }));
    },
    counts: () => queue.counts(),
    close: () => queue.close(),
  };
}
