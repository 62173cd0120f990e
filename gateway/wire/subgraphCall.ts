/** What one call to a subgraph is, whatever carries it: the seam between whoever runs a plan and the wire. */
import type { DocumentNode } from 'graphql';

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

export interface SubgraphResponse {
  data?: Record<string, unknown> | null;
  errors?: readonly SubgraphError[];
  /** How long the answer may be kept, and by whom: its Cache-Control header, where somebody wants to know. */
  cacheControl?: string | undefined;
}

/**
 * Answers as the subgraph did, or rejects with a SubgraphFailure when there is no answer. The data is the caller's
 * own, to change as it likes. `end` comes from a layer and says when nobody waits for the answer any longer.
 */
export type SubgraphCall = (request: SubgraphRequest, end?: CallEnd) => Promise<SubgraphResponse>;

/** Puts something around calls: a deadline, sharing; retries and breaking later. */
export type Layer = (call: SubgraphCall) => SubgraphCall;

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
