/** Implements Apollo Server's gateway interface: schema updates and the executor. */
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { printPlan } from '../plan/printPlan.ts';
import { type Results, singleResult } from '../wire/results.ts';
import type { Graph, GraphRequest, GraphResult } from './graph.ts';
import type { Graphs } from './graphLease.ts';
import type { PlacedError } from './placeErrors.ts';

/** The value of Apollo Server's `gateway` option. */
export type Executor = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

type Run = NonNullable<Awaited<ReturnType<Executor['load']>>['executor']>;
type Result = Awaited<ReturnType<Run>>;
export type ExecutorRequest = Parameters<Run>[0];

/**
 * The value of "data" as JSON text. The response printer uses the text as it is; other code gets the parsed value by `toJSON`.
 */
export class ResultText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toJSON(): unknown {
    return JSON.parse(this.text);
  }
}

export interface ExecutorOptions {
  graphs: Graphs;
  /** Executes the operation of an Apollo Server request. */
  execute: (request: ExecutorRequest) => Promise<Results<GraphResult>>;
  /** The reader of a request, where the plan depends on the reader. */
  readerOf?: (context: BaseContext) => GraphRequest['reader'];
  /** Whether responses include the query plan on request, as Apollo Sandbox sends it. */
  showsPlans?: boolean;
}

/** Creates the value of Apollo Server's `gateway` option from the graphs. */
export function createExecutor({ graphs, execute, readerOf, showsPlans = false }: ExecutorOptions): Executor {
  const listeners = new Set<Parameters<Executor['onSchemaLoadOrUpdate']>[0]>();
  const notifyListeners = ({ apiSchema, supergraphSdl }: Graph) => {
    for (const listener of listeners) listener({ apiSchema, coreSupergraphSdl: supergraphSdl });
  };
  let unsubscribe = () => {};
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    load: async () => {
      notifyListeners(graphs.now());
      unsubscribe = graphs.onReplace(notifyListeners);
      return {
        executor: async (request) => {
          const result = singleResult(await execute(request));
          const { document, schema, context } = request;
          const { operationName, http } = request.request;
          const wantsPlan = http?.headers.get('apollo-query-plan-experimental');
          if (!showsPlans || !wantsPlan) return resultOf(result);
          const reader = readerOf?.(context);
          const { plan } = await graphs.of(schema).explain({ document, operationName, reader });
          const isRaw = http?.headers.get('apollo-query-plan-experimental-format') === 'internal';
          const __queryPlanExperimental = isRaw ? plan : await printPlan(plan);
          const extensions = { ...result.extensions, __queryPlanExperimental };
          return { ...resultOf(result), extensions };
        },
      };
    },
    stop: async () => {
      unsubscribe();
      await graphs.close();
    },
  };
}

function resultOf({ text, errors, extensions }: GraphResult): Result {
  const rest = {
    ...(errors.length > 0 && { errors: errors.map(toGraphQLError) }),
    ...(extensions && { extensions }),
  };
  return text === undefined
    ? rest
    : { data: new ResultText(text) as unknown as Record<string, unknown>, ...rest };
}

/** Converts an error to the GraphQLError that Apollo Server expects. */
export function toGraphQLError(error: GraphQLError | PlacedError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { message, path, extensions } = error;
  return new GraphQLError(message, { path: path ?? null, extensions });
}
