/** Asks an open subgraph from within its process: no HTTP, no JSON, and each text parsed once. */
import {
  type DocumentNode,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  parse,
  ValuesOfCorrectTypeRule,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { anonymous } from './entitlement.ts';
import { withoutValues } from './failure.ts';
import type { OpenSubgraph } from './subgraph.ts';

interface Call {
  query: string;
  /** The same query, where somebody has parsed it already. */
  document?: DocumentNode | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
  operationName?: string | undefined;
}

const textsAtMost = 1_000;

/**
 * A function that asks this subgraph. The operation is taken to be valid, as a planner makes it, but for the values
 * of custom scalars: only the subgraph knows what these take. Errors come as they were thrown: whoever asks has to
 * mask them before a reader sees them.
 */
export function callerOf({ schema, contextFor }: OpenSubgraph<unknown>) {
  const documents = new LRUCache<string, DocumentNode>({ max: textsAtMost });
  const parsed = (query: string): DocumentNode => {
    const known = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, known);
    return known;
  };
  const checked = new WeakMap<DocumentNode, readonly GraphQLError[]>();
  const wrongValues = (document: DocumentNode) => {
    const wrong = checked.get(document) ?? validate(schema, document, [ValuesOfCorrectTypeRule]);
    checked.set(document, wrong);
    return wrong;
  };
  return async (call: Call): Promise<FormattedExecutionResult> => {
    const { query, document = parsed(query), variables, operationName } = call;
    const wrong = wrongValues(document);
    if (wrong.length > 0) return { data: null, errors: wrong.map((error) => error.toJSON()) };
    const { data, errors } = await execute({
      schema,
      document,
      variableValues: variables ?? {},
      operationName: operationName ?? null,
      contextValue: contextFor({ reader: anonymous }),
    });
    return errors ? { data: data ?? null, errors: errors.map(loggable) } : { data: data ?? null };
  };
}

/** As it was thrown, but for what a database says: that quotes the values it was given. */
function loggable(error: GraphQLError): GraphQLFormattedError {
  const { originalError } = error;
  const told = withoutValues(originalError);
  const formatted = error.toJSON();
  return told === originalError ? formatted : { ...formatted, message: (told as Error).message };
}
