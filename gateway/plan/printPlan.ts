/** Prints query plans. */
import type { QueryPlan } from '@apollo/query-planner';

/** The plan in the format of Apollo's tools; "{}" for a plan without fetches. */
export async function printPlan(plan: QueryPlan): Promise<string> {
  // Loaded on demand: the main thread does without the planner's memory and startup time.
  const { prettyFormatQueryPlan } = await import('@apollo/query-planner');
  return prettyFormatQueryPlan(plan);
}
