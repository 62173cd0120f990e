/** What a request for the short way sends: the text or the id of an operation, by POST, or its id by GET. */
import type { FastifyRequest } from 'fastify';
import { callerError } from '../errors.ts';
import type { Stored } from '../operation/storedOperations.ts';
import { Decimal, hasLongNumber, parseJson, writeJson } from '../wire/losslessJson.ts';

export interface Sent {
  query: string;
  variables: Record<string, unknown> | undefined;
  operationName: string | undefined;
  /** Whether it named a stored operation by its id. */
  isStored: boolean;
}

/**
 * Undefined for what has to go the whole way. Throws OPERATION_NOT_STORED for a `documentId` that nobody knows
 * (https://github.com/graphql/graphql-over-http, Persisted Documents).
 */
export function readSent({ method, headers, body, query }: FastifyRequest, stored: Stored): Sent | undefined {
  if ('apollo-query-plan-experimental' in headers) return undefined;
  const sent = method === 'GET' ? readParameters(query) : method === 'POST' ? body : undefined;
  if (!isObject(sent)) return undefined;
  const { variables, operationName, extensions } = sent;
  if (isGiven(operationName) && typeof operationName !== 'string') return undefined;
  if (isGiven(variables) && !isObject(variables)) return undefined;
  const rest = {
    variables: isGiven(variables) ? variables : undefined,
    operationName: isGiven(operationName) ? (operationName as string) : undefined,
  };
  const id = idIn(sent);
  if (id !== undefined) {
    const operation = stored.byId(id);
    if (operation) {
      const isRead = method === 'POST' || operation.type === 'query';
      return isRead ? { ...rest, query: operation.body, isStored: true } : undefined;
    }
    if (isGiven(sent.documentId)) throw callerError('OPERATION_NOT_STORED', { id: id.slice(0, 100) });
    return undefined;
  }
  if (method === 'GET' || typeof sent.query !== 'string' || isGiven(extensions)) return undefined;
  return { ...rest, query: sent.query, isStored: false };
}

/**
 * Puts the text of a stored operation in the place of its id, for Apollo Server, which knows ids of one kind only; and
 * says for its caller that a stored query is meant, which no page can do harm with.
 */
export function spellOut(request: FastifyRequest, stored: Stored): void {
  const sent = readSent(request, stored);
  if (!sent?.isStored) return;
  const { query, variables, operationName } = sent;
  if (request.method === 'GET') {
    const parameters = new URLSearchParams({ query });
    if (variables) parameters.set('variables', writeJson(variables));
    if (operationName !== undefined) parameters.set('operationName', operationName);
    request.raw.url = `/graphql?${parameters}`;
    // Apollo Server refuses what is there and undefined.
  } else
    request.body = {
      query,
      ...(variables && { variables }),
      ...(operationName !== undefined && { operationName }),
    };
  request.headers['apollo-require-preflight'] = '1';
}

/**
 * The variables of a request by GET that have numbers which JSON.parse would round; undefined where there are none. Apollo Server
 * reads these itself.
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

/** A body that has long numbers. What has to be text or an object stays a plain number where it is one: it is refused. */
export function readLongBody(text: string): unknown {
  const body = parseJson(text);
  if (isObject(body))
    for (const [name, value] of Object.entries(body))
      if (value instanceof Decimal) body[name] = Number(value);
  return body;
}

/** The id by Apollo's extension or as a persisted document; undefined where there is none, or a text beside it. */
function idIn({ query, documentId, extensions }: Record<string, unknown>): string | undefined {
  if (isGiven(query)) return undefined;
  if (typeof documentId === 'string') return documentId.replace(/^sha256:/, '');
  const persisted = isObject(extensions) ? extensions.persistedQuery : undefined;
  if (!isObject(persisted) || persisted.version !== 1) return undefined;
  return typeof persisted.sha256Hash === 'string' ? persisted.sha256Hash : undefined;
}

/** The parameters of a URL, those that are JSON read; undefined where one is not JSON, or is there twice. */
function readParameters(query: unknown): Record<string, unknown> | undefined {
  const parameters = { ...(query as Record<string, unknown>) };
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

const isGiven = (value: unknown) => value !== undefined && value !== null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
