/** Carries requests by a function such as `fetch`, for whoever has one of their own. */

import type { ConnectionPool, PoolOptions } from './connectionPool.ts';
import { SubgraphFailure } from './subgraphCall.ts';
import type { Receiver, Reply } from './transport.ts';

/** As much of the Fetch standard as a call needs: `fetch` itself, and the fetchers that Apollo's packages take. */
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
  /** Where it is a stream it is read bit by bit, and no more of it than is allowed. */
  body?: unknown;
  text: () => Promise<string>;
}

const fixedHeaders = {
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'content-type': 'application/json',
};

/** Sends by `fetch`. Its connections are its own matter: closing ends none. */
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
      // In a turn of its own: nobody is to hear before this has returned.
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
  // What the fetch of Node tells is in the cause alone.
  const reason = cause instanceof Error && cause.message ? cause.message : message;
  return new SubgraphFailure('unreachable', `Expected ${origin} to answer, but got: ${reason}`, {
    cause: error,
  });
}
