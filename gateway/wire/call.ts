/** What one call to a subgraph is, whatever carries it: the seam between whoever runs a plan and the wire. */
import type { DocumentNode } from 'graphql';

export interface SubgraphRequest {
  query: string;
  /** The same query, parsed, where the plan has it: a call in this process need not parse again. */
  document?: DocumentNode | undefined;
  variables?: Readonly<Record<string, unknown>> | undefined;
  operationName?: string | undefined;
  /** Names in lower case. Everything the subgraph is told about the request stands here. */
  headers: Readonly<Record<string, string>>;
  /** Fires when the caller has gone. A deadline is a layer's matter, not the caller's. */
  signal?: AbortSignal | undefined;
}

/** An error as a subgraph sent it: nothing in it is to be trusted. */
export interface SubgraphError {
  message?: unknown;
  path?: unknown;
  extensions?: unknown;
}

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly SubgraphError[];
}

/** Answers as the subgraph did, or rejects with a SubgraphFailure when there is no answer. */
export type SubgraphCall = (request: SubgraphRequest) => Promise<SubgraphAnswer>;

/** Puts something around calls: a deadline now; retries, sharing and breaking later. */
export type Layer = (call: SubgraphCall) => SubgraphCall;

export type FailureKind = 'aborted' | 'late' | 'malformed' | 'status' | 'too large' | 'unreachable';

/** No answer from a subgraph, and why. The message is for our log, never for a caller: it may name hosts. */
export class SubgraphFailure extends Error {
  override name = 'SubgraphFailure';
  readonly kind: FailureKind;

  constructor(kind: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}
