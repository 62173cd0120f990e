/** A server that speaks bytes, and wires to it, for tests of what goes over a connection. */
import { createServer, type Server, type Socket } from 'node:net';
import { type HttpWire, openHttpWire } from '../../gateway/wire/httpCall.ts';
import { SubgraphFailure, type SubgraphRequest } from '../../gateway/wire/subgraphCall.ts';

const open: (() => Promise<unknown>)[] = [];

/** Closes all servers and wires, the last first. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

export interface RawServer {
  port: number;
  /** Every request so far, as it came: a character for each byte. */
  requests: string[];
  sockets: Socket[];
  close: () => Promise<void>;
}

/** What the server does with the request that is the `count`th of all, counted from 1. */
export type Act = (socket: Socket, count: number) => void;

/** A server that speaks bytes, so that it can say what no HTTP library would. */
export async function serveRaw(act: Act): Promise<RawServer> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
    let came = '';
    socket.on('data', (chunk) => {
      // One character for each byte, so that lengths count bytes.
      came += chunk.toString('latin1');
      for (;;) {
        const head = came.indexOf('\r\n\r\n');
        if (head < 0) return;
        const end = head + 4 + Number(/content-length: (\d+)/i.exec(came)?.[1] ?? 0);
        if (came.length < end) return;
        requests.push(came.slice(0, end));
        came = came.slice(end);
        act(socket, requests.length);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  open.push(close);
  return { port: typeof address === 'object' && address ? address.port : 0, requests, sockets, close };
}

export function wireTo(port: number, maxAnswerBytes = 10_000): HttpWire {
  const wire = openHttpWire({ name: 'raw', url: `http://127.0.0.1:${port}/graphql?x=1`, maxAnswerBytes });
  open.push(wire.close);
  return wire;
}

export const query: SubgraphRequest = { query: '{ a }', kind: 'query', headers: { 'x-request-id': 'r1' } };
export const mutation: SubgraphRequest = { ...query, query: 'mutation { b }', kind: 'mutation' };

/** A connection that has carried an answer is free a turn later. */
export const turn = () => new Promise((resolve) => setImmediate(resolve));

export const json = (body: string, more = '') =>
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

export const fine = json('{"data":{"a":1}}');

/** The answer to one query by a server that sends `bytes`, and ends the connection if `ends`; or the kind of failure. */
export async function outcomeOf(
  bytes: string | Buffer,
  ends = false,
  maxAnswerBytes?: number,
): Promise<unknown> {
  const server = await serveRaw((socket) => (ends ? socket.end(bytes) : socket.write(bytes)));
  const outcome = await wireTo(server.port, maxAnswerBytes)
    .call(query)
    .catch((failure: unknown) => {
      if (failure instanceof SubgraphFailure) return failure.kind;
      throw failure;
    });
  return outcome;
}
