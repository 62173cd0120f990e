/** An HTTP/1.1 connection pool to one subgraph server, with keep-alive. */
import type { Socket } from 'node:net';
import { buildConnector, type Dispatcher, Pool } from 'undici';
import { codingsOf, unpack } from './decodeContent.ts';
import { SubgraphFailure } from './subgraphCall.ts';
import type { Receiver, Send } from './transport.ts';

export interface ConnectionPool {
  send: Send;
  /** Closes the connections; requests in flight fail. */
  close: () => Promise<void>;
}

export interface PoolOptions {
  address: URL;
  maxAnswerBytes: number;
  /** Whether to read the Cache-Control of responses. */
  readsCaching?: boolean | undefined;
}

/** Maximum connections per subgraph; further requests wait for a free one. */
const connections = 128;

const connectTimeoutMs = 5000;

/** Headers of every request. No accept-encoding: within one network, compression costs more than it saves. */
const fixedHeaders: readonly string[] = [
  'accept',
  'application/graphql-response+json, application/json;q=0.9',
  'content-type',
  'application/json',
];

/**
 * Opens a pool that sends POST requests to `address`. It does not follow redirects: a routing URL that moved must be
 * corrected in the supergraph. Only connecting has a timeout; the deadline layer limits requests. Idle connections do
 * not keep the process alive.
 */
export function openPool({ address, maxAnswerBytes, readsCaching = false }: PoolOptions): ConnectionPool {
  const pool = new Pool(address.origin, {
    connections,
    connect: connectSkippingContinue,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: maxAnswerBytes,
  });
  const path = `${address.pathname}${address.search}`;
  const server: Server = { pool, path, address, maxAnswerBytes, readsCaching };

  const send: Send = (request, body, receiver) => {
    const headers = fixedHeaders.slice();
    for (const name in request.headers) headers.push(name, request.headers[name] as string);
    const exchange = new Exchange(server, receiver, { headers, body, mayRepeat: request.kind === 'query' });
    exchange.dispatch();
    return () => exchange.cancel();
  };
  return { send, close: () => pool.destroy() };
}

const connect = buildConnector({ timeout: connectTimeoutMs });

/**
 * A connector that drops unsolicited `100 Continue` responses, which a client must accept (RFC 9110 section 15.2) and
 * for which undici closes the connection.
 */
const connectSkippingContinue: buildConnector.connector = (options, callback) => {
  connect(options, (...[error, socket]) => {
    if (error) {
      callback(error, null);
      return;
    }
    skipContinue(socket);
    callback(null, socket);
  });
};

function skipContinue(socket: Socket): void {
  const read = socket.read.bind(socket);
  socket.read = (size) => {
    let chunk: unknown = read(size);
    while (Buffer.isBuffer(chunk) && isContinue(chunk)) {
      const end = chunk.indexOf('\r\n\r\n');
      if (end < 0) return chunk;
      chunk = end + 4 < chunk.length ? chunk.subarray(end + 4) : read(size);
    }
    return chunk;
  };
}

