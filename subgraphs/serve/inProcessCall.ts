/** Asks an open subgraph from within its process: no HTTP, no JSON, and each text parsed once. */
import {
  type DocumentNode,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  parse,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { storageFull } from '../errors.ts';
import { executorOf } from '../execute/runOperation.ts';
import { withoutValues } from '../store/databaseFailure.ts';
import { anonymous, readerIn } from '../trust/reader.ts';
import { openGatewayRequirement } from '../trust/requireGateway.ts';
import type { Caller } from '../trust/verifyCredential.ts';
import type { OpenSubgraph } from './subgraph.ts';

interface Call {
  query: string;
  /** The same query, where somebody has parsed it already. */
  document?: DocumentNode | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
  operationName?: string | undefined;
  /** Who asks, as JSON text, told by a gateway in this process; nobody in particular unless given. */
  identity?: string | undefined;
  /** Fires when nobody waits for the answer any more: then nothing is begun. */
  signal?: AbortSignal | undefined;
}

/** Whether somebody still waits for an answer: `failure` says why nobody does. */
interface CallEnd {
  readonly failure: Error | undefined;
}

const textsAtMost = 1_000;

const nobody: Caller = Object.freeze({ reader: anonymous, isGateway: true, asksForChange: true });

/**
 * A function that asks this subgraph. The operation is taken to be valid, as a planner makes it, but for the values
 * of custom scalars: only the subgraph knows what these take. The same document, or the same text, is worked out once.
 * Errors come as they were thrown: whoever asks has to mask them before a reader sees them. The data belongs to
 * whoever asked. Begins nothing and rejects where the signal has fired already, with its reason, or the call has ended,
 * with its failure; what has begun is done to its end, for its questions are with the database by then.
 */
export function callerOf({ schema, contextFor }: OpenSubgraph<unknown>) {
  const documents = new LRUCache<string, DocumentNode>({ max: textsAtMost });
  const parsed = (query: string): DocumentNode => {
    const known = documents.get(query) ?? parse(query, { noLocation: true });
    documents.set(query, known);
    return known;
  };
  const guard = openGatewayRequirement({ schema, isOpen: false });
  const callers = new LRUCache<string, Caller>({ max: textsAtMost });
  const callerBy = (identity: string | undefined): Caller => {
    if (identity === undefined) return nobody;
    const known = callers.get(identity) ?? { ...nobody, reader: readerIn(JSON.parse(identity)) };
    callers.set(identity, known);
    return known;
  };
  const run = executorOf(schema);
  return async (call: Call, end?: CallEnd): Promise<FormattedExecutionResult> => {
    call.signal?.throwIfAborted();
    if (end?.failure) throw end.failure;
    const { query, document = parsed(query), variables, operationName } = call;
    const caller = callerBy(call.identity);
    const refusal = guard({ document, operationName }, caller);
    if (refusal) return { data: null, errors: [loggable(refusal)] };
    const context = contextFor({ reader: caller.reader, signal: call.signal });
    const { data = null, errors } = await run({ document, variables, operationName, context });
    return errors ? { data, errors: errors.map(loggable) } : { data };
  };
}

/** As it was thrown, but for what a database says: that quotes the values it was given. */
function loggable(error: GraphQLError): GraphQLFormattedError {
  const { originalError } = error;
  const full = storageFull(originalError);
  if (full) return { ...error.toJSON(), message: full.message, extensions: full.extensions };
  const told = withoutValues(originalError);
  const formatted = error.toJSON();
  return told === originalError ? formatted : { ...formatted, message: (told as Error).message };
}
