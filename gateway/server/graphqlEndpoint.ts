/** The door at /graphql: GraphQL over HTTP by GET and POST, and Apollo Sandbox for a browser. */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { callerError, errors } from '../errors.ts';
import type { Executor } from '../execute/apolloExecutor.ts';
import { keepDocuments, keepTexts } from '../operation/documentCache.ts';
import type { Stored } from '../operation/storedOperations.ts';
import { boundOperation, type Pipeline, type RequestContext } from '../pipeline.ts';
import type { Settings } from '../settings.ts';
import { hasLongNumber } from '../wire/losslessJson.ts';
import { graphqlResponse, json, openPreference, preferredOf } from './accept.ts';
import { guardPage } from './explorer/add.ts';
import { operationsText, sandboxPage } from './explorer/page.ts';
import type { Direct } from './fastPath.ts';
import { answerErrors, refuseMethod, sendError } from './formatErrors.ts';
import {
  mediaTypeOfFailure,
  mediaTypesOf,
  type StatusTable,
  statusOfFailure,
  statusOfPart,
} from './httpStatus.ts';
import { writeResult } from './printResult.ts';
import { callerOf } from './requestContext.ts';
import { longVariables, readLongBody, spellOut } from './requestParams.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, where Apollo Server answers. */
    caller: RequestContext | undefined;
    /** The media type of the answer at /graphql; undefined where none is acceptable, and at all other doors. */
    answerType: string | undefined;
  }
}

/** Characters of persisted operation texts (APQ) that are kept: some thousands. */
const keptTextCharacters = 8 * 1024 * 1024;

/** An Apollo Server that runs operations with `executor` and sends nothing to anybody. */
export function createApollo(
  executor: Executor,
  { plugin }: Pipeline,
  stored: Stored,
  settings: Settings,
  log: Logger,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    gateway: executor,
    nodeEnv: settings.isProduction ? 'production' : 'development',
    introspection: settings.allowsIntrospection,
    hideSchemaDetailsFromClientErrors: settings.isProduction,
    includeStacktraceInErrorResponses: false,
    formatError: answerErrors(settings, log),
    parseOptions: { maxTokens: settings.maxTokens },
    maxRecursiveSelections: settings.maxSelections,
    persistedQueries: { cache: keepTexts(keptTextCharacters, (id) => stored.byId(id)?.body) },
    documentStore: keepDocuments(Math.ceil(settings.operationCacheBytes / 6)),
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    stringifyResult: writeResult,
    logger: log,
    plugins: [
      plugin,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** Adds the route. `apollo` must have been started. */
export function addGraphQL(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  direct: Direct,
  stored: Stored,
  settings: Settings,
): void {
  const answerByApollo = fastifyApolloHandler(apollo, {
    // Who has come by the short way is known already, and has paid.
    context: async ({ caller }) => caller as RequestContext,
  });
  app.decorateRequest('caller', undefined);
  app.decorateRequest('answerType', undefined);
  const { statusTable } = settings;
  const mediaTypeFor = openPreference(mediaTypesOf(statusTable));
  const page = settings.servesExplorer ? sandboxPage(operationsText(stored)) : undefined;
  // A scope of its own: only JSON comes in here, whatever other doors take.
  app.register(async (scope) => {
    scope.addHook('onSend', guardPage);
    scope.removeAllContentTypeParsers();
    const readJson = scope.getDefaultJsonParser('error', 'error');
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: settings.maxBodyBytes },
      (request, body, done) => {
        const text = String(body);
        if (!hasLongNumber(text)) readJson(request, text, done);
        // What the usual reader refuses stays refused.
        else readJson(request, text, (error) => done(error, error ? undefined : readLongBody(text)));
      },
    );
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      exposeHeadRoute: false,
      bodyLimit: settings.maxBodyBytes,
      handler: async (request, reply) => {
        // The caller has gone while the body came.
        if (request.raw.socket.destroyed) return reply.hijack();
        reply.header('cache-control', 'no-store');
        const mediaType = mediaTypeFor(request.headers.accept);
        request.answerType = mediaType;
        const context = callerOf(request, reply);
        const text = await direct.answer(request, reply, context);
        if (text !== undefined) return text;
        if (page !== undefined && wantsPage(request))
          return reply.type('text/html; charset=utf-8').send(page);
        if (mediaType === undefined) return sendError(reply, notAcceptable(request));
        request.caller = context;
        context.variables = longVariables(request);
        try {
          const { query, variables } = sentOperation(request);
          boundOperation(query, variables, settings);
        } catch (error) {
          if (!(error instanceof GraphQLError)) throw error;
          const { code } = error.extensions;
          const { status } = errors.OPERATION_TOO_LARGE;
          request.answerType = mediaTypeOfFailure(statusTable, mediaType);
          return sendError(reply, error, statusOfFailure({ table: statusTable, mediaType, status, code }));
        }
        spellOut(request, stored);
        if (isOfOwnSite(request)) request.headers['apollo-require-preflight'] = '1';
        const answer = await answerByApollo.call(scope, request, reply);
        return typeof answer === 'string' ? finish(reply, answer, statusTable, mediaType) : answer;
      },
    });
    scope.route({
      method: ['DELETE', 'HEAD', 'PATCH', 'PUT'],
      url: '/graphql',
      config: { isRefusal: true },
      handler: async ({ method }, reply) => refuseMethod(reply, method, ['GET', 'POST']),
    });
  });
}

/** Gives what Apollo Server answers the status and the media type of the table. */
function finish(reply: FastifyReply, answer: string, table: StatusTable, mediaType: string): string {
  reply.header('content-type', mediaType);
  // Errors come first; an answer that has no data is made of them alone, and is never long.
  if (table === 'apollo' || !answer.startsWith('{"errors":')) return answer;
  const whole = answer.length < 100_000 ? JSON.parse(answer) : { data: null };
  if ('data' in whole && reply.statusCode === 200) {
    reply.code(statusOfPart(table, mediaType));
    return answer;
  }
  const { message, extensions } = whole.errors?.[0] ?? {};
  const code = String(message).includes('(CSRF)') ? undefined : extensions?.code;
  reply
    .code(statusOfFailure({ table, mediaType, status: reply.statusCode, code }))
    .header('content-type', mediaTypeOfFailure(table, mediaType));
  return answer;
}

/** Whether the page is preferred to an answer, as by a browser. */
const wantsPage = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' && preferredOf(headers.accept, [json, graphqlResponse, 'text/html']) === 'text/html';

const notAcceptable = ({ headers: { accept = '' } }: FastifyRequest) =>
  callerError('NOT_ACCEPTABLE', { accept: accept.slice(0, 100) });

/**
 * Whether the headers of Fetch Metadata say that no page of another site sends the request: browsers that send any of them send
 * `Sec-Fetch-Site` too, and no script can set them (https://www.w3.org/TR/fetch-metadata/).
 */
function isOfOwnSite({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site === undefined) return headers['sec-fetch-mode'] !== undefined && headers.origin === undefined;
  return site === 'same-origin' || site === 'none';
}

function sentOperation({ method, query, body }: FastifyRequest): { query?: unknown; variables?: unknown } {
  const sent = method === 'GET' ? query : body;
  return typeof sent === 'object' && sent !== null ? sent : {};
}
