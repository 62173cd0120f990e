/**
 * Connections of the HTTP server: limits the concurrent requests of one connection, sets the timeouts, and tracks open connections
 * for shutdown. Pipelined requests (RFC 9112 section 9.3.2) are all answered, in order; they are queued while a client reads its
 * responses slowly.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyServerFactory, FastifyServerFactoryHandler } from 'fastify';

/** Maximum concurrent requests of one connection. */
export const mostUnderWay = 16;

/** Maximum queued requests of one connection before reading is paused; requests of the same packet are queued beyond it. */
const maxQueued = 16;

/** Timeout of idle connections: longer than that of proxies, so that the proxy closes them first. */
const keepAliveMs = 72_000;

/** Poll interval for open connections while draining, and the number of polls without one that count as closed. */
const stepMs = 20;
const quietSteps = 4;

/** How long new requests are held back before the server stops listening. */
const lastCallMs = 100;

/** Interval at which Node checks request timeouts. */
const checkEveryMs = 1000;

export interface Connections {
  /** Creates the HTTP server for Fastify. */
  serverFactory: FastifyServerFactory;
  /** Whether a complete request of this connection awaits its response, or a response has begun. */
  isBusy: (socket: Socket) => boolean;
  /** Resolves when no connection has been open for a while, or after `atMostMs`. */
  closed: (atMostMs: number) => Promise<void>;
  /**
   * Holds requests back for a moment, calls `stopListening`, then handles them: a client that sends requests in a loop is then waiting
   * for a response, and not about to open a connection.
   */
  lastCall: (stopListening: () => void) => Promise<void>;
}

/** The requests of one connection. */
interface Line {
  underWay: Set<ServerResponse>;
  waiting: { request: IncomingMessage; response: ServerResponse }[];
  /** Whether reading is paused because too many requests are queued. */
  isHeld: boolean;
  /** Whether a listener pauses the socket again after Node resumes it. */
  isWatched: boolean;
}

/** `requestTimeoutMs` is the time limit for receiving a request, headers and body together. */
export function openConnections(requestTimeoutMs: number): Connections {
  const lines = new WeakMap<Socket, Line>();
  const open = new Set<Socket>();
  let opened = 0;
  /** Requests that `lastCall` holds back; undefined otherwise. */
  let heldBack: (() => void)[] | undefined;

  const lineOf = (socket: Socket): Line => {
    const existing = lines.get(socket);
    if (existing) return existing;
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
      // The client has disconnected: drop its queued requests.
      if (socket.destroyed) line.waiting.length = 0;
      while (line.underWay.size < mostUnderWay) {
        const first = line.waiting.shift();
        if (!first) break;
        run(line, first.request, first.response);
      }
      if (line.waiting.length > maxQueued || !line.isHeld) return;
      line.isHeld = false;
      socket.resume();
    }

    return (request: IncomingMessage, response: ServerResponse): void => {
      if (heldBack) heldBack.push(() => take(request, response));
      else take(request, response);
    };

    function take(request: IncomingMessage, response: ServerResponse): void {
      const { socket } = request;
      const line = lineOf(socket);
      if (line.underWay.size < mostUnderWay && line.waiting.length === 0) run(line, request, response);
      else {
        line.waiting.push({ request, response });
        // A paused socket does not report a disconnect, so pause only above the limit.
        if (line.waiting.length > maxQueued) hold(line, socket);
      }
    }
  }

  const serverFactory: FastifyServerFactory = (handler) => {
    const server = createServer(
      {
        requestTimeout: requestTimeoutMs,
        // Node uses the longer of the two for the whole request.
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
        // Node emits "close" only for the response whose turn it is.
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
      // A client whose connection was closed by a response may open the next at once.
      for (let quiet = 0; quiet < quietSteps && performance.now() < until; ) {
        const before = opened;
        await delay(Math.min(stepMs, atMostMs));
        quiet = open.size === 0 && opened === before ? quiet + 1 : 0;
      }
    },
    lastCall: async (stopListening) => {
      if (open.size > 0) {
        heldBack = [];
        await delay(lastCallMs);
      }
      stopListening();
      const requests = heldBack ?? [];
      heldBack = undefined;
      for (const run of requests) run();
      // They pass the refuseWhileStopping step before the server starts to refuse requests.
      await new Promise(setImmediate);
    },
  };
}

/** Pauses reading of a connection and keeps it paused: Node resumes a socket once written data has been flushed. */
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
