/** Calls an open subgraph from within its process: no HTTP, no JSON, and each query parsed once. */
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
  /** The parsed query, if the caller has parsed it already. */
  document?: DocumentNode | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
  operationName?: string | undefined;
  /** The identity that a gateway in this process forwards, as JSON text; anonymous by default. */
  identity?: string | undefined;
  /** Aborts when the result is no longer needed. An aborted call does not start. */
  signal?: AbortSignal | undefined;
}

/** Whether the call has ended: `failure` is the reason. */
interface CallEnd {
  readonly failure: Error | undefined;
}

/** Bytes of parsed documents that are cached, about: a character of a document takes some fifty. */
const maxDocumentBytes = 32 * 1024 * 1024;
const bytesPerCharacter = 50;

/** Characters of identities that are cached. */
const maxIdentityCharacters = 4 * 1024 * 1024;

const gatewayCaller: Caller = Object.freeze({ reader: anonymous, isGateway: true, asksForChange: true });

/**
 * Returns a function that calls this subgraph. The operation must be valid, as a query planner makes it, except for the
 * values of custom scalars, which only the subgraph can check. Each document, or each text, is compiled once. Errors
 * are returned as thrown: the caller has to mask them before a client sees them. The data belongs to the caller.
 * Rejects without starting if the signal has aborted or the call has ended; an operation that has started runs to its
 * end, since its queries are already with the database.
 */
export function callerOf({ schema, contextFor }: OpenSubgraph<unknown>) {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: maxDocumentBytes,
    sizeCalculation: (_, query) => bytesPerCharacter * query.length,
  });
  const parsedOnce = (query: string): DocumentNode => {
    const cached = documents.get(query);
    if (cached) return cached;
    const document = parse(query, { noLocation: true });
    documents.set(query, document);
    return document;
  };
  const requireGateway = openGatewayRequirement({ schema, isOpen: false });
  const callers = new LRUCache<string, Caller>({
    maxSize: maxIdentityCharacters,
    // The reader takes about as much again.
    sizeCalculation: (_, identity) => 2 * identity.length,
  });
  const callerBy = (identity: string | undefined): Caller => {
    if (identity === undefined) return gatewayCaller;
    const cached = callers.get(identity);
    if (cached) return cached;
    const caller = { ...gatewayCaller, reader: readerIn(JSON.parse(identity)) };
    callers.set(identity, caller);
    return caller;
  };
  const run = executorOf(schema);
  return async (call: Call, end?: CallEnd): Promise<FormattedExecutionResult> => {
    call.signal?.throwIfAborted();
    if (end?.failure) throw end.failure;
    const { query, document = parsedOnce(query), variables, operationName } = call;
    const caller = callerBy(call.identity);
    const refusal = requireGateway({ document, operationName }, caller);
    if (refusal) return { data: null, errors: [loggable(refusal)] };
    const context = contextFor({ reader: caller.reader, signal: call.signal });
    const { data = null, errors } = await run({ document, variables, operationName, context });
    return errors ? { data, errors: errors.map(loggable) } : { data };
  };
}

/** The error as thrown, but without the values that database errors quote. */
function loggable(error: GraphQLError): GraphQLFormattedError {
  const { originalError } = error;
  const full = storageFull(originalError);
  if (full) return { ...error.toJSON(), message: full.message, extensions: full.extensions };
  const logged = withoutValues(originalError);
  const formatted = error.toJSON();
  return logged === originalError ? formatted : { ...formatted, message: (logged as Error).message };
}
