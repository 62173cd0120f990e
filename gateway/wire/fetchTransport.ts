/** A transport that sends requests with a caller-supplied `fetch` function. */

import type { ConnectionPool, PoolOptions } from './connectionPool.ts';
import { SubgraphFailure } from './subgraphCall.ts';
import type { Receiver, Reply } from './transport.ts';

/** The part of the Fetch standard that calls need: satisfied by `fetch` and by the fetchers of Apollo's packages. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchReply>;

export interface FetchInit {
  method: 'POST';
  headers: Record<string, string>;
  body: string;
  signal: AbortSignal;
}

export interface FetchReply {
  status: number;
  headers: { get: (name: string) => string | null };
  /** A stream is read in chunks, up to the size limit. */
  body?: unknown;
  text: () => Promise<string>;
}

const fixedHeaders = {
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'content-type': 'application/json',
};

/** Opens a transport over `fetch`, which manages its own connections: closing the transport closes none. */
export function openFetch(fetch: Fetch, { address, maxAnswerBytes }: PoolOptions): ConnectionPool {
  async function exchange(init: FetchInit, receiver: Receiver): Promise<void> {
    const { signal } = init;
    let reply: Reply;
    try {
      const response = await fetch(address.href, init);
      if (!signal.aborted) receiver.onBegin();
      const text = await readText(response, maxAnswerBytes);
      reply = {
        status: response.status,
        contentType: response.headers.get('content-type') ?? undefined,
        cacheControl: response.headers.get('cache-control') ?? undefined,
        text,
      };
    } catch (error) {
      if (!signal.aborted) receiver.onFailure(failureOf(error, address));
      return;
    }
    if (!signal.aborted) receiver.onReply(reply);
  }

  return {
    send: ({ headers }, body, receiver) => {
      const controller = new AbortController();
      const { signal } = controller;
      const init: FetchInit = { method: 'POST', headers: { ...fixedHeaders, ...headers }, body, signal };
      // In a microtask: no callback may run before `send` has returned.
      queueMicrotask(() => void exchange(init, receiver));
      return () => controller.abort();
    },
    close: async () => {},
  };
}

async function readText(response: FetchReply, maxBytes: number): Promise<string> {
  const { body } = response;
  if (!isStream(body)) {
    const text = await response.text();
    if (Buffer.byteLength(text) > maxBytes) throw tooLarge(maxBytes);
    return text;
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString('utf8');
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

function tooLarge(maxBytes: number): SubgraphFailure {
  return new SubgraphFailure('too large', `Expected at most ${maxBytes} bytes, but got: more.`);
}

function failureOf(error: unknown, { origin }: URL): SubgraphFailure {
  if (error instanceof SubgraphFailure) return error;
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  // Node's fetch puts the details in the cause.
  const reason = cause instanceof Error && cause.message ? cause.message : message;
  return new SubgraphFailure('unreachable', `Expected ${origin} to answer, but got: ${reason}`, {
    cause: error,
  });
}
