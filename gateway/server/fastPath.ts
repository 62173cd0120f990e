/** The fast path: executes operations that have been parsed and validated before, without Apollo Server. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type GraphQLSchema, Kind, parse, validate } from 'graphql';
import type { Logger } from 'pino';
import type { Graphs } from '../execute/graphLease.ts';
import { boundVariables } from '../operation/boundOperation.ts';
import type { KnownOperation } from '../operation/knownOperations.ts';
import type { Stored } from '../operation/storedOperations.ts';
import type { OperationRequest, Pipeline } from '../operationSteps.ts';
import type { RequestContext } from '../requestContext.ts';
import type { Settings } from '../settings.ts';
import { isStream } from '../wire/results.ts';
import { keepPublicly } from './cacheControl.ts';
import { costHeader } from './costExtension.ts';
import { answerErrors } from './formatErrors.ts';
import { statusOfPart } from './httpStatus.ts';
import { writeAnswer } from './printResult.ts';
import { readSent, type Sent } from './requestParams.ts';

export interface FastPath {
  /**
   * Resolves to the response body, and sets its headers; returns or resolves to undefined when Apollo Server has to answer the
   * request.
   */
  answer: (
    request: FastifyRequest,
    reply: FastifyReply,
    context: RequestContext,
  ) => Promise<string | undefined> | undefined;
}

export interface FastPathOptions {
  graphs: Graphs;
  pipeline: Pipeline;
  stored: Stored;
  settings: Settings;
  log: Logger;
}

/**
 * The fast path executes queries by POST whose text is cached, and stored operations by id, by POST or GET. They are safe to
 * request from any page and need no CSRF check. All other requests, and all invalid ones, go to Apollo Server.
 */
export function createFastPath({ graphs, pipeline, stored, settings, log }: FastPathOptions): FastPath {
  const formatError = answerErrors(settings, log);
  // With header propagation rules, responses may differ from caller to caller.
  const isSameForAll = settings.headerRules.length === 0;

  /** Parses, validates and caches a stored query on its first request. */
  function parseStored(schema: GraphQLSchema, { query, operationName }: Sent): KnownOperation | undefined {
    const document = parse(query);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    const isSelected = operationName === undefined || operationName === operation?.name?.value;
    if (operation?.operation !== 'query' || !isSelected || validate(schema, document).length > 0)
      return undefined;
    const parsed = { document, operation, schema };
    pipeline.known.add(query, operationName ?? '', parsed);
    return parsed;
  }

  async function run(
    operation: OperationRequest,
    mediaType: string,
    reply: FastifyReply,
  ): Promise<string | undefined> {
    const results = await pipeline.execute(operation);
    // Apollo Server answers with the error of an operation that was not executed.
    if (isStream(results) || results.text === undefined) return undefined;
    const { text, errors, meta } = results;
    reply.header('content-type', mediaType);
    if (errors.length === 0) {
      const body = `{"data":${text}}\n`;
      if (reply.request.method !== 'GET' || !isSameForAll || meta.dependsOn.reader) return body;
      if (!keepPublicly(reply.request, reply, body)) return body;
      reply.code(304);
      return '';
    }
    reply.code(statusOfPart(settings.statusTable, mediaType));
    return writeAnswer(
      text,
      errors.map((error) => formatError(error.toJSON(), error)),
    );
  }

  function answer(request: FastifyRequest, reply: FastifyReply, context: RequestContext) {
    const { answerType: mediaType } = request;
    const params = mediaType === undefined ? undefined : readSent(request, stored);
    if (mediaType === undefined || !params || wantsExtensions(request)) return undefined;
    const { query, variables, operationName, isStored } = params;
    const apiSchema = graphs.now().apiSchema;
    const parsed =
      pipeline.known.find(apiSchema, query, operationName ?? '') ??
      (isStored ? parseStored(apiSchema, params) : undefined);
    if (!parsed) return undefined;
    const { document, operation, schema } = parsed;
    try {
      boundVariables(variables, settings);
    } catch {
      return undefined;
    }
    return run(
      { schema, document, operation, operationName, variables, context, isStored, mayContinue: true },
      mediaType,
      reply,
    ).catch(() => undefined);
  }

  return { answer };
}

/** Whether a header asks for an extension that Apollo Server adds: the cost, or the query plan. */
const wantsExtensions = ({ headers }: FastifyRequest): boolean =>
  costHeader in headers || 'apollo-query-plan-experimental' in headers;
