/** The gateway as a library for Apollo Server: `createGateway` replaces `new ApolloGateway`. */
import type { BaseContext } from '@apollo/server';
import { GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Logger } from 'pino';
import type { PoliciesOf } from './auth/authorize.ts';
import { anonymousReader, type Reader } from './auth/readerClaims.ts';
import { callerError } from './errors.ts';
import { createExecutor, type Executor, ResultText } from './execute/apolloExecutor.ts';
import { restrictBy } from './execute/cachePolicy.ts';
import type { Graphs } from './execute/graphLease.ts';
import { maskingReporter, showingReporter } from './execute/reportErrors.ts';
import { openGraphsOf } from './openGraphs.ts';
import { compileIds } from './operation/idVariables.ts';
import { refuseKind } from './operation/supportedKinds.ts';
import { createLog } from './server/logger.ts';
import { readSettings, type Settings } from './settings.ts';
import { openSupergraph, type SupergraphSource } from './supergraphSource.ts';
import { type Fetch, openFetch } from './wire/fetchTransport.ts';
import { ownHeaders } from './wire/headerRules.ts';
import { type HttpWire, openHttpWire } from './wire/httpCall.ts';
import { checkAnswer } from './wire/parseResponse.ts';
import { mapResults } from './wire/results.ts';
import type { SubgraphCall } from './wire/subgraphCall.ts';

export {
  type SubgraphCall,
  SubgraphFailure,
  type SubgraphRequest,
  type SubgraphResponse,
} from './wire/subgraphCall.ts';
export type { Executor, Fetch, PoliciesOf, Reader, SupergraphSource };
export { anonymousReader };

/** Options of `createGateway`. Limits default to those of the settings with the same names. */
export interface GatewayOptions<Context extends BaseContext = BaseContext>
  extends SupergraphSource,
    Partial<
      Pick<
        Settings,
        | 'maxAnswerBytes'
        | 'maxPlanPaths'
        | 'operationCacheBytes'
        | 'maxResponseBytes'
        | 'planTimeoutMs'
        | 'subgraphTimeoutMs'
        | 'supergraphPollMs'
      >
    > {
  /**
   * Returns a call that replaces HTTP for a subgraph, or undefined. Called once for each subgraph. The gateway changes the data of
   * the response, so a call must copy data that it keeps. `cacheControl` in the response is its Cache-Control header.
   */
  callSubgraph?: (name: string, url: string) => SubgraphCall | undefined;
  /** Returns the headers of subgraph requests; defaults to none. Requests with different headers share nothing. */
  headers?: (request: {
    subgraph: string;
    context: Context;
  }) => Readonly<Record<string, string | number | undefined>>;
  /** Sends HTTP requests in place of the gateway's own connections. */
  fetch?: Fetch;
  /**
   * Returns the reader of a request, for `@authenticated`, `@requiresScopes` and `@policy`. Without this option, a supergraph that
   * uses them is refused. Called only for operations that depend on the reader.
   */
  reader?: (context: Context) => Reader | Promise<Reader>;
  /** Evaluates policies (`@policy`) for a reader; defaults to none satisfied. */
  policies?: PoliciesOf;
  /** Returns a signal that fires when the client disconnects, which cancels the subgraph requests. */
  signal?: (context: Context) => AbortSignal | undefined;
  /** Whether callers see a reference in place of subgraph errors, which are logged; defaults to false. */
  masksErrors?: boolean;
  /** Whether responses include the query plan on request, as Apollo Sandbox sends it; not for production. Defaults to false. */
  showsPlans?: boolean;
  /** Whether subgraphs' Cache-Control headers restrict `overallCachePolicy`, as with ApolloGateway; defaults to true. */
  honorSubgraphCacheControlHeader?: boolean;
  /** Logs supergraph updates and masked errors; defaults to JSON lines on standard error. */
  log?: Log;
}

/** The logger interface, which pino loggers and `console` implement. */
export type Log = Readonly<
  Record<'debug' | 'error' | 'info' | 'warn', (fields: object, message: string) => void>
>;

/**
 * Creates a gateway for `new ApolloServer({ gateway })`. It opens when the server starts, which fails if the supergraph cannot be
 * loaded or run. A later supergraph that cannot be run is logged and the current one stays.
 */
export function createGateway<Context extends BaseContext = BaseContext>(
  options: GatewayOptions<Context> = {},
): Executor {
  const listeners = new Set<Parameters<Executor['onSchemaLoadOrUpdate']>[0]>();
  let opened: Promise<Opened> | undefined;
  let stopped: Promise<void> | undefined;
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    load: async (config) => {
      opened ??= open(options as GatewayOptions);
      const { executor } = await opened;
      executor.onSchemaLoadOrUpdate((schema) => {
        for (const listener of listeners) listener(schema);
      });
      const { executor: run } = await executor.load(config);
      return { executor: run && withPlainData(run) };
    },
    stop: () => {
      stopped ??= opened ? opened.then(({ stop }) => stop()) : Promise.resolve();
      return stopped;
    },
  };
}

interface Opened {
  executor: Executor;
  stop: () => Promise<void>;
}

type Run = NonNullable<Awaited<ReturnType<Executor['load']>>['executor']>;

