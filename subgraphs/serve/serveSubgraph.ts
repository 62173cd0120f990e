/** Serves one open subgraph on its own port: GraphQL, health checks and its other routes. */

import { ApolloServer, type ApolloServerOptionsWithGateway, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { credentialHeader } from '../../kit/credential.ts';
import { StartError } from '../../kit/startError.ts';
import { storageFull } from '../errors.ts';
import { executorOf } from '../execute/runOperation.ts';
import { Abandoned } from '../store/connectionShare.ts';
import { withoutValues } from '../store/databaseFailure.ts';
import { openGatewayRequirement } from '../trust/requireGateway.ts';
import { type Caller, openCredentials } from '../trust/verifyCredential.ts';
import type { OpenSubgraph } from './subgraph.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type GatewayExecutor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;

interface ServeOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
  isProduction: boolean;
  /** The secrets that verify the gateway's credential; without one, no caller counts as the gateway. */
  gatewaySecrets: readonly string[];
  log: Logger;
}

export interface SubgraphServer {
  /** "http://127.0.0.1:4001/graphql" */
  url: string;
  stop(): Promise<void>;
}

/** The largest request body. A gateway requests many entities at once, and no such request is larger. */
const bodyLimit = 4 * 1024 * 1024;

/** Serves the subgraph until `stop` is called. Rejects if the port is taken. */
export async function serveSubgraph(
  subgraph: OpenSubgraph<unknown>,
  { host, port, isProduction, gatewaySecrets, log }: ServeOptions,
): Promise<SubgraphServer> {
  const app = fastify({ bodyLimit, forceCloseConnections: 'idle' });
  const apollo = new ApolloServer<ServerContext>({
    // The gateway interface lets Apollo Server delegate execution after parsing and validation.
    gateway: plannedExecution(subgraph, !isProduction),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: (formatted, error) => maskError(subgraph.name, formatted, error, log),
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ...(isProduction
        ? [ApolloServerPluginLandingPageDisabled()]
        : [ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })]),
    ],
  });
  await apollo.start();
  app.addHook('onRequest', async (_, reply) => void reply.header('x-content-type-options', 'nosniff'));
  app.get('/health/live', () => ({ status: 'ok' }));
  app.get('/health/ready', async (_, reply) => {
    const isReady = await subgraph.check().then(
      () => true,
      () => false,
    );
    return reply
      .status(isReady ? 200 : 503)
      .send({ status: isReady ? 'ok' : 'the database does not answer' });
  });
  const credentials = openCredentials(gatewaySecrets);
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<ServerContext> => {
    const { headers, method, query, body } = request;
    const params = (method === 'GET' ? query : body) as GraphQLParams | undefined;
    const { query: text, variables, operationName } = params ?? {};
    const caller = credentials({
      credential: headers[credentialHeader],
      query: text,
      variables,
      operationName,
    });
    return {
      caller,
      context: subgraph.contextFor({ reader: caller.reader, signal: disconnectSignal(reply) }),
    };
  };
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: fastifyApolloHandler(apollo, { context }) });
  await subgraph.addRoutes?.(app, log);
  const address = await app.listen({ host, port }).catch(async (error: NodeJS.ErrnoException) => {
    await app.close();
    await apollo.stop();
    if (error.code !== 'EADDRINUSE' && error.code !== 'ERR_SOCKET_BAD_PORT') throw error;
    throw new StartError(
      `Expected port ${port} of ${host} to be free, but ${error.code === 'EADDRINUSE' ? 'another program listens there' : 'there is none'}.`,
    );
  });
  return {
    url: `${address}/graphql`,
    async stop() {
      await app.close();
      await apollo.stop();
    },
  };
}

interface GraphQLParams {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

/** A signal that aborts if the client disconnects before the response is written. */
function disconnectSignal({ raw }: FastifyReply): AbortSignal {
  const disconnected = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) disconnected.abort();
  });
  return disconnected.signal;
}

/** Apollo Server's context: the caller, and the context for resolvers. */
interface ServerContext {
  caller: Caller;
  context: object;
}

/** A gateway interface that runs operations with our executor, compiled once, as for in-process calls. */
function plannedExecution({ schema }: OpenSubgraph<unknown>, isOpen: boolean): GatewayInterface {
  const run = executorOf(schema);
  const requireGateway = openGatewayRequirement({ schema, isOpen });
  const executor: GatewayExecutor = async ({ document, request, context }) => {
    const { variables, operationName } = request;
    const { caller, context: resolverContext } = context as ServerContext;
    const refusal = requireGateway({ document, operationName }, caller);
    if (refusal) return { errors: [refusal] };
    const { data, errors } = await run({ document, variables, operationName, context: resolverContext });
    return { ...(errors && { errors }), ...(data !== undefined && { data }) };
  };
  const listeners = new Set<(supplied: { apiSchema: GraphQLSchema; coreSupergraphSdl: string }) => void>();
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async load() {
      for (const listener of listeners) listener({ apiSchema: schema, coreSupergraphSdl: '' });
      return { executor };
    },
    stop: async () => {},
  };
}

/** Codes of errors that clients may see; all others are masked and logged. */
const visibleCodes = new Set([
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'RATE_LIMITED',
  'STORAGE_FULL',
  'UNAUTHENTICATED',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
]);

function maskError(
  name: string,
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError {
  // The error of a custom scalar is wrapped in a validation error with a less specific code.
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  if (original instanceof GraphQLError && original.extensions.code === 'BAD_USER_INPUT')
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  if (visibleCodes.has(String(formatted.extensions?.code))) return formatted;
  const full = storageFull(original ?? error);
  if (full) return { ...formatted, message: full.message, extensions: full.extensions };
  // The caller has gone, so there is nothing to report.
  if (!(original instanceof Abandoned))
    log.error(
      { err: withoutValues(original ?? error), subgraph: name, path: formatted.path },
      'resolver failed',
    );
  const { path, locations } = formatted;
  return {
    message: `Internal error of the ${name} subgraph.`,
    ...(path ? { path } : {}),
    ...(locations ? { locations } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
