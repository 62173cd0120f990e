/** The endpoint /graphql: GraphQL over HTTP by GET and POST, and Apollo Sandbox for a browser. */
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { callerError, errors } from '../errors.ts';
import { boundOperation } from '../operation/boundOperation.ts';
import type { Stored } from '../operation/storedOperations.ts';
import type { RequestContext } from '../requestContext.ts';
import type { Settings } from '../settings.ts';
import { hasLongNumber } from '../wire/losslessJson.ts';
import { graphqlResponse, json, preferredOf } from './accept.ts';
import { contextOf } from './createContext.ts';
import { isNoForgery } from './crossSite.ts';
import { guardPage } from './explorer/add.ts';
import { sandboxPage } from './explorer/page.ts';
import type { openTabs } from './explorer/tabs.ts';
import type { FastPath } from './fastPath.ts';
import { refuseMethod, sendError } from './formatErrors.ts';
import { type StatusTable, statusOfFailure, statusOfPart } from './httpStatus.ts';
import { longVariables, readLongBody, spellOut } from './requestParams.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The context of a request that Apollo Server handles. */
    caller: RequestContext | undefined;
  }
}

export interface EndpointOptions {
  /** Already started. */
  apollo: ApolloServer<RequestContext>;
  fastPath: FastPath;
  stored: Stored;
  settings: Settings;
  /** The first tabs of the explorers. */
  tabsFor: ReturnType<typeof openTabs>;
}

/** A request to /graphql, as the steps pass it on. */
interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  context: RequestContext;
}

type Response = string | FastifyReply;

export interface EndpointStep {
  name: string;
  /** Returns a handler that responds to a request, or returns undefined to continue with the next step. */
  create: (
    options: EndpointOptions,
    scope: FastifyInstance,
  ) => (exchange: Exchange) => Response | undefined | Promise<Response | undefined>;
}

/**
 * The order of the steps at /graphql. The last one passes the request to Apollo Server, which checks CSRF, looks up the text of
 * persisted queries, parses and validates.
 */
export const endpointSteps: readonly EndpointStep[] = [
  {
    name: 'dropDisconnected',
    create:
      () =>
      ({ request, reply }) =>
        request.raw.socket.destroyed ? reply.hijack() : undefined,
  },
  {
    name: 'fastPath',
    create:
      ({ fastPath }) =>
      ({ request, reply, context }) =>
        fastPath.answer(request, reply, context),
  },
  { name: 'explorerPage', create: explorerPage },
  {
    name: 'requireMediaType',
    create:
      () =>
      ({ request, reply }) =>
        request.answerType === undefined ? sendError(reply, notAcceptable(request)) : undefined,
  },
  { name: 'boundOperation', create: boundRequestOperation },
  { name: 'apolloServer', create: answerByApolloServer },
];

/** Serves Apollo Sandbox to browsers that open /graphql. */
function explorerPage({ settings, tabsFor }: EndpointOptions) {
  return async ({ request, reply }: Exchange) => {
    if (!settings.servesExplorer || !wantsPage(request)) return undefined;
    const [first] = await tabsFor(request, reply);
    return reply.type('text/html; charset=utf-8').send(sandboxPage(first));
  };
}

function boundRequestOperation({ settings }: EndpointOptions) {
  const { statusTable } = settings;
  return ({ request, reply, context }: Exchange) => {
    context.variables = longVariables(request);
    try {
      const { query, variables } = operationIn(request);
      boundOperation(query, variables, settings);
      return undefined;
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const { code } = error.extensions;
      const { status } = errors.OPERATION_TOO_LARGE;
      const mediaType = request.answerType as string;
      return sendError(reply, error, statusOfFailure({ table: statusTable, mediaType, status, code }));
    }
  };
}

function answerByApolloServer({ apollo, stored, settings }: EndpointOptions, scope: FastifyInstance) {
  const handle = fastifyApolloHandler(apollo, {
    context: async ({ caller }) => caller as RequestContext,
  });
  return async ({ request, reply, context }: Exchange) => {
    request.caller = context;
    spellOut(request, stored);
    if (isNoForgery(request, settings)) request.headers['apollo-require-preflight'] = '1';
    const response = (await handle.call(scope, request, reply)) as unknown;
    return typeof response === 'string'
      ? finish(reply, response, settings.statusTable)
      : (response as FastifyReply);
  };
}

/** Adds the routes of /graphql with their steps. */
export function addGraphQL(app: FastifyInstance, options: EndpointOptions): void {
  const { settings } = options;
  app.decorateRequest('caller', undefined);
  // A Fastify scope of its own, since /graphql accepts JSON only.
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
        // The default parser still rejects invalid JSON.
        else readJson(request, text, (error) => done(error, error ? undefined : readLongBody(text)));
      },
    );
    const steps = endpointSteps.map(({ create }) => create(options, scope));
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const exchange = { request, reply, context: contextOf(request, reply) };
      for (const step of steps) {
        const result = step(exchange);
        const response = result instanceof Promise ? await result : result;
        if (response !== undefined) return response;
      }
      throw new Error('Expected a step to answer, but got: none.');
    };
    for (const [url, served] of Object.entries(servedMethods)) {
      scope.route({
        ...{ url, handler, method: [...served], exposeHeadRoute: false },
        config: { isGraphQL: true },
        bodyLimit: settings.maxBodyBytes,
      });
      scope.route({
        ...{ url, method: methods.filter((method) => !served.includes(method)) },
        config: { isRefusal: true, isGraphQL: true },
        handler: async ({ method }, reply) => refuseMethod(reply, method, served),
      });
    }
  });
}

const methods = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'] as const;

/** The paths with their methods. A stored query has a URL of its own (GraphQL over HTTP, appendix "Persisted Documents"). */
const servedMethods: Readonly<Record<string, readonly (typeof methods)[number][]>> = {
  '/graphql': ['GET', 'POST'],
  '/graphql/:documentId': ['GET'],
};

/** Sets status and media type of Apollo Server's response by the status table. */
function finish(reply: FastifyReply, body: string, table: StatusTable): string {
  const { answerType: mediaType = json, failureType = json } = reply.request;
  reply.header('content-type', mediaType);
  // Errors come first in the text; a response without data consists of errors only and is short.
  if (table === 'apollo' || !body.startsWith('{"errors":')) return body;
  const response = body.length < 100_000 ? JSON.parse(body) : { data: null };
  if ('data' in response && reply.statusCode === 200) {
    reply.code(statusOfPart(table, mediaType));
    return body;
  }
  const { message, extensions } = response.errors?.[0] ?? {};
  const code = String(message).includes('(CSRF)') ? undefined : extensions?.code;
  reply
    .code(statusOfFailure({ table, mediaType, status: reply.statusCode, code }))
    .header('content-type', failureType);
  return body;
}

/** Whether a request to /graphql itself prefers HTML to a GraphQL response, as a browser does. */
const wantsPage = ({ method, headers, routeOptions }: FastifyRequest): boolean =>
  method === 'GET' &&
  routeOptions.url === '/graphql' &&
  preferredOf(headers.accept, [json, graphqlResponse, 'text/html']) === 'text/html';

const notAcceptable = ({ headers: { accept = '' } }: FastifyRequest) =>
  callerError('NOT_ACCEPTABLE', { accept: accept.slice(0, 100) });

function operationIn({ method, query, body }: FastifyRequest): { query?: unknown; variables?: unknown } {
  const params = method === 'GET' ? query : body;
  return typeof params === 'object' && params !== null ? params : {};
}
