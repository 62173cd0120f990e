/**
 * The connections of the server: how many requests of one are run at a time, how long one may take to send a request, and how many
 * there are still. Clients that send requests one behind the other (RFC 9112 section 9.3.2) have all of them answered, in order; but
 * what a client has not read, or not waited for, is no reason to run the next.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyServerFactory, FastifyServerFactoryHandler } from 'fastify';

/** Requests of one connection that are run at the same time. */
export const mostUnderWay = 16;

/** Requests of one connection that wait before no more are read; those that came in the same packet wait too. */
const mostWaiting = 16;

/** How long a connection is kept that nothing is asked on: longer than proxies keep theirs, so that they are the ones to close it. */
const keepAliveMs = 72_000;

/** How often it is looked at whether anybody is left, and for how many looks nobody may be. */
const stepMs = 20;
const quietSteps = 4;

/** How long requests are kept before no more connections are taken. */
const lastCallMs = 100;

/** How often it is looked at whether a request has come in time. */
const checkEveryMs = 1000;

export interface Connections {
  /** Makes the servers of Fastify. */
  serverFactory: FastifyServerFactory;
  /** Whether a whole request of this connection waits for its answer, or an answer has begun. */
  isBusy: (socket: Socket) => boolean;
  /** Resolves when no connection is open, and none was for a while; or after so long. */
  closed: (atMostMs: number) => Promise<void>;
  /**
   * Keeps requests for a moment, then calls `stopListening`, then has them answered: whoever asks again and again waits for an answer
   * by then, and is not about to connect.
   */
  lastCall: (stopListening: () => void) => Promise<void>;
}

interface Line {
  underWay: Set<ServerResponse>;
  waiting: { request: IncomingMessage; response: ServerResponse }[];
  /** Whether nothing is read from the connection, since requests wait. */
  isHeld: boolean;
  /** Whether it is seen when somebody else reads on. */
  isWatched: boolean;
}

/** `requestTimeoutMs` is how long a request may take to come, its headers and its body together. */
export function openConnections(requestTimeoutMs: number): Connections {
  const lines = new WeakMap<Socket, Line>();
  const open = new Set<Socket>();
  let opened = 0;
  /** Requests that are kept for a moment; undefined where none are. */
  let kept: (() => void)[] | undefined;

  const lineOf = (socket: Socket): Line => {
    const known = lines.get(socket);
    if (known) return known;
    const line: Line = { underWay: new Set(), waiting: [], isHeld: false, isWatched: false };
    lines.set(socket, line);
    return line;
  };

  function inTurn(handler: FastifyServerFactoryHandler) {
    function run(line: Line, request: IncomingMessage, response: ServerResponse): void {
      line.underWay.add(response);
      response.once('close', () => {
        line.underWay.delete(response);
        if (line.waiting.length > 0) next(line, request.socket);
      });
      handler(request, response);
    }

    function next(line: Line, socket: Socket): void {
      // The caller is gone, and nobody wants the rest.
      if (socket.destroyed) line.waiting.length = 0;
      while (line.underWay.size < mostUnderWay) {
        const first = line.waiting.shift();
        if (!first) break;
        run(line, first.request, first.response);
      }
      if (line.waiting.length > mostWaiting || !line.isHeld) return;
      line.isHeld = false;
      socket.resume();
    }

    return (request: IncomingMessage, response: ServerResponse): void => {
      if (kept) kept.push(() => take(request, response));
      else take(request, response);
    };

    function take(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      const line = lineOf(socket);
      if (line.underWay.size < mostUnderWay && line.waiting.length === 0) run(line, request, response);
      else {
        line.waiting.push({ request, response });
        // While nothing is read it is not seen either that the caller leaves: only where it has to be.
        if (line.waiting.length > mostWaiting) hold(line, socket);
      }
    }
  }

  const serverFactory: FastifyServerFactory = (handler) => {
    const server = createServer(
      {
        requestTimeout: requestTimeoutMs,
        // Node takes the longer one of the two for the whole request.
        headersTimeout: requestTimeoutMs,
        connectionsCheckingInterval: checkEveryMs,
        keepAliveTimeout: keepAliveMs,
      },
      inTurn(handler),
    );
    server.on('connection', (socket) => {
      open.add(socket);
      opened += 1;
      socket.once('close', () => {
        // Node tells only the one whose turn it is.
        for (const response of lines.get(socket)?.underWay ?? [])
          if (!response.socket) response.emit('close');
        open.delete(socket);
      });
    });
    return server as Server;
  };

  return {
    serverFactory,
    isBusy: (socket) =>
      [...(lines.get(socket)?.underWay ?? [])].some(({ headersSent, req }) => headersSent || req.complete),
    closed: async (atMostMs) => {
      if (open.size === 0) return;
      const until = performance.now() + atMostMs;
      // Whoever gets an answer that closes the connection may open the next at once.
      for (let quiet = 0; quiet < quietSteps && performance.now() < until; ) {
        const before = opened;
        await delay(Math.min(stepMs, atMostMs));
        quiet = open.size === 0 && opened === before ? quiet + 1 : 0;
      }
    },
    lastCall: async (stopListening) => {
      if (open.size > 0) {
        kept = [];
        await delay(lastCallMs);
      }
      stopListening();
      const all = kept ?? [];
      kept = undefined;
      for (const run of all) run();
      // They are past the door before it says that nobody is let in.
      await new Promise(setImmediate);
    },
  };
}

/** Reads no more of a connection, whoever else wants to: Node does once what was written has gone out. */
function hold(line: Line, socket: Socket): void {
  if (line.isHeld) return;
  line.isHeld = true;
  socket.pause();
  if (line.isWatched) return;
  line.isWatched = true;
  socket.on('resume', () => {
    if (line.isHeld) socket.pause();
  });
}
