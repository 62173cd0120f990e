/** Answers what Apollo Server asks of its gateway. */
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { printPlan } from '../plan/printPlan.ts';
import { type Results, singleResult } from '../wire/results.ts';
import type { Graph, GraphRequest, GraphResult } from './graph.ts';
import type { Graphs } from './graphLease.ts';
import type { PlacedError } from './placeErrors.ts';

/** What Apollo Server takes as its executor. */
export type Executor = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

type Run = NonNullable<Awaited<ReturnType<Executor['load']>>['executor']>;
type Result = Awaited<ReturnType<Run>>;
export type ExecutorRequest = Parameters<Run>[0];

/**
 * The value of "data", which is text already. Whoever writes the answer takes the text as it is; whoever looks into it
 * gets it parsed.
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
  /** Executes the operation of a request of Apollo Server. */
  execute: (request: ExecutorRequest) => Promise<Results<GraphResult>>;
  /** The reader of a request, where the plan depends on the reader. */
  readerOf?: (context: BaseContext) => GraphRequest['reader'];
  /** Whether a caller who asks for the query plan gets it, as Apollo Sandbox does. */
  showsPlans?: boolean;
}

/** The form in which Apollo Server takes a graph. */
export function createExecutor({ graphs, execute, readerOf, showsPlans = false }: ExecutorOptions): Executor {
  const listeners = new Set<Parameters<Executor['onSchemaLoadOrUpdate']>[0]>();
  const tell = ({ apiSchema, supergraphSdl }: Graph) => {
    for (const listener of listeners) listener({ apiSchema, coreSupergraphSdl: supergraphSdl });
  };
  let forget = () => {};
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    load: async () => {
      tell(graphs.now());
      forget = graphs.onReplace(tell);
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
      forget();
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

/** In the form in which Apollo Server takes errors. */
export function toGraphQLError(error: GraphQLError | PlacedError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { message, path, extensions } = error;
  return new GraphQLError(message, { path: path ?? null, extensions });
}
