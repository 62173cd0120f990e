/** The connections to one server: requests go out and replies come in over HTTP/1.1, kept open between them. */
import { type Dispatcher, Pool } from 'undici';
import { SubgraphFailure } from './call.ts';
import type { Receiver, Send } from './send.ts';
import { unpack } from './unpack.ts';

export interface ConnectionPool {
  send: Send;
  /** Ends the connections; requests that are under way fail. */
  close: () => Promise<void>;
}

export interface PoolOptions {
  address: URL;
  maxAnswerBytes: number;
}

/** How many connections one subgraph gets at most; further calls wait for a free one. */
const connections = 128;

const connectTimeoutMs = 5000;

/** Told to every server. No accept-encoding: within one network packing costs more than it saves. */
const fixedHeaders: readonly string[] = [
  'accept',
  'application/graphql-response+json, application/json;q=0.9',
  'content-type',
  'application/json',
];

/**
 * Sends by POST to `address`. Redirects are not followed: a routing URL that moved is a setting to mend. There is no
 * limit on time but for connecting: that is the deadline layer's matter. Idle connections do not keep the process
 * alive.
 */
export function openPool({ address, maxAnswerBytes }: PoolOptions): ConnectionPool {
  const pool = new Pool(address.origin, {
    connections,
    connectTimeout: connectTimeoutMs,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxAnswerBytes,
  });
  const server: Server = { pool, path: `${address.pathname}${address.search}`, address, maxAnswerBytes };

  const send: Send = (request, body, receiver) => {
    const headers = fixedHeaders.slice();
    for (const name in request.headers) headers.push(name, request.headers[name] as string);
    const exchange = new Exchange(server, receiver, { headers, body, mayRepeat: request.kind === 'query' });
    exchange.dispatch();
    return () => exchange.cancel();
  };
  return { send, close: () => pool.destroy() };
}

interface Server {
  pool: Pool;
  path: string;
  address: URL;
  maxAnswerBytes: number;
}

interface Sent {
  headers: string[];
  body: string;
  mayRepeat: boolean;
}

/**
 * One request and its reply: what undici calls while it runs. These are its bare callbacks: `pool.request` would make
 * a stream for each body, and the newer callbacks an object of all headers.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #server: Server;
  readonly #receiver: Receiver;
  readonly #sent: Sent;
  #abort: ((error?: Error) => void) | undefined = undefined;
  #isOver = false;
  #isRepeated = false;
  #hasBegun = false;
  #status = 0;
  #contentType: string | undefined = undefined;
  #contentEncoding: string | undefined = undefined;
  #first: Buffer | undefined = undefined;
  #more: Buffer[] | undefined = undefined;

  constructor(server: Server, receiver: Receiver, sent: Sent) {
    this.#server = server;
    this.#receiver = receiver;
    this.#sent = sent;
  }

  dispatch(): void {
    const { pool, path } = this.#server;
    const { headers, body } = this.#sent;
    pool.dispatch({ method: 'POST', path, headers, body }, this);
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#abort?.();
  }

  onConnect(abort: (error?: Error) => void): void {
    // Thrown, not aborted: nothing was written, and the connection is as good as before.
    if (this.#isOver) throw new Error('Cancelled before it was sent.');
    this.#abort = abort;
  }

  /** The first byte of a reply has come. */
  onResponseStarted(): void {
    if (this.#isOver || this.#hasBegun) return;
    this.#hasBegun = true;
    this.#receiver.onBegin();
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    // Hints that come before a reply.
    if (status < 200) return true;
    this.#status = status;
    for (let place = 0; place < headers.length; place += 2) {
      const name = headers[place] as Buffer;
      // The length first: most names differ in it, and no text need be made of them.
      if (name.length !== 12 && name.length !== 16) continue;
      const text = name.toString('latin1').toLowerCase();
      if (text === 'content-type') this.#contentType = String(headers[place + 1]);
      else if (text === 'content-encoding') this.#contentEncoding = String(headers[place + 1]).toLowerCase();
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    if (!this.#first) this.#first = chunk;
    else {
      this.#more ??= [this.#first];
      this.#more.push(chunk);
    }
    return true;
  }

  onComplete(): void {
    if (this.#isOver) return;
    this.#abort = undefined;
    const bytes = this.#more ? Buffer.concat(this.#more) : this.#first;
    const encoding = this.#contentEncoding;
    if (!bytes || encoding === undefined || encoding === 'identity') {
      this.#reply(bytes);
      return;
    }
    unpack(bytes, encoding, this.#server.maxAnswerBytes).then(
      (unpacked) => this.#reply(unpacked),
      (failure) => this.#fail(failure),
    );
  }

  onError(error: Error): void {
    if (this.#isOver) return;
    this.#abort = undefined;
    if (this.#mayRepeat(error)) {
      this.#isRepeated = true;
      // In another turn: a server that ended one connection may have ended them all, and the pool is to see it first.
      setImmediate(() => this.#repeat());
      return;
    }
    // undici refuses some requests at once, and nobody is to hear before `send` has returned.
    const failure = failureOf(error, this.#server);
    queueMicrotask(() => this.#fail(failure));
  }

  #repeat(): void {
    if (!this.#isOver) this.dispatch();
  }

  /**
   * A server may close a connection just when a request goes out on it. A read may then go out once more, if the
   * connection had carried others before and nothing of a reply came; anything else may have been done already.
   */
  #mayRepeat(error: Error): boolean {
    if (!this.#sent.mayRepeat || this.#isRepeated || this.#hasBegun) return false;
    const { code, socket } = error as { code?: unknown; socket?: { bytesRead?: number } };
    if (code === 'UND_ERR_SOCKET') return socket?.bytesRead !== 0;
    return code === 'ECONNRESET' || code === 'EPIPE';
  }

  #reply(bytes: Buffer | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const text = bytes ? bytes.toString('utf8') : '';
    this.#receiver.onReply({ status: this.#status, contentType: this.#contentType, text });
  }

  #fail(failure: SubgraphFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#receiver.onFailure(failure);
  }
}

function failureOf(error: Error, { address, maxAnswerBytes }: Server): SubgraphFailure {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new SubgraphFailure('too large', `Expected at most ${maxAnswerBytes} bytes, but got: more.`);
  }
  // Where a name stands for several addresses, the error of them all has a code and no message.
  const reason = `Expected ${address.origin} to answer, but got: ${error.message || code || error.name}`;
  return new SubgraphFailure('unreachable', reason, { cause: error });
}
