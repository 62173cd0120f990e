/** The GraphQL request parameters of a request for the fast path: the text or the id of an operation by POST, or its id by GET. */
import type { FastifyRequest } from 'fastify';
import { callerError } from '../errors.ts';
import type { Stored } from '../operation/storedOperations.ts';
import { Decimal, hasLongNumber, parseJson, writeJson } from '../wire/losslessJson.ts';

export interface Sent {
  query: string;
  variables: Record<string, unknown> | undefined;
  operationName: string | undefined;
  /** Whether the request names a stored operation by its id. */
  isStored: boolean;
}

/**
 * Reads the parameters of a request; returns undefined for requests that Apollo Server has to answer. Throws OPERATION_NOT_STORED
 * for an unknown `documentId` (https://github.com/graphql/graphql-over-http, Persisted Documents).
 */
export function readSent(request: FastifyRequest, stored: Stored): Sent | undefined {
  const { method, body } = request;
  const params = method === 'GET' ? readParameters(request) : method === 'POST' ? body : undefined;
  if (!isObject(params)) return undefined;
  const { variables, operationName, extensions } = params;
  if (isPresent(operationName) && typeof operationName !== 'string') return undefined;
  if (isPresent(variables) && !isObject(variables)) return undefined;
  const rest = {
    variables: isPresent(variables) ? variables : undefined,
    operationName: isPresent(operationName) ? (operationName as string) : undefined,
  };
  const id = idIn(params);
  if (id !== undefined) {
    const operation = stored.byId(id);
    if (operation) return { ...rest, query: operation.body, isStored: true };
    if (isPresent(params.documentId)) throw callerError('OPERATION_NOT_STORED', { id: id.slice(0, 100) });
    return undefined;
  }
  if (method === 'GET' || typeof params.query !== 'string' || isPresent(extensions)) return undefined;
  return { ...rest, query: params.query, isStored: false };
}

/**
 * Replaces the id of a stored operation by its text, for Apollo Server, which supports only APQ ids; and sets the header against
 * CSRF, which a stored operation does not need.
 */
export function spellOut(request: FastifyRequest, stored: Stored): void {
  const params = readSent(request, stored);
  if (!params?.isStored) return;
  const { query, variables, operationName } = params;
  if (request.method === 'GET') {
    const parameters = new URLSearchParams({ query });
    if (variables) parameters.set('variables', writeJson(variables));
    if (operationName !== undefined) parameters.set('operationName', operationName);
    request.raw.url = `/graphql?${parameters}`;
    // Apollo Server rejects properties whose value is undefined.
  } else
    request.body = {
      query,
      ...(variables && { variables }),
      ...(operationName !== undefined && { operationName }),
    };
  request.headers['apollo-require-preflight'] = '1';
}

/**
 * The variables of a GET request if they contain numbers that JSON.parse would round, else undefined: Apollo Server parses the
 * variables of GET requests itself, with JSON.parse.
 */
export function longVariables({ method, query }: FastifyRequest): Record<string, unknown> | undefined {
  const text = method === 'GET' ? (query as Record<string, unknown>).variables : undefined;
  if (typeof text !== 'string' || !hasLongNumber(text)) return undefined;
  try {
    const variables = parseJson(text);
    return isObject(variables) ? variables : undefined;
  } catch {
    return undefined;
  }
}

/** Parses a body with long numbers. Numbers at its top level stay plain numbers, which validation of the parameters rejects. */
export function readLongBody(text: string): unknown {
  const body = parseJson(text);
  if (isObject(body))
    for (const [name, value] of Object.entries(body))
      if (value instanceof Decimal) body[name] = Number(value);
  return body;
}

/** The id in Apollo's APQ extension or in `documentId`; undefined if there is none, or if the request has a query text too. */
function idIn({ query, documentId, extensions }: Record<string, unknown>): string | undefined {
  if (isPresent(query)) return undefined;
  if (typeof documentId === 'string') return documentId;
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  if (!isObject(persisted) || persisted.version !== 1) return undefined;
  return typeof persisted.sha256Hash === 'string' ? persisted.sha256Hash : undefined;
}

/**
 * The parameters of a URL, with JSON values parsed; undefined if a value is invalid JSON or a parameter is repeated. The id of a
 * stored operation may be the last segment of the path.
 */
function readParameters({ query, params }: FastifyRequest): Record<string, unknown> | undefined {
  const parameters = { ...(query as Record<string, unknown>) };
  const { documentId } = (params ?? {}) as { documentId?: string };
  if (documentId !== undefined) {
    const twice = ['documentId', 'query'].find((name) => name in parameters);
    if (twice !== undefined) throw callerError('BAD_REQUEST', {}, `${idInPath}, but got: "${twice}" too.`);
    parameters.documentId = documentId;
  }
  if (Object.values(parameters).some((value) => typeof value !== 'string')) return undefined;
  for (const name of ['variables', 'extensions']) {
    const text = parameters[name] as string | undefined;
    if (text === undefined || text === '') {
      delete parameters[name];
      continue;
    }
    try {
      parameters[name] = parseJson(text);
    } catch {
      return undefined;
    }
  }
  return parameters;
}

const idInPath = 'Expected the path alone to name the operation';

const isPresent = (value: unknown) => value !== undefined && value !== null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
