/** Which labels of progressive `@override` hold for a request, and which of them make a difference to an operation. */
import { type DocumentNode, visit } from 'graphql';
import type { SupergraphModel } from '../supergraph/supergraphModel.ts';

/** Whether a label holds for the request at hand: asked once for each label that matters. */
export type HoldsLabel = (label: string) => boolean;

/** Federation, `@override(label:)`: the share of requests, with at most eight places after the point. */
const share = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

/** Holds by chance for `percent(N)`, and not at all for a label that says something else. `random` is below 1. */
export function rollLabel(label: string, random: () => number = Math.random): boolean {
  const percent = share.exec(label)?.[1];
  return percent !== undefined && random() * 100 < Number(percent);
}

/**
 * The labels that can change the plan of `document`, sorted: those of the fields that it asks for, and of those that the
 * planner may ask for of its own accord. Fields count by their names alone, so that there may be a label too many, but
 * none too few.
 */
export function labelsOf(
  document: DocumentNode,
  { overrideLabels, fieldSetFields }: Pick<SupergraphModel, 'overrideLabels' | 'fieldSetFields'>,
): readonly string[] {
  if (overrideLabels.size === 0) return [];
  const asked = new Set(fieldSetFields.names);
  visit(document, { Field: ({ name }) => void asked.add(name.value) });
  return [...overrideLabels]
    .filter(([, fields]) => fields.some((field) => asked.has(field)))
    .map(([label]) => label)
    .sort();
}
