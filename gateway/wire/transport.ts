/** The lower seam of the wire: a request as text, and what comes of it as text, before anybody reads it as GraphQL. */
import type { SubgraphFailure, SubgraphRequest } from './subgraphCall.ts';

export interface Reply {
  status: number;
  /** As the server sent it; undefined when it sent none. */
  contentType: string | undefined;
  /** As the server sent it, where somebody wants to know. */
  cacheControl?: string | undefined;
  text: string;
}

/** Hears what comes of one request: `onBegin` at most once, then one of the other two, once. */
export interface Receiver {
  /** The reply begins to arrive. What it tells was read by now: whoever asks later wants a newer one. */
  onBegin(): void;
  onReply(reply: Reply): void;
  onFailure(failure: SubgraphFailure): void;
}

/** Ends a request early; nothing is heard of it afterwards. Does nothing when it has ended. */
export type Cancel = () => void;

/** Sends a request with its body as text. Nothing is heard before this has returned. */
export type Send = (request: SubgraphRequest, body: string, receiver: Receiver) => Cancel;
