/** The graph for the other doors: they ask it like any other caller, by documents that are known beforehand. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import type { Logger } from 'pino';
import { type ExecutorOptions, errorOf } from '../execute/apolloExecutor.ts';
import type { Pipeline, RequestContext } from '../pipeline.ts';
import type { Settings } from '../settings.ts';
import { answerErrors } from './formatErrors.ts';

export interface Reply<Data> {
  /** Null when all of it failed. Parts that failed are null, with an error at their path. */
  data: Data | null;
  /** In the words of the register; none where all went well. */
  errors: readonly GraphQLFormattedError[];
}

/**
 * Asks the graph for what a stored operation says, as whoever `caller` is. Goes through the same steps as a request to
 * /graphql; rejects with a registered error when one of them ends it, such as RATE_LIMITED.
 */
export type Ask = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: RequestContext,
) => Promise<Reply<Data>>;

export interface AskOptions extends Pick<ExecutorOptions, 'graphs' | 'executionContextOf'> {
  journey: Pipeline;
  settings: Settings;
  log: Logger;
}

export function createAsk({ graphs, executionContextOf, journey, settings, log }: AskOptions): Ask {
  const formatError = answerErrors(settings, log);
  const valid = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, OperationDefinitionNode>>();

  /** The operation of a document, which is looked at once for each supergraph. */
  function operationOf(schema: GraphQLSchema, document: DocumentNode): OperationDefinitionNode {
    const known = valid.get(schema) ?? new WeakMap<DocumentNode, OperationDefinitionNode>();
    valid.set(schema, known);
    const operation =
      known.get(document) ?? document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operation?.kind !== Kind.OPERATION_DEFINITION)
      throw new Error('Expected an operation, but got: none.');
    if (known.has(document)) return operation;
    const [problem] = validate(schema, document);
    if (problem)
      throw new Error(`Expected ${operation.name?.value} to fit the graph, but got: ${problem.message}`);
    known.set(document, operation);
    return operation;
  }

  return async (document, variables, contextValue) => {
    const schema = graphs.now().apiSchema;
    const operation = operationOf(schema, document);
    const operationName = operation.name?.value;
    const given = variables as Record<string, unknown>;
    await journey.check({
      ...{ schema, document, operation, contextValue, operationName: operationName ?? null, isStored: true },
      request: { variables: given },
    });
    const question = { document, operationName, variables: given, ...executionContextOf(contextValue) };
    const { text, errors } = await graphs.answer(schema, question);
    const told: GraphQLError[] = errors.map(errorOf);
    if (told.length > 0) journey.fail({ errors: told, contextValue });
    return {
      data: text === undefined ? null : JSON.parse(text),
      errors: told.map((error) => formatError(error.toJSON(), error)),
    };
  };
}
