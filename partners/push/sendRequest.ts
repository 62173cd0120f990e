/** Sends one request to a server of another party, bounded in time and size. */
import { isIP } from 'node:net';
import { Client } from 'undici';
import { type AddressPolicy, TargetError } from './addressPolicy.ts';

export interface Outgoing {
  method: 'GET' | 'POST';
  /** A URL that the address policy has read. */
  url: URL;
  headers?: Record<string, string>;
  body?: Buffer;
  /** Aborts the request. */
  signal?: AbortSignal;
}

export interface Incoming {
  status: number;
  retryAfter: string | undefined;
  /** The first 64 kB. */
  body: Buffer;
}

/**
 * Sends a request; rejects with a TargetError when the address policy rejects it, else with an error when the response
 * is not complete.
 */
export type Exchange = (outgoing: Outgoing) => Promise<Incoming>;

/** The response was not complete in time. */
class LateError extends Error {
  override name = 'LateError';
}

/** The timeout of the whole exchange, from DNS to the last byte. */
export const exchangeMs = 10_000;
const bodyBytes = 64 * 1024;

/**
 * Opens a connection for each exchange, to an address that the policy has checked, so that DNS is not asked twice.
 * Redirects are not followed.
 */
export function openExchange(addressPolicy: AddressPolicy, { totalMs = exchangeMs } = {}): Exchange {
  return async ({ method, url, headers, body, signal }) => {
    const end = new AbortController();
    const giveUp = () => end.abort();
    const timer = setTimeout(() => end.abort(new LateError()), totalMs);
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    let client: Client | undefined;
    try {
      const addresses = await until(end.signal, addressPolicy.addressesOf(url));
      client = new Client(url.origin, { connect: { lookup: answering(addresses), timeout: totalMs } });
      const answer = await client.request({
        method,
        path: `${url.pathname}${url.search}`,
        headers: { 'user-agent': 'Dateline', ...headers },
        body: body ?? null,
        signal: end.signal,
      });
      return {
        status: answer.statusCode,
        retryAfter: textOf(answer.headers['retry-after']),
        body: await firstBytes(answer.body),
      };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      await client?.destroy();
    }
  };
}

type Lookup = NonNullable<import('node:net').TcpSocketConnectOpts['lookup']>;

/** A DNS lookup function that returns the checked addresses. */
function answering(addresses: readonly string[]): Lookup {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, answer) => {
    const [first] = entries;
    if (all) answer(null, entries);
    else answer(null, first?.address ?? '', first?.family);
  };
}

async function firstBytes(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop closes the stream and its connection.
    if (length >= bodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bodyBytes);
}

const textOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/** The result of `work`, or a rejection when the signal fires first. */
function until<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Why an exchange failed, for the log: no IP addresses, and nothing of the request. */
export function problemOf(error: unknown): string {
  if (error instanceof TargetError) return error.message;
  const { code } = error as { code?: unknown };
  if (error instanceof LateError) return 'Expected a response in time, but got: none.';
  return `Expected an answer, but got: ${typeof code === 'string' ? code : 'none'}.`;
}
