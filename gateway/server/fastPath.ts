/** The short way for operations that have come before: to the graph and back without parsing or looking at them again. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import type { Logger } from 'pino';
import { type ExecutorOptions, errorOf } from '../execute/apolloExecutor.ts';
import type { KnownOperation } from '../operation/knownOperations.ts';
import type { Stored } from '../operation/storedOperations.ts';
import { type Asked, boundVariables, costHeader, type Pipeline, type RequestContext } from '../pipeline.ts';
import type { Settings } from '../settings.ts';
import { keepPublicly } from './cacheControl.ts';
import { answerErrors } from './formatErrors.ts';
import { statusOfPart } from './httpStatus.ts';
import { writeAnswer } from './printResult.ts';
import { readSent, type Sent } from './requestParams.ts';

export interface Direct {
  /**
   * Resolves to the text of the answer in the media type of the request, its headers set; to undefined when the request has to go
   * the whole way.
   */
  answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    context: RequestContext,
  ) => Promise<string | undefined> | undefined;
}

export interface DirectOptions extends Pick<ExecutorOptions, 'graphs' | 'executionContextOf'> {
  journey: Pipeline;
  stored: Stored;
  settings: Settings;
  log: Logger;
}

/**
 * Only what needs no choosing goes this way: a query by POST whose text is known, alone in its body; and stored operations by their id, by GET too. These are safe to ask for from anywhere, so
 * that neither a page nor a cache between needs a header for it. All else, and all that is wrong with a request, is left
 * to Apollo Server.
 */
export function createDirect({
  graphs,
  executionContextOf,
  journey,
  stored,
  settings,
  log,
}: DirectOptions): Direct {
  const formatError = answerErrors(settings, log);
  // What a header decides is not the same for everybody.
  const isSameForAll = settings.headerRules.length === 0;

  /** A stored operation is known from its first request on. */
  function learnStored(schema: GraphQLSchema, { query, operationName }: Sent): KnownOperation | undefined {
    const document = parse(query);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const isMeant = operationName === undefined || operationName === operation?.name?.value;
    if (operation?.operation !== 'query' || !isMeant || validate(schema, document).length > 0)
      return undefined;
    const known = { document, operation, schema };
    journey.known.add(query, operationName ?? '', known);
    return known;
  }

  async function run(asked: Known, mediaType: string, reply: FastifyReply): Promise<string | undefined> {
    const { contextValue, document, request, schema } = asked;
    const { operationName, variables } = request;
    const question = { document, operationName, variables, ...executionContextOf(contextValue) };
    const { text, errors, dependsOnReader } = await graphs.answer(schema, question);
    // Nothing was asked of any subgraph: the whole way tells why.
    if (text === undefined) return undefined;
    reply.header('content-type', mediaType);
    if (errors.length === 0) {
      const answer = `{"data":${text}}\n`;
      if (reply.request.method !== 'GET' || !isSameForAll || dependsOnReader) return answer;
      if (!keepPublicly(reply.request, reply, answer)) return answer;
      reply.code(304);
      return '';
    }
    const told: GraphQLError[] = errors.map(errorOf);
    journey.fail({ errors: told, contextValue });
    reply.code(statusOfPart(settings.statusTable, mediaType));
    return writeAnswer(
      text,
      told.map((error) => formatError(error.toJSON(), error)),
    );
  }

  function answer(request: FastifyRequest, reply: FastifyReply, contextValue: RequestContext) {
    const { answerType: mediaType } = request;
    const sent = mediaType === undefined ? undefined : readSent(request, stored);
    // What a developer asks to be told is told the whole way.
    if (mediaType === undefined || !sent || costHeader in request.headers) return undefined;
    const { query, variables, operationName, isStored } = sent;
    const apiSchema = graphs.now().apiSchema;
    const known =
      journey.known.find(apiSchema, query, operationName ?? '') ??
      (isStored ? learnStored(apiSchema, sent) : undefined);
    if (!known) return undefined;
    const { document, operation, schema } = known;
    const name = operation.name?.value ?? null;
    const asked: Known = {
      ...{ document, operation, schema, contextValue, operationName: name, isStored },
      request: { ...(operationName !== undefined && { operationName }), ...(variables && { variables }) },
    };
    try {
      boundVariables(variables, settings);
      const paid = journey.check(asked);
      contextValue.paid = paid;
      const answered = paid ? paid.then(() => run(asked, mediaType, reply)) : run(asked, mediaType, reply);
      return answered.catch(() => undefined);
    } catch {
      return undefined;
    }
  }

  return { answer };
}

type Known = Asked & Required<Pick<Asked, 'document'>>;
