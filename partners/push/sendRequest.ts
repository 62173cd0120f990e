/** One request to somebody else's server, bounded in time and in size. */
import { isIP } from 'node:net';
import { Client } from 'undici';
import { type AddressPolicy, TargetError } from './addressPolicy.ts';

export interface Outgoing {
  method: 'GET' | 'POST';
  /** As the addressPolicy has read it. */
  url: URL;
  headers?: Record<string, string>;
  body?: Buffer;
  /** Fires when it is to be given up. */
  signal?: AbortSignal;
}

export interface Incoming {
  status: number;
  retryAfter: string | undefined;
  /** Its first 64 kB. */
  body: Buffer;
}

/** Sends; rejects with a TargetError where the addressPolicy refuses, with another error where there is no whole answer. */
export type Exchange = (outgoing: Outgoing) => Promise<Incoming>;

/** There was no whole answer in time. */
class LateError extends Error {
  override name = 'LateError';
}

/** How long everything may take, from DNS to the last byte. */
export const exchangeMs = 10_000;
const bodyBytes = 64 * 1024;

/**
 * A connection for each exchange, to an address that the addressPolicy has looked at: no second answer of DNS comes between.
 * Redirects are answers like any other; nobody follows them.
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

/** Answers a look-up with what was found before, whatever is asked for. */
function answering(addresses: readonly string[]): Lookup {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all }, answer) => {
    const [first] = found;
    if (all) answer(null, found);
    else answer(null, first?.address ?? '', first?.family);
  };
}

async function firstBytes(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop ends the stream, and with it the connection.
    if (length >= bodyBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, bodyBytes);
}

const textOf = (header: string | string[] | undefined) => (Array.isArray(header) ? header[0] : header);

/** What `work` comes to, unless the signal fires before. */
function until<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** Why an exchange failed, fit for a log: no address of anybody's network, nothing of what was sent. */
export function problemOf(error: unknown): string {
  if (error instanceof TargetError) return error.message;
  const { code } = error as { code?: unknown };
  if (error instanceof LateError) return 'Expected an answer in time, but got: none.';
  return `Expected an answer, but got: ${typeof code === 'string' ? code : 'none'}.`;
}
