/** Evaluates labels of progressive `@override`, and finds those that affect an operation. */
import { type DocumentNode, visit } from 'graphql';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';

/** Whether a label is active for a request. Called once per label that affects the operation. */
export type HoldsLabel = (label: string) => boolean;

/** Federation, `@override(label:)`: a percentage of requests, with at most eight decimals. */
const share = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

/** Whether a `percent(N)` label is active, by chance; false for other labels. `random` returns a number below 1. */
export function rollLabel(label: string, random: () => number = Math.random): boolean {
  const percent = share.exec(label)?.[1];
  return percent !== undefined && random() * 100 < Number(percent);
}

/**
 * The labels that can change the plan of `document`, sorted: those of its fields, and of fields that the planner may
 * add. Fields are compared by name only, so the list may include too many labels, never too few.
 */
export function labelsOf(
  document: DocumentNode,
  { overrideLabels, fieldSetFields }: Pick<SupergraphModel, 'overrideLabels' | 'fieldSetFields'>,
): readonly string[] {
  if (overrideLabels.size === 0) return [];
  const names = new Set(fieldSetFields.names);
  visit(document, { Field: ({ name }) => void names.add(name.value) });
  return [...overrideLabels]
    .filter(([, fields]) => fields.some((field) => names.has(field)))
    .map(([label]) => label)
    .sort();
}
