/** Whether what a subgraph sent is an answer in the form of GraphQL. */

import { parseJson, withoutLong } from './losslessJson.ts';
import { type SubgraphError, SubgraphFailure, type SubgraphResponse } from './subgraphCall.ts';

/** The text of an HTTP body as an answer; rejects what is not JSON or not an answer. */
export function parseAnswer(text: string): SubgraphResponse {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw new SubgraphFailure('malformed', `Expected JSON, but got: ${excerpt(text)}`, { cause });
  }
  return checkAnswer(value);
}

/**
 * Takes `value` for an answer when it has the form of one (GraphQL section 7.1): an object with "data", "errors"
 * or both, "data" an object or null, "errors" a list of objects. Throws a SubgraphFailure otherwise.
 */
export function checkAnswer(value: unknown): SubgraphResponse {
  if (!isRecord(value) || !('data' in value || 'errors' in value)) {
    throw new SubgraphFailure('malformed', `Expected "data" or "errors", but got: ${excerpt(value)}`);
  }
  const { data, errors } = value;
  if (data !== undefined && data !== null && !isRecord(data)) {
    throw new SubgraphFailure('malformed', `Expected "data" to be an object, but got: ${excerpt(data)}`);
  }
  if (errors !== undefined && errors !== null && !(Array.isArray(errors) && errors.every(isRecord))) {
    throw new SubgraphFailure('malformed', `Expected "errors" to be a list, but got: ${excerpt(errors)}`);
  }
  const answer: SubgraphResponse = {};
  if (data !== undefined) answer.data = data;
  if (Array.isArray(errors) && errors.length > 0) answer.errors = errors as SubgraphError[];
  return answer;
}

/** The beginning of what came, for the log. */
export function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? value : textOf(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(withoutLong(value)) ?? String(value);
  } catch {
    // Nested too deep.
    return typeof value;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
