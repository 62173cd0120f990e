/** The short way for operations that have come before: to the graph and back without parsing or looking at them again. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { type ExecutorOptions, errorOf } from '../execute/executor.ts';
import { type Asked, boundVariables, type Journey, type JourneyContext } from '../journey.ts';
import type { Settings } from '../settings.ts';
import { answerErrors } from './answer.ts';
import { writeAnswer } from './write.ts';

export interface Direct {
  /** Resolves to the text of the answer, its headers set; to undefined when the request has to go the whole way. */
  answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    context: JourneyContext,
  ) => Promise<string | undefined> | undefined;
  /** Looks at an answer that Apollo Server is about to send: which media type does a caller get by this Accept header? */
  learn: (request: FastifyRequest, reply: FastifyReply) => void;
}

export interface DirectOptions extends Pick<ExecutorOptions, 'graphs' | 'askedBy'> {
  journey: Journey;
  settings: Settings;
  log: Logger;
}

/** Accept headers whose media type is kept: clients have a few. */
const maxAccepts = 100;

/**
 * Only what needs no choosing goes this way: a query by POST whose text is known, alone in its body, with an Accept header
 * that was answered before. All else, and all that is wrong with a request, is left to Apollo Server.
 */
export function createDirect({ graphs, askedBy, journey, settings, log }: DirectOptions): Direct {
  const formatError = answerErrors(settings, log);
  const mediaTypes = new LRUCache<string, string>({ max: maxAccepts });

  async function run(asked: Known, mediaType: string, reply: FastifyReply): Promise<string | undefined> {
    const { contextValue, document, request, schema } = asked;
    const { operationName, variables } = request;
    const question = { document, operationName, variables, ...askedBy(contextValue) };
    const { text, errors } = await graphs.answer(schema, question);
    // Nothing was asked of any subgraph: the whole way tells why.
    if (text === undefined) return undefined;
    reply.header('content-type', mediaType);
    if (errors.length === 0) return `{"data":${text}}\n`;
    const told: GraphQLError[] = errors.map(errorOf);
    journey.fail({ errors: told, contextValue });
    return writeAnswer(
      text,
      told.map((error) => formatError(error.toJSON(), error)),
    );
  }

  function answer(request: FastifyRequest, reply: FastifyReply, contextValue: JourneyContext) {
    const mediaType = mediaTypes.get(request.headers.accept ?? '');
    const sent = mediaType === undefined ? undefined : readSent(request);
    if (mediaType === undefined || !sent) return undefined;
    const { query, variables, operationName } = sent;
    const known = journey.known.find(graphs.now().apiSchema, query, operationName ?? '');
    if (!known) return undefined;
    const { document, operation, schema } = known;
    const name = operation.name?.value ?? null;
    const asked: Known = {
      ...{ document, operation, schema, contextValue, operationName: name },
      request: { ...(operationName !== undefined && { operationName }), ...(variables && { variables }) },
    };
    try {
      boundVariables(variables, settings);
      journey.check(asked);
    } catch {
      return undefined;
    }
    return run(asked, mediaType, reply).catch(() => undefined);
  }

  function learn({ method, headers }: FastifyRequest, reply: FastifyReply): void {
    const mediaType = reply.getHeader('content-type');
    const { accept = '' } = headers;
    if (
      method === 'POST' &&
      reply.statusCode === 200 &&
      accept.length <= 500 &&
      /json/.test(String(mediaType))
    )
      mediaTypes.set(accept, String(mediaType));
  }

  return { answer, learn };
}

type Known = Asked & Required<Pick<Asked, 'document'>>;

interface Sent {
  query: string;
  variables: Record<string, unknown> | undefined;
  operationName: string | undefined;
}

function readSent({ method, headers, body }: FastifyRequest): Sent | undefined {
  if (method !== 'POST' || typeof body !== 'object' || body === null) return undefined;
  if ('apollo-query-plan-experimental' in headers) return undefined;
  const { query, variables, operationName, extensions } = body as Record<string, unknown>;
  if (typeof query !== 'string' || isGiven(extensions)) return undefined;
  if (isGiven(operationName) && typeof operationName !== 'string') return undefined;
  if (isGiven(variables) && (typeof variables !== 'object' || Array.isArray(variables))) return undefined;
  return {
    query,
    variables: (variables ?? undefined) as Sent['variables'],
    operationName: operationName ?? undefined,
  };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;
