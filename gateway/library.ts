/** The gateway for whoever has an Apollo Server already: `createGateway` in the place of `new ApolloGateway`. */
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

/** The bounds have the defaults of the settings of the same names. */
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
   * A call in place of the one over HTTP, for the subgraphs that it knows. Asked once for each subgraph. The data that it
   * answers with are changed: what it keeps, it must copy. With `cacheControl` in its answer it tells how long that may be kept.
   */
  callSubgraph?: (name: string, url: string) => SubgraphCall | undefined;
  /** The headers that a subgraph is told; none unless given. Requests that differ in them share nothing. */
  headers?: (asked: {
    subgraph: string;
    context: Context;
  }) => Readonly<Record<string, string | number | undefined>>;
  /** Carries requests over HTTP in place of our own connections. */
  fetch?: Fetch;
  /**
   * Who reads, by their token or session: `@authenticated`, `@requiresScopes` and `@policy` are enforced by it. Without
   * it a supergraph that uses them is refused. Asked only for operations that need to know.
   */
  reader?: (context: Context) => Reader | Promise<Reader>;
  /** Which of these policies (`@policy`) a reader satisfies; none unless given. */
  policies?: PoliciesOf;
  /** Fires when the caller has gone: its calls are ended. */
  signal?: (context: Context) => AbortSignal | undefined;
  /** Callers see a number where a subgraph failed, and the log the reason; otherwise they see what the subgraph said. */
  masksErrors?: boolean;
  /** Whether a caller who asks for the query plan gets it, as Apollo Sandbox does. Not in production. */
  showsPlans?: boolean;
  /** Whether `overallCachePolicy` is restricted by the Cache-Control headers of subgraphs, as by ApolloGateway; so unless given. */
  honorSubgraphCacheControlHeader?: boolean;
  /** Told of supergraphs that were taken or not, and of what is masked; JSON lines to standard error unless given. */
  log?: Log;
}

/** A pino logger is one, and so is the console. */
export type Log = Readonly<
  Record<'debug' | 'error' | 'info' | 'warn', (fields: object, message: string) => void>
>;

/**
 * A gateway for `new ApolloServer({ gateway })`. Nothing is opened before the server starts it; starting fails with a
 * sentence when the supergraph cannot be had or run. One that comes later and cannot be run is told to the log, and the
 * one before goes on.
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
  const settings: Settings = { ...readSettings({}), ...given(options) };
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

/** The bounds among the options that were given. */
function given(options: GatewayOptions): Partial<Settings> {
  const { maxAnswerBytes, maxPlanPaths, maxResponseBytes, operationCacheBytes } = options;
  const { planTimeoutMs, subgraphTimeoutMs, supergraphPollMs } = options;
  const bounds = {
    ...{ maxAnswerBytes, maxPlanPaths, maxResponseBytes, operationCacheBytes },
    ...{ planTimeoutMs, subgraphTimeoutMs, supergraphPollMs },
  };
  return Object.fromEntries(Object.entries(bounds).filter(([, value]) => value !== undefined));
}

/** The calls that are not opened with a graph: those of whoever composes, and those by the caller's own fetch. */
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
      // By the caller's own fetch there is nothing to close.
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

/** Apollo Server and its plugins look into the data: they get objects, and our own door the text. */
function withPlainData(run: Run): Run {
  return async (request) => {
    const { operation, schema } = request;
    const { operationName, variables } = request.request;
    // Apollo Server leaves it to whoever executes to find that no operation was chosen.
    if (!operation) throw callerError('OPERATION_RESOLUTION_FAILURE', { got: operationName ?? 'no name' });
    refuseKind(operation, schema);
    refuseRoundedIds(schema, operation, variables ?? {});
    const { data, ...rest } = await run(request);
    if (data === undefined) return rest;
    return { data: data instanceof ResultText ? (data.toJSON() as typeof data) : data, ...rest };
  };
}

/** A number that JSON.parse has rounded would be the ID of something else. */
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
