/** Answers what Apollo Server asks of its gateway. */
import type { ApolloServerOptionsWithGateway, BaseContext } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { printPlan } from '../plan/printPlan.ts';
import type { Answer, Graph, Question } from './graph.ts';
import type { Graphs } from './graphLease.ts';
import type { PlacedError } from './placeErrors.ts';

/** What Apollo Server takes as its executor. */
export type Executor = ApolloServerOptionsWithGateway<BaseContext>['gateway'];

type Run = NonNullable<Awaited<ReturnType<Executor['load']>>['executor']>;
type Result = Awaited<ReturnType<Run>>;

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
  /** What a question takes from the request around it; variables in place of those of the request. */
  executionContextOf: (
    context: BaseContext,
  ) => Pick<Question, 'headersFor' | 'identityFor' | 'signal' | 'reporter' | 'reader'> &
    Partial<Pick<Question, 'variables'>>;
  /** Whether a caller who asks for the query plan gets it, as Apollo Sandbox does. */
  showsPlans?: boolean;
  /** Told of each answer, and what is known of the request. */
  onAnswer?: (request: Parameters<Run>[0], answer: Answer) => void;
}

/** The form in which Apollo Server takes a graph. */
export function createExecutor({
  graphs,
  executionContextOf,
  showsPlans = false,
  onAnswer,
}: ExecutorOptions): Executor {
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
        executor: async (asking) => {
          const { document, request, schema, context } = asking;
          const { operationName, variables, http } = request;
          const question = { document, operationName, variables, ...executionContextOf(context) };
          const answer = await graphs.answer(schema, question);
          onAnswer?.(asking, answer);
          const isAsked = http?.headers.get('apollo-query-plan-experimental');
          if (!showsPlans || !isAsked) return resultOf(answer);
          const { plan } = await graphs.of(schema).explain(question);
          const isRaw = http?.headers.get('apollo-query-plan-experimental-format') === 'internal';
          const __queryPlanExperimental = isRaw ? plan : await printPlan(plan);
          return { ...resultOf(answer), extensions: { __queryPlanExperimental } };
        },
      };
    },
    stop: async () => {
      forget();
      await graphs.close();
    },
  };
}

function resultOf({ text, errors }: Answer): Result {
  const shown = errors.length > 0 ? { errors: errors.map(errorOf) } : undefined;
  return text === undefined
    ? { ...shown }
    : { data: new ResultText(text) as unknown as Record<string, unknown>, ...shown };
}

/** In the form in which Apollo Server takes errors. */
export function errorOf(error: GraphQLError | PlacedError): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const { message, path, extensions } = error;
  return new GraphQLError(message, { path: path ?? null, extensions });
}