/** A chunk can begin inside a JSON string, in which a quotation mark comes before the end of the line. */
const continueLine = /^HTTP\/1\.\d 100(?: [^"\r\n]*)?\r\n/;

/** Whether a chunk begins with the status line of an interim 100 response. One byte rules out most chunks. */
const isContinue = (chunk: Buffer): boolean =>
  chunk[9] === 0x31 && continueLine.test(chunk.toString('latin1', 0, 200));

interface Server {
  pool: Pool;
  path: string;
  address: URL;
  maxAnswerBytes: number;
  readsCaching: boolean;
}

interface SentRequest {
  headers: string[];
  body: string;
  mayRepeat: boolean;
}

/**
 * One request and its response, as a handler of undici's low-level callbacks: `pool.request` would create a stream
 * per body, and the newer callbacks an object of all headers.
 */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #server: Server;
  readonly #receiver: Receiver;
  readonly #request: SentRequest;
  #abort: ((error?: Error) => void) | undefined = undefined;
  #isOver = false;
  #isRepeated = false;
  #hasBegun = false;
  #status = 0;
  #contentType: string | undefined = undefined;
  #contentEncoding: string | undefined = undefined;
  #cacheControl: string | undefined = undefined;
  #first: Buffer | undefined = undefined;
  #more: Buffer[] | undefined = undefined;

  constructor(server: Server, receiver: Receiver, request: SentRequest) {
    this.#server = server;
    this.#receiver = receiver;
    this.#request = request;
  }

  dispatch(): void {
    const { pool, path } = this.#server;
    const { headers, body } = this.#request;
    pool.dispatch({ method: 'POST', path, headers, body }, this);
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#abort?.();
  }

  onConnect(abort: (error?: Error) => void): void {
    // Thrown, not aborted: nothing was written, so the connection stays usable.
    if (this.#isOver) throw new Error('Cancelled before it was sent.');
    this.#abort = abort;
  }

  /** Called at the first byte of a response. */
  onResponseStarted(): void {
    if (this.#isOver || this.#hasBegun) return;
    this.#hasBegun = true;
    this.#receiver.onBegin();
  }

  onHeaders(status: number, headers: Buffer[]): boolean {
    // Interim responses, such as 103 Early Hints.
    if (status < 200) return true;
    this.#status = status;
    for (let place = 0; place < headers.length; place += 2) {
      const name = headers[place] as Buffer;
      const { length } = name;
      // Compares lengths first: most names differ in length, which saves creating a string.
      if (length !== 12 && length !== 16 && !(length === 13 && this.#server.readsCaching)) continue;
      const text = name.toString('latin1').toLowerCase();
      if (text === 'content-type') this.#contentType = String(headers[place + 1]);
      else if (text === 'content-encoding')
        this.#contentEncoding = joined(this.#contentEncoding, headers[place + 1]);
      else if (text === 'cache-control') this.#cacheControl = joined(this.#cacheControl, headers[place + 1]);
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
    const codings = this.#contentEncoding === undefined ? [] : codingsOf(this.#contentEncoding);
    if (!bytes || codings.length === 0) {
      this.#reply(bytes);
      return;
    }
    unpack(bytes, codings, this.#server.maxAnswerBytes).then(
      (unpacked) => this.#reply(unpacked),
      (failure) => this.#fail(failure),
    );
  }

  onError(error: Error): void {
    if (this.#isOver) return;
    this.#abort = undefined;
    if (this.#mayRepeat(error)) {
      this.#isRepeated = true;
      // In a later turn: a server that closed one connection may have closed them all, and the pool must notice
      // first.
      setImmediate(() => this.#repeat());
      return;
    }
    // undici rejects some requests synchronously, but no callback may run before `send` has returned.
    const failure = failureOf(error, this.#server);
    queueMicrotask(() => this.#fail(failure));
  }

  #repeat(): void {
    if (!this.#isOver) this.dispatch();
  }

  /**
   * A server may close a connection while a request is being sent on it. A query is sent again if the connection had
   * been used before and no byte of a response arrived. A mutation is not, since it may have been executed.
   */
  #mayRepeat(error: Error): boolean {
    if (!this.#request.mayRepeat || this.#isRepeated || this.#hasBegun) return false;
    const { code, socket } = error as { code?: unknown; socket?: { bytesRead?: number } };
    if (code === 'UND_ERR_SOCKET') return socket?.bytesRead !== 0;
    return code === 'ECONNRESET' || code === 'EPIPE';
  }

  #reply(bytes: Buffer | undefined): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const text = bytes ? bytes.toString('utf8') : '';
    this.#receiver.onReply({
      status: this.#status,
      contentType: this.#contentType,
      cacheControl: this.#cacheControl,
      text,
    });
  }

  #fail(failure: SubgraphFailure): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#receiver.onFailure(failure);
  }
}

/** Repeated header lines form one list (RFC 9110 section 5.3). */
const joined = (before: string | undefined, value: unknown) =>
  before === undefined ? String(value) : `${before}, ${value}`;

function failureOf(error: Error, { address, maxAnswerBytes }: Server): SubgraphFailure {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new SubgraphFailure('too large', `Expected at most ${maxAnswerBytes} bytes, but got: more.`);
  }
  // If a host name has several addresses, the aggregate error has a code and no message.
  const reason = `Expected ${address.origin} to answer, but got: ${error.message || code || error.name}`;
  return new SubgraphFailure('unreachable', reason, { cause: error });
}
