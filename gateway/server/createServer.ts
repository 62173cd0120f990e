/** Creates the gateway server from its parts, and starts, drains and stops it. */
import { setImmediate } from 'node:timers/promises';
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { parse, validate } from 'graphql';
import type { Logger } from 'pino';
import { StartError } from '../../kit/startError.ts';
import { anonymousReader } from '../auth/readerClaims.ts';
import { openVerifierOf } from '../auth/verifyToken.ts';
import { openScales } from '../demand/enforceCost.ts';
import { openQuota } from '../demand/quota.ts';
import { callerError, systemCodeOf } from '../errors.ts';
import type { Graph } from '../execute/graph.ts';
import { openGraphsOf } from '../openGraphs.ts';
import { openKnownOperations } from '../operation/knownOperations.ts';
import { nothingStored, type Stored } from '../operation/storedOperations.ts';
import { openPipeline } from '../operationSteps.ts';
import type { Settings } from '../settings.ts';
import { watchMethods } from './allowedMethods.ts';
import { createApollo } from './apolloServer.ts';
import { type Connections, openConnections } from './connections.ts';
import { openTabs } from './explorer/tabs.ts';
import { createFastPath } from './fastPath.ts';
import { answerFailure, refuseMethod, sendError } from './formatErrors.ts';
import { createAsk } from './graphClient.ts';
import { httpSteps, type ServerParts } from './httpSteps.ts';
import { answerBroken } from './malformedRequest.ts';
import { numberOf } from './requestId.ts';
import type { ServerOptions } from './serverOptions.ts';

export interface GatewayServer {
  app: FastifyInstance;
  /** Listens on the port and resolves to the URL that clients use; rejects with a ListenError when the port is in use. */
  listen: () => Promise<string>;
  /** Rejects while the server cannot answer requests, as /health/ready tells. */
  ready: () => Promise<void>;
  /** Replaces the supergraph. Rejects with a SupergraphError if the new one cannot be run; the current one then stays. */
  replaceSupergraph: (supergraphSdl: string) => Promise<void>;
  /**
   * Prepares the shutdown: /health/ready answers 503, and each connection is closed with its next response. Resolves when no
   * connection is left, or after about a second; the server then accepts no new connections.
   */
  drain: () => Promise<void>;
  /** Refuses new requests, waits up to `drainTimeoutMs` for those in flight, then closes. May be called repeatedly. */
  stop: () => Promise<void>;
}

/** The server cannot listen on its port; the message is for the operator. */
export class ListenError extends StartError {
  override name = 'ListenError';
}

/** A slug has at most 120 characters, each of which may take twelve in a URL. */
const maxParamLength = 1500;

/** Time limit for receiving a request. */
const requestTimeoutMs = 30_000;

/** Maximum wait for open connections to close while draining. */
const graceMs = 1000;

/** Creates a gateway that is ready to listen. Rejects with a SupergraphError if the supergraph cannot be run. */
export async function createServer(options: ServerOptions): Promise<GatewayServer> {
  const { settings, stored = nothingStored, log } = options;
  const onUnknownSubgraph = (subgraph: string) =>
    log.warn({ subgraph }, 'unknown subgraph in PROPAGATE_HEADERS');
  const graphs = await openGraphsOf({ ...options, onUnknownSubgraph, enforces: true });
  const scales = openScales((schema) => graphs.of(schema).fullSchema, settings);
  const pipeline = openPipeline({
    ...{ graphs, stored, settings, scales },
    known: openKnownOperations(Math.ceil(settings.operationCacheBytes / 6)),
    // Calls over HTTP carry the identity in a signed credential.
    forwardsIdentity: settings.gatewaySecrets.length > 0 || options.callSubgraph !== undefined,
  });
  const apollo = createApollo({ pipeline, graphs, stored, settings, scales, log });
  await apollo.start();
  void planStored(graphs.now(), stored, log);

  const state = { isDraining: false, isStopping: false };
  const connections = openConnections(requestTimeoutMs);
  const app = createApp(options, connections);
  const quota = openQuota({ redisUrl: settings.redisUrl, log });
  const ask = createAsk({ graphs, pipeline, settings, log });
  const parts: ServerParts = {
    ...{ options, settings, graphs, stored, state, quota, apollo, ask },
    tabsFor: openTabs({ settings, explorerTabs: options.explorerTabs, ask, log }),
    verify: openVerifierOf(settings, options.issuers, options),
    fastPath: createFastPath({ graphs, pipeline, stored, settings, log }),
  };
  for (const { add } of httpSteps) await add(app, parts);

  async function drain(): Promise<void> {
    log.info('stopping');
    state.isDraining = true;
    if (!app.server.listening) return;
    await connections.closed(Math.min(graceMs, settings.drainTimeoutMs));
    await connections.lastCall(() => void app.server.close());
  }

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    state.isDraining = true;
    state.isStopping = true;
    const startMs = performance.now();
    const timer = setTimeout(() => app.server.closeAllConnections(), settings.drainTimeoutMs);
    await app.close().finally(() => clearTimeout(timer));
    await apollo.stop();
    quota.close();
    log.info({ ms: Math.round(performance.now() - startMs) }, 'stopped');
  }

  return {
    app,
    ready: async () => {
      if (state.isDraining) throw new Error('The gateway is stopping.');
      await options.ready?.();
    },
    replaceSupergraph: (sdl) => graphs.replace(sdl),
    listen: () => listen(app, settings),
    drain,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Maximum stored operations that are planned at start; the cache holds about as many. */
const maxPlannedAtStart = 500;

/**
 * Validates the stored operations one after the other, and logs those that do not fit the schema. Plans the first of them, in full
 * and as an anonymous reader sees them.
 */
async function planStored(graph: Graph, { all }: Stored, log: Logger): Promise<void> {
  for (const [index, { name, body }] of all.entries()) {
    const document = parse(body);
    const [problem] = validate(graph.apiSchema, document);
    if (problem) log.warn({ operation: name, reason: problem.message }, 'stored operation invalid');
    // A planning error is reported to the first request for the operation.
    else if (index < maxPlannedAtStart)
      for (const reader of [undefined, () => anonymousReader])
        await graph.explain({ document, operationName: name, reader }).catch(() => undefined);
    // Requests are answered between two operations.
    await setImmediate();
  }
}

function createApp({ settings, unreadable, log }: ServerOptions, connections: Connections): FastifyInstance {
  const handleError = answerFailure(settings);
  const app = fastify({
    loggerInstance: log as FastifyInstance['log'],
    // server/requestId.ts writes the access log.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: numberOf,
    requestIdHeader: false,
    bodyLimit: settings.maxBodyBytes,
    trustProxy: settings.trustProxy ?? false,
    serverFactory: connections.serverFactory,
    routerOptions: { maxParamLength },
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerBroken(requestTimeoutMs, connections),
    frameworkErrors: (error, request, reply) =>
      unreadable?.(request, reply) ?? handleError(error, request, reply),
  });
  app.setErrorHandler(handleError);
  const methodsAt = watchMethods(app);
  app.setNotFoundHandler(({ method, url }, reply) => {
    const [path = ''] = url.split('?', 1);
    const served = methodsAt(path);
    if (served.length > 0 && !served.includes(method)) return refuseMethod(reply, method, served);
    return sendError(reply, callerError('NOT_FOUND', { path: `${method} ${path.slice(0, 200)}` }));
  });
  return app;
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
