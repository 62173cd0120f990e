/** Subgraphs on real ports, for journeys: the tiny ones, and ones that misbehave. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runTiny } from './tiny-graph.ts';

export interface SubgraphServer {
  url: string;
  /** The headers of every request so far. */
  seen: IncomingMessage['headers'][];
  close: () => Promise<void>;
}

type Handle = (request: IncomingMessage, body: string, response: ServerResponse) => void | Promise<void>;

/** A server on a free port of this machine. */
export async function serveHttp(handle: Handle): Promise<SubgraphServer> {
  const seen: SubgraphServer['seen'] = [];
  const server = createServer(async (request, response) => {
    seen.push(request.headers);
    let body = '';
    for await (const chunk of request) body += chunk;
    await handle(request, body, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The tiny subgraph `name` over HTTP. */
export function serveTiny(name: string): Promise<SubgraphServer> {
  return serveHttp(async (_request, body, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await runTiny(name, JSON.parse(body))));
  });
}
