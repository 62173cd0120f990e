/** The interface of subgraph calls, between the execution of a plan and the transport. */
import type { DocumentNode } from 'graphql';
import type { Results } from './results.ts';

/**
 * A request to a subgraph. Its properties may be lazy getters, so a layer passes on the request object itself, never a copy, and
 * passes anything that it adds separately.
 */
export interface SubgraphRequest {
  readonly query: string;
  /** The parsed query, if the plan has it, so that in-process calls need not parse it again. */
  readonly document?: DocumentNode | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly operationName?: string | undefined;
  /** Requests without a kind are never shared or retried. */
  readonly kind?: 'query' | 'mutation' | 'subscription' | undefined;
  /** The body as JSON text, with "query", "variables" and "operationName", if the plan has it already. */
  readonly body?: string | undefined;
  /** The request headers without the identity, with names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The identity of the caller as JSON text, for subgraphs that trust this gateway. Requests with different identities share
   * nothing. Absent for anonymous callers.
   */
  readonly identity?: string | undefined;
  /** Fires when the caller disconnects. Deadlines are set by a layer instead. */
  readonly signal?: AbortSignal | undefined;
}

/** An error as a subgraph sent it, not validated. */
export interface SubgraphError {
  message?: unknown;
  path?: unknown;
  extensions?: unknown;
}

/** The response of a subgraph (GraphQL section 7), with its Cache-Control header. */
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
 * delivery yields them; rejects with a SubgraphFailure when there is none. The caller owns the data and may change it. A layer ends
 * the call by `end`.
 */
export type SubgraphCall = (request: SubgraphRequest, end?: CallEnd) => Promise<Results<SubgraphResponse>>;

/** The name and the routing URL of a subgraph. */
export interface SubgraphAddress {
  name: string;
  url: string;
}

/**
 * Wraps the calls of one subgraph, for example in a deadline. Called once for each subgraph and URL: the state of a layer survives
 * the replacement of the supergraph if the new one has the subgraph at the same URL.
 */
export type Layer = (call: SubgraphCall, subgraph: SubgraphAddress) => SubgraphCall;

/**
 * Ends one call before its response. A cheaper AbortSignal, with one listener and without events, since one operation makes many
 * calls.
 */
export class CallEnd {
  /** The reason why the call ended; undefined until then. */
  failure: SubgraphFailure | undefined = undefined;
  /** Called once when the call ends early. Set by the transport. */
  onEnd: ((failure: SubgraphFailure) => void) | undefined = undefined;

  end(failure: SubgraphFailure): void {
    if (this.failure) return;
    this.failure = failure;
    this.onEnd?.(failure);
  }
}

export type FailureKind = 'aborted' | 'late' | 'malformed' | 'status' | 'too large' | 'unreachable';

/** The failure of a subgraph request. Its message is for the log, not for callers, since it may name hosts. */
export class SubgraphFailure extends Error {
  override name = 'SubgraphFailure';
  readonly kind: FailureKind;
  /** The HTTP status of the response, if it is the reason of the failure. */
  readonly status: number | undefined;

  constructor(kind: FailureKind, message: string, options: ErrorOptions & { status?: number } = {}) {
    super(message, options);
    this.kind = kind;
    this.status = options.status;
  }
}
