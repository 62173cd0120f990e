/** Executes stored operations for other endpoints: pages, feeds, embeds. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import {
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  validate,
} from 'graphql';
import type { Logger } from 'pino';
import type { Graphs } from '../execute/graphLease.ts';
import type { Pipeline } from '../operationSteps.ts';
import type { RequestContext } from '../requestContext.ts';
import type { Settings } from '../settings.ts';
import { singleResult } from '../wire/results.ts';
import { answerErrors } from './formatErrors.ts';

export interface Reply<Data> {
  /** Null if the operation failed as a whole. Fields that failed are null, with an error at their path. */
  data: Data | null;
  /** With their registered wording; empty on success. */
  errors: readonly GraphQLFormattedError[];
}

/**
 * Executes a stored operation for the caller of `context`, by the same steps as a request to /graphql. Rejects with the registered
 * error of the step that refuses the request, such as RATE_LIMITED.
 */
export type Ask = <Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  context: RequestContext,
) => Promise<Reply<Data>>;

export interface AskOptions {
  graphs: Graphs;
  pipeline: Pipeline;
  settings: Settings;
  log: Logger;
}

export function createAsk({ graphs, pipeline, settings, log }: AskOptions): Ask {
  const formatError = answerErrors(settings, log);
  const validated = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, OperationDefinitionNode>>();

  /** The operation of a document; validates the document once for each schema. */
  function operationOf(schema: GraphQLSchema, document: DocumentNode): OperationDefinitionNode {
    const operations = validated.get(schema) ?? new WeakMap<DocumentNode, OperationDefinitionNode>();
    validated.set(schema, operations);
    const operation =
      operations.get(document) ?? document.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    if (operation?.kind !== Kind.OPERATION_DEFINITION)
      throw new Error('Expected an operation, but got: none.');
    if (operations.has(document)) return operation;
    const [problem] = validate(schema, document);
    if (problem)
      throw new Error(`Expected ${operation.name?.value} to fit the graph, but got: ${problem.message}`);
    operations.set(document, operation);
    return operation;
  }

  return async (document, variables, context) => {
    const schema = graphs.now().apiSchema;
    const operation = operationOf(schema, document);
    const results = await pipeline.execute({
      ...{ schema, document, operation, context, isStored: true },
      operationName: operation.name?.value,
      variables: variables as Record<string, unknown>,
    });
    const { text, errors } = singleResult(results);
    return {
      data: text === undefined ? null : JSON.parse(text),
      errors: errors.map((error) => formatError(error.toJSON(), error)),
    };
  };
}
