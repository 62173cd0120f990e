/** Replaces the fetches of a plan. */
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

/** Replaces each fetch by the result of `split`: one fetch, or several that can run in parallel. */
export function splitFetches<Plan extends QueryPlan>(
  plan: Plan,
  split: (fetch: FetchNode) => readonly FetchNode[],
): Plan {
  const one = (child: PlanNode): PlanNode => {
    const nodes = several(child);
    return nodes.length === 1 ? (nodes[0] as PlanNode) : { kind: 'Parallel', nodes };
  };
  const several = (node: PlanNode): PlanNode[] => {
    switch (node.kind) {
      case 'Fetch':
        return [...split(node)];
      case 'Flatten':
        return several(node.node).map((child) => ({ ...node, node: child }));
      case 'Parallel':
        return [{ ...node, nodes: node.nodes.flatMap(several) }];
      case 'Sequence':
        return [{ ...node, nodes: node.nodes.map(one) }];
      case 'Condition': {
        const { ifClause, elseClause, ...rest } = node;
        return [
          {
            ...rest,
            ...(ifClause && { ifClause: one(ifClause) }),
            ...(elseClause && { elseClause: one(elseClause) }),
          },
        ];
      }
      case 'Defer':
        // The planner makes none: @defer is not enabled.
        return [node];
    }
  };
  const { node } = plan;
  if (!node) return plan;
  if (node.kind === 'Subscription')
    return node.rest ? { ...plan, node: { ...node, rest: one(node.rest) } } : plan;
  return { ...plan, node: one(node) };
}
