/** Query plans in words. */
import type { QueryPlan } from '@apollo/query-planner';

/** The plan as Apollo's tools print it; "{}" where nothing is fetched. */
export async function printPlan(plan: QueryPlan): Promise<string> {
  // Loaded only when somebody asks: the planner takes room and time that this thread does without.
  const { prettyFormatQueryPlan } = await import('@apollo/query-planner');
  return prettyFormatQueryPlan(plan);
}
