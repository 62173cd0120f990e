/** Schedules a query plan: turns it into subgraph calls with dependencies. */
import type { ConditionNode, FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { joinTypes, type Ordered } from './joinFetches.ts';
import { separateRootFetches } from './rootFetches.ts';

/** The call runs only if the variable has this value. */
export interface PlanCondition {
  variable: string;
  is: boolean;
}

/** A fetch of the plan, and the path of its objects in the response. */
export interface Step {
  fetch: FetchNode;
  /**
   * Response names from the root; "@" for the items of a list. A name may have type conditions: "items|[Book,Film]".
   */
  path: readonly string[];
}

/** A request to a subgraph: one fetch of the plan, or several merged ones. */
export interface ScheduledCall {
  subgraph: string;
  kind: 'query' | 'mutation';
  steps: readonly Step[];
  conditions: readonly PlanCondition[];
  /** Indexes of the calls that must end before this one begins. */
  after: readonly number[];
}

/** Merged fetches have one bit each in a 32-bit mask of the fetches to send. */
const maxSteps = 30;

/**
 * Returns the calls of a plan, each after its dependencies. Fetches from one subgraph that can run at the same time
 * are merged; a fetch may also be delayed to join a later call if that adds no wave. Mutations stay sequential.
 * Throws for a subscription and for @defer.
 */
export function schedulePlan({ node }: QueryPlan): readonly ScheduledCall[] {
  if (!node) return [];
  if (node.kind === 'Subscription')
    throw new Error('Expected a query or a mutation, but got: a subscription.');
  const all: PlannedFetch[] = [];
  addNode(all, node, { path: [], after: [], conditions: [] });
  const fetches = separateRootFetches(joinTypes(all), (fetch) => mergeKeyOf(fetch));
  placeInWaves(fetches);
  return callsOf(fetches);
}

interface PlannedFetch extends Step, Ordered {
  conditions: readonly PlanCondition[];
  /** The wave in which the fetch is sent; the first is 0. */
  wave: number;
  /** Fetches of root fields share a request only within one group. */
  group: number;
}

interface Place {
  path: readonly string[];
  after: readonly number[];
  conditions: readonly PlanCondition[];
}

/** Adds the fetches under `node`. Returns the indexes of those that must end before the next node begins. */
function addNode(fetches: PlannedFetch[], node: PlanNode, place: Place): readonly number[] {
  switch (node.kind) {
    case 'Fetch':
      fetches.push({ fetch: node, ...place, wave: 0, group: 0 });
      return [fetches.length - 1];
    case 'Flatten':
      return addNode(fetches, node.node, { ...place, path: node.path.map(String) });
    case 'Sequence': {
      let after = place.after;
      for (const child of node.nodes) after = addNode(fetches, child, { ...place, after });
      return after;
    }
    case 'Parallel':
      return node.nodes.flatMap((child) => addNode(fetches, child, place));
    case 'Condition':
      return addCondition(fetches, node, place);
    case 'Defer':
      throw new Error('Expected a plan without @defer, but got: one that has it.');
  }
}

function addCondition(
  fetches: PlannedFetch[],
  { condition, ifClause, elseClause }: ConditionNode,
  place: Place,
): readonly number[] {
  const under = (child: PlanNode | undefined, is: boolean) =>
    child
      ? addNode(fetches, child, { ...place, conditions: [...place.conditions, { variable: condition, is }] })
      : place.after;
  return [...under(ifClause, true), ...under(elseClause, false)];
}

/**
 * Assigns waves: the earliest possible one, or a later one that already has a call to the subgraph and precedes all
 * dependent fetches. Places the last fetches first, so that others can join them.
 */
function placeInWaves(fetches: PlannedFetch[]): void {
  for (const fetch of fetches)
    fetch.wave = Math.max(-1, ...fetch.after.map((at) => fetches[at]?.wave ?? -1)) + 1;
  const last = Math.max(0, ...fetches.map(({ wave }) => wave));
  const latest = fetches.map(() => last);
  const wavesByKey = new Map<string, Set<number>>();
  const lastFirst = fetches.map((fetch, at) => ({ fetch, at })).sort((a, b) => b.fetch.wave - a.fetch.wave);
  for (const { fetch, at } of lastFirst) {
    const key = mergeKeyOf(fetch);
    if (key !== undefined) {
      const waves = wavesByKey.get(key) ?? new Set();
      fetch.wave = firstOf(waves, fetch.wave, latest[at] ?? last) ?? fetch.wave;
      wavesByKey.set(key, waves.add(fetch.wave));
    }
    for (const before of fetch.after) latest[before] = Math.min(latest[before] ?? last, fetch.wave - 1);
  }
}

function firstOf(waves: ReadonlySet<number>, from: number, to: number): number | undefined {
  for (let wave = from; wave <= to; wave++) if (waves.has(wave)) return wave;
  return undefined;
}

/** Fetches with equal keys can be merged; undefined for a fetch that cannot. */
function mergeKeyOf({ fetch, conditions, group }: PlannedFetch): string | undefined {
  // Context arguments differ between objects, so these requests are built for each response.
  if (fetch.operationKind !== 'query' || fetch.contextRewrites?.length) return undefined;
  return JSON.stringify([fetch.serviceName, conditions.map(({ variable, is }) => [variable, is]), group]);
}

function callsOf(fetches: readonly PlannedFetch[]): readonly ScheduledCall[] {
  const groups = new Map<string, number[]>();
  for (const [at, fetch] of fetches.entries()) {
    const mergeKey = mergeKeyOf(fetch);
    for (let part = 0; ; part++) {
      const key = mergeKey === undefined ? `${at}` : `${fetch.wave} ${part} ${mergeKey}`;
      const group = groups.get(key);
      if (group && group.length >= maxSteps) continue;
      groups.set(key, [...(group ?? []), at]);
      break;
    }
  }
  const callOf = new Map(
    [...groups.values()].flatMap((group, call) => group.map((at) => [at, call] as const)),
  );
  return [...groups.values()].map((group): ScheduledCall => {
    const steps = group.map((at) => fetches[at] as PlannedFetch);
    const { fetch, conditions } = steps[0] as PlannedFetch;
    return {
      subgraph: fetch.serviceName,
      kind: fetch.operationKind === 'mutation' ? 'mutation' : 'query',
      steps: steps.map(({ fetch: one, path }) => ({ fetch: one, path })),
      conditions,
      after: [...new Set(steps.flatMap(({ after }) => after.map((at) => callOf.get(at) as number)))],
    };
  });
}