async function open(options: GatewayOptions): Promise<Opened> {
  const settings: Settings = { ...readSettings({}), ...limitsOf(options) };
  const log = (options.log ?? createLog(settings)) as Logger;
  const readsCaching = options.honorSubgraphCacheControlHeader ?? true;
  const calls = openCalls(options, settings, readsCaching);
  let graphs: Graphs;
  const supergraph = await openSupergraph(options, {
    pollMs: settings.supergraphPollMs,
    callOf: calls.of,
    take: async (sdl) => {
      await graphs.replace(sdl);
      log.info({}, 'supergraph updated');
    },
    onProblem: (reason) => log.error({ reason }, 'supergraph update rejected; keeping the current one'),
  });
  const end = async () => {
    await supergraph.stop();
    await calls.close();
  };
  try {
    const callSubgraph = options.fetch ? calls.of : calls.own;
    const { reader, policies } = options;
    const enforces = reader !== undefined;
    graphs = await openGraphsOf({
      supergraphSdl: supergraph.sdl,
      settings,
      callSubgraph,
      enforces,
      policies,
      readsCaching,
      isForParse: true,
    });
  } catch (error) {
    await end();
    throw error;
  }
  supergraph.start();
  const reporter = options.masksErrors ? maskingReporter(log) : showingReporter(log);
  const readerOf = (context: BaseContext) => options.reader && (() => options.reader?.(context));
  const executor = createExecutor({
    graphs,
    showsPlans: options.showsPlans ?? false,
    readerOf,
    execute: async ({ document, request, schema, context, overallCachePolicy }) => {
      const { operationName, variables } = request;
      const results = await graphs.execute(schema, {
        ...{ document, operationName, variables, reporter },
        headersFor: (subgraph) => ownHeaders(options.headers?.({ subgraph, context }) ?? {}),
        signal: options.signal?.(context),
        reader: readerOf(context),
      });
      return mapResults(results, (result) => {
        if (readsCaching) restrictBy(overallCachePolicy, result.meta.calls);
        return result;
      });
    },
  });
  return {
    executor,
    stop: async () => {
      await end();
      await executor.stop();
    },
  };
}

/** The options that are limits, without undefined values. */
function limitsOf(options: GatewayOptions): Partial<Settings> {
  const { maxAnswerBytes, maxPlanPaths, maxResponseBytes, operationCacheBytes } = options;
  const { planTimeoutMs, subgraphTimeoutMs, supergraphPollMs } = options;
  const limits = {
    ...{ maxAnswerBytes, maxPlanPaths, maxResponseBytes, operationCacheBytes },
    ...{ planTimeoutMs, subgraphTimeoutMs, supergraphPollMs },
  };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

/** The subgraph calls outside of graphs: for the health checks of supergraph composers, and by the `fetch` and `callSubgraph` options. */
function openCalls(
  { callSubgraph, fetch }: GatewayOptions,
  { maxAnswerBytes }: Settings,
  readsCaching: boolean,
) {
  const wires: HttpWire[] = [];
  const changes = { count: 0 };
  const ownCall = (name: string, url: string): SubgraphCall | undefined => {
    const call = callSubgraph?.(name, url);
    if (!call) return undefined;
    return async (request, end) =>
      mapResults(await call(request, end), (response) => ({
        ...checkAnswer(response),
        cacheControl: response.cacheControl,
      }));
  };
  return {
    own: ownCall,
    of: (name: string, url: string): SubgraphCall => {
      const own = ownCall(name, url);
      if (own) return own;
      // Calls by the `fetch` option have no connections to close.
      if (fetch)
        return openHttpWire({ name, url, maxAnswerBytes, changes, open: (pool) => openFetch(fetch, pool) })
          .call;
      const wire = openHttpWire({ name, url, maxAnswerBytes, changes, readsCaching });
      wires.push(wire);
      return wire.call;
    },
    close: async () => void (await Promise.all(wires.splice(0).map((wire) => wire.close()))),
  };
}

/** Wraps an executor so that results have objects as data, which Apollo Server and its plugins read, instead of JSON text. */
function withPlainData(run: Run): Run {
  return async (request) => {
    const { operation, schema } = request;
    const { operationName, variables } = request.request;
    // Apollo Server leaves the check for a missing operation to the executor.
    if (!operation) throw callerError('OPERATION_RESOLUTION_FAILURE', { got: operationName ?? 'no name' });
    refuseKind(operation, schema);
    refuseRoundedIds(schema, operation, variables ?? {});
    const { data, ...rest } = await run(request);
    if (data === undefined) return rest;
    return { data: data instanceof ResultText ? (data.toJSON() as typeof data) : data, ...rest };
  };
}

/** Rejects IDs that are integers beyond 2^53: JSON.parse may have rounded them to the ID of another object. */
function refuseRoundedIds(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): void {
  const { variableDefinitions = [] } = operation;
  if (variableDefinitions.length === 0) return;
  compileIds(schema, operation, (id) => {
    if (typeof id === 'number' && Number.isInteger(id) && !Number.isSafeInteger(id))
      throw new GraphQLError(
        `Expected an ID beyond 2^53 to be sent as a string, but got: the number ${id}, which may have been rounded.`,
        { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
      );
    return id;
  })(variables);
}
