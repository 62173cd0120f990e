/** Formats errors for callers by the register of errors.ts: those of Apollo Server, of Fastify and of the HTTP steps. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { callerError, codeOf, shortenMessage, statusOfCode, wordingOf } from '../errors.ts';
import { newErrorId } from '../execute/maskErrors.ts';
import { limits } from '../operationLimits.ts';
import { errorIdOf } from '../operationSteps.ts';
import type { Settings } from '../settings.ts';
import { json } from './accept.ts';

/** Apollo Server's `formatError`: the registered wording, or "Internal server error" with a reference for all other errors. */
export function answerErrors(settings: Settings, log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path } = formatted;
    const graphQLError = error instanceof GraphQLError ? error : new GraphQLError(message);
    const where = { ...(locations && { locations }), ...(path && { path }) };
    const code = codeOf(graphQLError);
    if (!code) return { ...internalError(error, log), ...where };
    const { id } = graphQLError.extensions;
    // An error that has its registered code has its wording too; others get the wording of their code.
    const isWorded = graphQLError.extensions.code === code;
    return {
      message: isWorded
        ? shortenMessage(message)
        : wordingOf(code, { limit: limitOf(message, settings) }, message),
      ...where,
      extensions: { code, ...(typeof id === 'string' && { id }) },
    };
  };
}

/** Fastify's error handler: formats errors outside of GraphQL as GraphQL errors, with their HTTP status. */
export function answerFailure(settings: Settings) {
  return (error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply) => {
    const registered = error instanceof GraphQLError ? error : registeredError(error, request, settings);
    if (registered) return sendError(reply, registered);
    const internal = internalError(error, request.log as Logger);
    return reply
      .code(500)
      .headers({
        'x-request-id': request.id,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .type(request.failureType ?? json)
      .send(JSON.stringify({ errors: [internal] }));
  };
}

/** Responds with one registered error as a GraphQL response, which caches must not store. */
export function sendError(
  reply: FastifyReply,
  { message, extensions }: GraphQLError,
  status: number | undefined = undefined,
): FastifyReply {
  const { code } = extensions;
  return reply
    .header('cache-control', 'no-store')
    .code(status ?? statusOfCode(code) ?? 500)
    .header('x-request-id', reply.request.id)
    .header('x-content-type-options', 'nosniff')
    .type(reply.request.failureType ?? json)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

/** Responds with 405 and the allowed methods of the path. */
export function refuseMethod(reply: FastifyReply, method: string, served: readonly string[]): FastifyReply {
  const places = { method, allowed: served.join(' or ') };
  return sendError(reply.header('allow', served.join(', ')), callerError('METHOD_NOT_ALLOWED', places));
}

function registeredError(
  error: FastifyError,
  request: FastifyRequest,
  { maxBodyBytes }: Settings,
): GraphQLError | undefined {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return callerError('REQUEST_TOO_LARGE', { limit: request.routeOptions.bodyLimit ?? maxBodyBytes });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return callerError('UNSUPPORTED_MEDIA_TYPE', { type: request.headers['content-type'] ?? 'none' });
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
      return callerError('BAD_REQUEST', {}, 'Expected the request body to be JSON, but got: another format.');
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return callerError('BAD_REQUEST', {}, 'Expected the request body to be JSON, but got: an empty body.');
    case 'FST_ERR_BAD_URL':
      return callerError(
        'BAD_REQUEST',
        {},
        'Expected a percent-encoded path in UTF-8, but got: another encoding.',
      );
    case 'ERR_INVALID_URL':
      return callerError(
        'BAD_REQUEST',
        {},
        'Expected the Host header to be a host name, but got: another value.',
      );
  }
  if (error.statusCode === undefined || error.statusCode < 400 || error.statusCode >= 500) return undefined;
  return callerError('BAD_REQUEST', {}, error.message);
}

function internalError(error: unknown, log: Logger): GraphQLFormattedError {
  let id = errorIdOf(error);
  if (!id) {
    id = newErrorId();
    log.error({ id, err: error }, 'internal server error');
  }
  return {
    message: wordingOf('INTERNAL_SERVER_ERROR', { id }),
    extensions: { code: 'INTERNAL_SERVER_ERROR', id },
  };
}

function limitOf(message: string, { maxTokens, maxSelections }: Settings): string {
  if (message === 'Validation aborted.') return 'a number of repeated fields that can be compared';
  return message.includes('tokens')
    ? limits.maxTokens.says(maxTokens)
    : limits.maxSelections.says(maxSelections);
}
