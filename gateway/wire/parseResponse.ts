/** Validates subgraph responses. */

import { parseJson, withoutLong } from './losslessJson.ts';
import { type SubgraphError, SubgraphFailure, type SubgraphResponse } from './subgraphCall.ts';

/** Parses an HTTP body. Throws a SubgraphFailure if it is not JSON or not a GraphQL response. */
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
 * Validates the form of a GraphQL response (GraphQL section 7.1): an object with "data", "errors" or both, "data" an
 * object or null, "errors" a list of objects. Throws a SubgraphFailure if it is invalid.
 */
export function checkAnswer(value: unknown): SubgraphResponse {
  if (!isRecord(value) || !('data' in value || 'errors' in value)) {
    throw new SubgraphFailure('malformed', `Expected "data" or "errors", but got: ${excerpt(value)}`);
  }
  const { data, errors, extensions } = value;
  if (data !== undefined && data !== null && !isRecord(data)) {
    throw new SubgraphFailure('malformed', `Expected "data" to be an object, but got: ${excerpt(data)}`);
  }
  if (errors !== undefined && errors !== null && !(Array.isArray(errors) && errors.every(isRecord))) {
    throw new SubgraphFailure('malformed', `Expected "errors" to be a list, but got: ${excerpt(errors)}`);
  }
  const response: SubgraphResponse = {};
  if (data !== undefined) response.data = data;
  if (Array.isArray(errors) && errors.length > 0) response.errors = errors as SubgraphError[];
  // The executor does not need it: a value that is not an object is left out, not refused.
  if (isRecord(extensions)) response.extensions = extensions;
  return response;
}

/** The beginning of a received value, at most 200 characters, for the log. */
export function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? value : textOf(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function textOf(value: unknown): string {
  try {
    return JSON.stringify(withoutLong(value)) ?? String(value);
  } catch {
    // Nested too deeply.
    return typeof value;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
