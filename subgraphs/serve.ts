/** One open subgraph on a port of its own: GraphQL, health, and what else it serves. */
import { ApolloServer, type ApolloServerOptionsWithGateway, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify } from 'fastify';
import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { anonymous } from './entitlement.ts';
import { StartError } from './errors.ts';
import { executorOf } from './execute/run.ts';
import { withoutValues } from './failure.ts';
import type { OpenSubgraph } from './subgraph.ts';

type GatewayInterface = ApolloServerOptionsWithGateway<BaseContext>['gateway'];
type GatewayExecutor = NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>;

interface ServeOptions {
  host: string;
  /** 0 for any that is free. */
  port: number;
  isProduction: boolean;
  log: Logger;
}

export interface SubgraphServer {
  /** "http://127.0.0.1:4001/graphql" */
  url: string;
  stop(): Promise<void>;
}

/** A gateway asks for many entities at once, yet no question of it is larger than this. */
const bodyLimit = 4 * 1024 * 1024;

/** Serves the subgraph until it is stopped. Rejects when the port is taken. */
export async function serveSubgraph(
  subgraph: OpenSubgraph<unknown>,
  { host, port, isProduction, log }: ServeOptions,
): Promise<SubgraphServer> {
  const app = fastify({ bodyLimit, forceCloseConnections: 'idle' });
  const apollo = new ApolloServer<object>({
    // By this seam Apollo Server has somebody else execute what it has parsed and validated.
    gateway: plannedExecution(subgraph),
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: log,
    formatError: (formatted, error) => masked(subgraph.name, formatted, error, log),
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ...(isProduction
        ? []
        : [ApolloServerPluginLandingPageLocalDefault({ embed: { runTelemetry: false } })]),
    ],
  });
  await apollo.start();
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
  const context = async () => subgraph.contextFor({ reader: anonymous });
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

/** Operations are planned once, as when the gateway calls from within the process. */
function plannedExecution({ schema }: OpenSubgraph<unknown>): GatewayInterface {
  const run = executorOf(schema);
  const executor: GatewayExecutor = async ({ document, request, context }) => {
    const { variables, operationName } = request;
    const { data, errors } = await run({ document, variables, operationName, context });
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

/** Codes of errors that tell the caller something; everything else is our own fault and stays in our log. */
const callersFault = new Set([
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
]);

function masked(
  name: string,
  formatted: GraphQLFormattedError,
  error: unknown,
  log: Logger,
): GraphQLFormattedError {
  // A custom scalar's own words about a value come wrapped in an error of validation, whose code says less.
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  if (original instanceof GraphQLError && original.extensions.code === 'BAD_USER_INPUT')
    return { ...formatted, extensions: { code: 'BAD_USER_INPUT' } };
  if (callersFault.has(String(formatted.extensions?.code))) return formatted;
  log.error(
    { err: withoutValues(original ?? error), subgraph: name, path: formatted.path },
    'a field could not be answered',
  );
  const { path, locations } = formatted;
  return {
    message: `The ${name} subgraph could not answer.`,
    ...(path ? { path } : {}),
    ...(locations ? { locations } : {}),
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  };
}
