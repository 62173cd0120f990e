/** The door at /graphql: GraphQL over HTTP by GET and POST, and Apollo Sandbox for a browser. */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Executor } from '../execute/executor.ts';
import { boundOperation, type Journey, type JourneyContext } from '../journey.ts';
import { keepDocuments, keepTexts } from '../operation/keep.ts';
import type { Stored } from '../operation/stored.ts';
import type { Settings } from '../settings.ts';
import { answerErrors, refuseMethod } from './answer.ts';
import { callerOf } from './caller.ts';
import type { Direct } from './direct.ts';
import { guardPage, landingPage } from './explorer/add.ts';
import { spellOut } from './sent.ts';
import { writeResult } from './write.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, where Apollo Server answers. */
    caller: JourneyContext | undefined;
  }
}

/** Characters of operation texts that are kept: some thousands of stored ones, and their trees in about 50 MB. */
const keptTextCharacters = 8 * 1024 * 1024;
const keptDocumentCharacters = 1024 * 1024;

/** An Apollo Server that runs operations with `executor` and sends nothing to anybody. */
export function createApollo(
  executor: Executor,
  { plugin }: Journey,
  stored: Stored,
  settings: Settings,
  log: Logger,
): ApolloServer<JourneyContext> {
  return new ApolloServer<JourneyContext>({
    gateway: executor,
    nodeEnv: settings.isProduction ? 'production' : 'development',
    introspection: settings.allowsIntrospection,
    hideSchemaDetailsFromClientErrors: settings.isProduction,
    includeStacktraceInErrorResponses: false,
    formatError: answerErrors(settings, log),
    parseOptions: { maxTokens: settings.maxTokens },
    maxRecursiveSelections: settings.maxSelections,
    persistedQueries: { cache: keepTexts(keptTextCharacters, (id) => stored.byId(id)?.body) },
    documentStore: keepDocuments(keptDocumentCharacters),
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    stringifyResult: writeResult,
    logger: log,
    plugins: [
      plugin,
      landingPage(stored),
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
  apollo: ApolloServer<JourneyContext>,
  direct: Direct,
  stored: Stored,
  settings: Settings,
): void {
  const answerByApollo = fastifyApolloHandler(apollo, {
    // Who has come by the short way is known already, and has paid.
    context: async ({ caller }) => caller as JourneyContext,
  });
  app.decorateRequest('caller', undefined);
  // A scope of its own: only JSON comes in here, whatever other doors take.
  app.register(async (scope) => {
    scope.addHook('onSend', guardPage);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: settings.maxBodyBytes },
      scope.getDefaultJsonParser('error', 'error'),
    );
    scope.route({
      method: ['GET', 'POST'],
      url: '/graphql',
      exposeHeadRoute: false,
      bodyLimit: settings.maxBodyBytes,
      handler: async (request, reply) => {
        reply.header('cache-control', 'no-store');
        const { query, variables } = sentOperation(request);
        const context = callerOf(request, reply);
        const text = await direct.answer(request, reply, context);
        if (text !== undefined) return text;
        request.caller = context;
        boundOperation(query, variables, settings);
        spellOut(request, stored);
        const answer = await answerByApollo.call(scope, request, reply);
        direct.learn(request, reply);
        return answer;
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

function sentOperation({ method, query, body }: FastifyRequest): { query?: unknown; variables?: unknown } {
  const sent = method === 'GET' ? query : body;
  return typeof sent === 'object' && sent !== null ? sent : {};
}
