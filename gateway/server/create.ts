/** The gateway as one thing that is made, listens and stops. */
import cors from '@fastify/cors';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import type { Logger } from 'pino';
import { callerError, shortenMessage, systemCodeOf } from '../errors.ts';
import { createExecutor } from '../execute/stock.ts';
import { layers } from '../journey.ts';
import type { Settings } from '../settings.ts';
import { SupergraphError } from '../supergraph/load.ts';
import type { SubgraphCall } from '../wire/call.ts';
import { type HttpWire, openHttpWire } from '../wire/http.ts';
import { answerFailure, sendError } from './answer.ts';
import { corsOptions } from './cors.ts';
import { addGraphQL, createApollo } from './graphql.ts';
import { addHealth } from './health.ts';
import { addRequestLog, numberOf } from './number.ts';

export interface ServerOptions {
  settings: Settings;
  supergraphSdl: string;
  /** A call that stays in this process, for the subgraphs that it knows; the others are called at their routing URL. */
  callSubgraph?: (name: string, url: string) => SubgraphCall | undefined;
  /** Adds the doors of others; they may bring media types of their own inside `app.register`. */
  routes?: (app: FastifyInstance) => void | Promise<void>;
  /** Rejects while something that answers depend on is missing; asked by /health/ready. */
  ready?: () => Promise<void>;
  log: Logger;
}

export interface GatewayServer {
  app: FastifyInstance;
  /** Opens the port and resolves to the address that callers use; rejects with a ListenError when it is taken. */
  listen: () => Promise<string>;
  /** Takes no more requests, lets those under way end for `drainTimeoutMs`, then closes. Safe to call twice. */
  stop: () => Promise<void>;
}

/** The port cannot be had; the message is for whoever starts the gateway. */
export class ListenError extends Error {
  override name = 'ListenError';
}

/** How long a caller may take to send a request. */
const requestTimeoutMs = 30_000;

/** Makes the gateway, ready to listen; rejects with a SupergraphError when the supergraph cannot be run. */
export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { settings, supergraphSdl, callSubgraph, routes, ready = async () => {}, log } = options;
  const wires: HttpWire[] = [];
  const callOf = (name: string, url: string): SubgraphCall => {
    const inside = callSubgraph?.(name, url);
    const call = inside ?? openWire(wires, name, url, settings);
    return layers(settings).reduceRight((inner, layer) => layer(inner), call);
  };
  const apollo = createApollo(
    createExecutor({ supergraphSdl, settings, callOf, log }),
    supergraphSdl,
    settings,
    log,
  );
  try {
    await apollo.start();
  } catch (error) {
    const reason = shortenMessage(error instanceof Error ? error.message : String(error));
    throw new SupergraphError(`Expected a supergraph that this gateway can run, but got: ${reason}`);
  }

  let isDraining = false;
  const app = createApp(settings, log);
  app.addHook('onRequest', async (request, reply) => {
    if (isDraining && !request.url.startsWith('/health/')) {
      return sendError(reply.header('connection', 'close'), callerError('SHUTTING_DOWN'));
    }
  });
  addHealth(app, { isDraining: () => isDraining, ready, log });
  await app.register(cors, corsOptions(settings));
  addGraphQL(app, apollo, settings);
  await routes?.(app);

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    isDraining = true;
    const timer = setTimeout(() => app.server.closeAllConnections(), settings.drainTimeoutMs);
    await app.close().finally(() => clearTimeout(timer));
    await apollo.stop();
    await Promise.all(wires.map((wire) => wire.close()));
  }

  return {
    app,
    listen: () => listen(app, settings),
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function createApp(settings: Settings, log: Logger): FastifyInstance {
  const app = fastify({
    loggerInstance: log as FastifyInstance['log'],
    // The one line of a request is written by server/number.ts.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: numberOf,
    requestIdHeader: false,
    bodyLimit: settings.maxBodyBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    frameworkErrors: answerFailure(settings),
  });
  addRequestLog(app);
  app.setErrorHandler(answerFailure(settings));
  app.setNotFoundHandler(({ method, url }, reply) => {
    const path = `${method} ${url.split('?', 1)[0]?.slice(0, 200)}`;
    return sendError(reply, callerError('NOT_FOUND', { path }));
  });
  return app;
}

function openWire(wires: HttpWire[], name: string, url: string, { maxAnswerBytes }: Settings): SubgraphCall {
  const wire = openHttpWire({ name, url, maxAnswerBytes });
  wires.push(wire);
  return wire.call;
}

async function listen(app: FastifyInstance, { host, port, publicUrl }: Settings): Promise<string> {
  try {
    const address = await app.listen({ host, port });
    return publicUrl ?? address;
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EADDRINUSE') {
      throw new ListenError(
        `Expected port ${port} of ${host} to be free, but another program listens there.`,
      );
    }
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
      throw new ListenError(`Expected to be allowed to listen on port ${port} of ${host}, but got: ${code}.`);
    }
    throw error;
  }
}
