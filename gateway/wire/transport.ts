/** The transport interface: sends a request body as text and returns the response body as text. */
import type { SubgraphFailure, SubgraphRequest } from './subgraphCall.ts';

export interface Reply {
  status: number;
  /** The Content-Type header; undefined if the server sent none. */
  contentType: string | undefined;
  /** The Cache-Control header, if the transport reads it. */
  cacheControl?: string | undefined;
  text: string;
}

/** Callbacks of one request: `onBegin` at most once, then `onReply` or `onFailure` once. */
export interface Receiver {
  /** The response begins to arrive. Its data may be older than queries that start from now on. */
  onBegin(): void;
  onReply(reply: Reply): void;
  onFailure(failure: SubgraphFailure): void;
}

/** Cancels a request: no callback runs afterwards. No effect once it has ended. */
export type Cancel = () => void;

/** Sends a request with this body. No callback runs before it has returned. */
export type Send = (request: SubgraphRequest, body: string, receiver: Receiver) => Cancel;
