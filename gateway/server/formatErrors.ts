/** Puts errors into the words of the register, whichever way they came to the door. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { callerError, codeOf, shortenMessage, statusOfCode, wordingOf } from '../errors.ts';
import { newErrorId } from '../execute/maskErrors.ts';
import { limits } from '../operationLimits.ts';
import { errorIdOf } from '../operationSteps.ts';
import type { Settings } from '../settings.ts';
import { json } from './accept.ts';

/** Apollo Server's `formatError`: the registered wording, or one sentence with a number for what is a fault of ours. */
export function answerErrors(settings: Settings, log: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path } = formatted;
    const graphQLError = error instanceof GraphQLError ? error : new GraphQLError(message);
    const where = { ...(locations && { locations }), ...(path && { path }) };
    const code = codeOf(graphQLError);
    if (!code) return { ...shownFault(error, log), ...where };
    const { id } = graphQLError.extensions;
    // What bears its registered code already has its wording; the rest is put into ours.
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

/** Fastify's error handler: errors outside of GraphQL are answered in the same form, with their status. */
export function answerFailure(settings: Settings) {
  return (error: FastifyError | GraphQLError, request: FastifyRequest, reply: FastifyReply) => {
    const known = error instanceof GraphQLError ? error : knownFailure(error, request, settings);
    if (known) return sendError(reply, known);
    const fault = shownFault(error, request.log as Logger);
    return reply
      .code(500)
      .headers({
        'x-request-id': request.id,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .type(request.answerType ?? json)
      .send(JSON.stringify({ errors: [fault] }));
  };
}

/** Answers with one registered error, in GraphQL's form. What is not there now may be there the next moment: nobody keeps it. */
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
    .type(reply.request.answerType ?? json)
    .send(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}

/** Answers 405, and by which methods the path is served. */
export function refuseMethod(reply: FastifyReply, method: string, served: readonly string[]): FastifyReply {
  const places = { method, allowed: served.join(' or ') };
  return sendError(reply.header('allow', served.join(', ')), callerError('METHOD_NOT_ALLOWED', places));
}

function knownFailure(
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

function shownFault(error: unknown, log: Logger): GraphQLFormattedError {
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
