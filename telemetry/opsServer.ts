/** The operations port: metrics, usage and health, never on the public port. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartError } from '../kit/startError.ts';
import { openMetrics } from './metrics.ts';
import { openUsage } from './usage.ts';

export interface OpsOptions {
  host: string;
  /** 0 for any free port. */
  port: number;
  /** Whether the start fails if the port is taken; otherwise `onTaken` is called, and nothing is served. */
  isRequired: boolean;
  onTaken: (message: string) => void;
  /** Rejects while the process cannot answer requests. */
  ready: () => Promise<void>;
}

export interface OpsServer {
  /** The base URL, such as "http://127.0.0.1:9090"; undefined if nothing is served. */
  url: string | undefined;
  close: () => Promise<void>;
}

const readyTimeoutMs = 5_000;

/** Serves `/metrics`, `/usage`, `/health/live` and `/health/ready`. Rejects with a StartError if it cannot listen. */
export async function openOpsServer(options: OpsOptions): Promise<OpsServer> {
  const metrics = openMetrics();
  const usage = openUsage();
  const routes: Record<string, (response: ServerResponse) => Promise<void> | void> = {
    '/metrics': async (response) =>
      send(response, 200, await metrics.text(), { 'content-type': metrics.contentType }),
    '/usage': (response) => sendJson(response, 200, usage.report()),
    '/health/live': (response) => sendJson(response, 200, { status: 'live' }),
    '/health/ready': async (response) => {
      const isReady = await within(readyTimeoutMs, options.ready()).then(
        () => true,
        () => false,
      );
      sendJson(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready' });
    },
  };
  const server = createServer({ requestTimeout: 10_000 }, (request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (!route)
      return sendJson(response, 404, {
        message: `Expected ${Object.keys(routes).join(', ')}, but got: ${path.slice(0, 200)}.`,
      });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      return sendJson(response, 405, { message: `Expected GET, but got: ${request.method}.` });
    }
    Promise.resolve(route(response)).catch(() => {
      if (!response.headersSent) sendJson(response, 500, { message: 'Internal server error' });
    });
  });
  const close = async () => {
    metrics.close();
    usage.close();
    if (!server.listening) return;
    await new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  };
  try {
    await listen(server, options);
  } catch (error) {
    await close();
    if (!(error instanceof StartError) || options.isRequired) throw error;
    options.onTaken(error.message);
    return { url: undefined, close: async () => {} };
  }
  const { address, port } = server.address() as AddressInfo;
  return { url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`, close };
}

function listen(server: ReturnType<typeof createServer>, { host, port }: OpsOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const got = code === 'EADDRINUSE' ? 'another program listens there' : `got: ${code}`;
      reject(new StartError(`Expected port ${port} of ${host} (OPS_PORT) to be free, but ${got}.`));
    });
    server.listen({ host, port }, resolve);
  });
}

function send(response: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}

const sendJson = (response: ServerResponse, status: number, body: object): void =>
  send(response, status, `${JSON.stringify(body)}\n`, { 'content-type': 'application/json; charset=utf-8' });

async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Expected to be ready in ${ms} ms, but got: no answer.`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
