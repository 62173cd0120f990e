/** Runs operations on the supergraph with @apollo/gateway. Another executor takes its place by giving the same. */
import { ApolloGateway } from '@apollo/gateway';
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { wordingOf } from '../errors.ts';
import { type Settings, silenceTelemetry } from '../settings.ts';
import type { SubgraphCall } from '../wire/call.ts';
import { newErrorId } from './mask.ts';
import { type FetchContext, sourceOf } from './source.ts';

/** What Apollo Server takes as its executor. */
export type Executor = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

export interface ExecutorOptions {
  supergraphSdl: string;
  settings: Settings;
  /** Called once for each subgraph, when the executor loads. */
  callOf: (name: string, url: string) => SubgraphCall;
  log: Logger;
}

type Run = Awaited<ReturnType<Executor['load']>>['executor'];
type RunResult = Awaited<ReturnType<NonNullable<Run>>>;

/** Plans together, measured as JSON; in memory they take several times as much. */
const planStoreMiB = 20;

/** An executor for `supergraphSdl`; its `load` rejects when the planner cannot run that supergraph. */
export function createExecutor({ supergraphSdl, settings, callOf, log }: ExecutorOptions): Executor {
  silenceTelemetry();
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ name, url }) => sourceOf(name, callOf(name, url ?? '')),
    logger: quiet(log),
    validateSupergraph: true,
    __exposeQueryPlanExperimental: !settings.isProduction,
    experimental_approximateQueryPlanStoreMiB: planStoreMiB,
    // Calls in this process run the parsed document and need not parse it again.
    queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
  });
  // Two releases of one interface meet here: Apollo Server 5 and the gateway each bring their own, alike in form.
  const stock = gateway as unknown as Executor;
  return {
    onSchemaLoadOrUpdate: (callback) => stock.onSchemaLoadOrUpdate(callback),
    async load(options) {
      const { executor } = await stock.load(options);
      if (!executor) throw new Error('Expected the gateway to give an executor, but got: none.');
      return {
        executor: async (request) => mend(await executor(request), request.context as FetchContext),
      };
    },
    stop: () => stock.stop(),
  };
}

/**
 * The stock gateway puts the nulls that break a non-null type under "extensions" when no subgraph gave an error,
 * so that callers find a null without a reason. They belong under "errors" (GraphQL section 6.4.4).
 */
function mend(result: RunResult, { log }: FetchContext): RunResult {
  const { valueCompletion, ...extensions } = result.extensions ?? {};
  if (!Array.isArray(valueCompletion)) return result;
  const id = newErrorId();
  const reasons = valueCompletion.slice(0, 10).map((error: GraphQLError) => error.message);
  log.error({ id, errors: reasons }, 'null where the schema allows none');
  const errors = valueCompletion.slice(0, 100).map(
    ({ path }: GraphQLError) =>
      new GraphQLError(wordingOf('SUBGRAPH_FAILED', { id }), {
        path,
        extensions: { code: 'SUBGRAPH_FAILED', id },
      }),
  );
  const { extensions: _, ...rest } = result;
  return { ...rest, errors, ...(Object.keys(extensions).length > 0 && { extensions }) };
}

/** The gateway's chatter, a level lower than it would have it. */
function quiet(log: Logger) {
  const child = log.child({ part: 'executor' });
  return {
    debug: (message?: unknown) => child.trace(String(message)),
    info: (message?: unknown) => child.debug(String(message)),
    warn: (message?: unknown) => child.warn(String(message)),
    error: (message?: unknown) => child.error(String(message)),
  };
}
