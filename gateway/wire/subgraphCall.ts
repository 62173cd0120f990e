/** What one call to a subgraph is, whatever carries it: the seam between whoever runs a plan and the wire. */
import type { DocumentNode } from 'graphql';
import type { Results } from './results.ts';

/**
 * What is asked of a subgraph. Whoever runs a plan may make parts of it lazily, as getters: a layer passes the
 * request on as it is, never a copy of it, and hands what it adds beside it.
 */
export interface SubgraphRequest {
  readonly query: string;
  /** The same query, parsed, where the plan has it: a call in this process need not parse again. */
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** Absent: not known, and so neither shared nor sent twice. */
  readonly kind?: 'query' | 'mutation' | 'subscription' | undefined;
  /** The request as JSON text, with "query", "variables" and "operationName", where whoever asks has it already. */
  readonly body?: string | undefined;
  /** Names in lower case. What the subgraph is told about the request, beside who asks. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * Who asks, as JSON text: what a subgraph that believes this gateway is told of the reader. Requests that differ in it share
   * nothing. Absent: nobody in particular.
   */
  readonly identity?: string | undefined;
  /** Fires when the caller has gone. A deadline is a layer's matter, not the caller's. */
  readonly signal?: AbortSignal | undefined;
}

/** An error as a subgraph sent it: nothing in it is to be trusted. */
export interface SubgraphError {
  message?: unknown;
  path?: unknown;
  extensions?: unknown;
}

/** The response of a subgraph (GraphQL section 7), and its headers as far as they are read. */
export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly SubgraphError[];
  /** The value of "extensions", as the subgraph sent it. */
  extensions?: Readonly<Record<string, unknown>>;
  /** The Cache-Control header, where the connection reads it. */
  cacheControl?: string | undefined;
}

/**
 * Sends a request to a subgraph. Resolves to its response, or to a stream of responses, as a subscription or an incremental
 * delivery yields them; rejects with a SubgraphFailure when there is none. The data belongs to the caller, who may change it. `end`
 * comes from a layer and tells that nobody waits for the response any longer.
 */
export type SubgraphCall = (request: SubgraphRequest, end?: CallEnd) => Promise<Results<SubgraphResponse>>;

/** A subgraph as layers know it. */
export interface SubgraphAddress {
  name: string;
  /** Its routing URL. */
  url: string;
}

/**
 * Wraps the calls of one subgraph, for example in a deadline. Called once for as long as any supergraph has the subgraph at that
 * URL: what a layer remembers outlives the replacement of a supergraph.
 */
export type Layer = (call: SubgraphCall, subgraph: SubgraphAddress) => SubgraphCall;

/**
 * The end of one call before its answer: what an AbortSignal is for, with one listener and no events, since one
 * page makes many calls.
 */
export class CallEnd {
  /** Why the call has ended; undefined while somebody waits for it. */
  failure: SubgraphFailure | undefined = undefined;
  /** Called once, when the call ends early. Set by what carries the call. */
  onEnd: ((failure: SubgraphFailure) => void) | undefined = undefined;

  end(failure: SubgraphFailure): void {
    if (this.failure) return;
    this.failure = failure;
    this.onEnd?.(failure);
  }
}

export type FailureKind = 'aborted' | 'late' | 'malformed' | 'status' | 'too large' | 'unreachable';

/** No answer from a subgraph, and why. The message is for our log, never for a caller: it may name hosts. */
export class SubgraphFailure extends Error {
  override name = 'SubgraphFailure';
  readonly kind: FailureKind;
  /** The HTTP status that came instead of an answer. */
  readonly status: number | undefined;

  constructor(kind: FailureKind, message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.status = options.status;
  }
}
