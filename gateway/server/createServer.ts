/** The gateway as one thing that is made, listens and stops. */
import { type FastifyInstance, fastify, LogController } from 'fastify';
import { parse, validate } from 'graphql';
import type { Logger } from 'pino';
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
import { createFastPath } from './fastPath.ts';
import { answerFailure, refuseMethod, sendError } from './formatErrors.ts';
import { createAsk } from './graphClient.ts';
import { httpSteps, type ServerParts } from './httpSteps.ts';
import { answerBroken } from './malformedRequest.ts';
import { numberOf } from './requestId.ts';
import type { ServerOptions } from './serverOptions.ts';

export interface GatewayServer {
  app: FastifyInstance;
  /** Opens the port and resolves to the address that callers use; rejects with a ListenError when it is taken. */
  listen: () => Promise<string>;
  /** Puts another supergraph in the place of this one; rejects with a SupergraphError, and changes nothing, when it cannot be run. */
  replaceSupergraph: (supergraphSdl: string) => Promise<void>;
  /**
   * Says that it is going to stop: /health/ready answers 503, and each connection is closed with its next answer. Resolves when none
   * is left, or after a second; then no other is opened.
   */
  drain: () => Promise<void>;
  /** Takes no more requests, lets those under way end for `drainTimeoutMs`, then closes. Safe to call twice. */
  stop: () => Promise<void>;
}

/** The port cannot be had; the message is for whoever starts the gateway. */
export class ListenError extends Error {
  override name = 'ListenError';
}

/** A slug has 120 characters at most, and in an address each may take twelve. */
const maxParamLength = 1500;

/** How long a caller may take to send a request. */
const requestTimeoutMs = 30_000;

/** How long connections that are kept may be used for one more request, once it is known that there will be no other. */
const graceMs = 1000;

/** Makes the gateway, ready to listen; rejects with a SupergraphError when the supergraph cannot be run. */
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
  const parts: ServerParts = {
    ...{ options, settings, stored, state, quota, apollo },
    verify: openVerifierOf(settings, options.issuers, options),
    fastPath: createFastPath({ graphs, pipeline, stored, settings, log }),
    ask: createAsk({ graphs, pipeline, settings, log }),
  };
  for (const { add } of httpSteps) await add(app, parts);

  async function drain(): Promise<void> {
    state.isDraining = true;
    if (!app.server.listening) return;
    await connections.closed(Math.min(graceMs, settings.drainTimeoutMs));
    await connections.lastCall(() => void app.server.close());
  }

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    state.isDraining = true;
    state.isStopping = true;
    const timer = setTimeout(() => app.server.closeAllConnections(), settings.drainTimeoutMs);
    await app.close().finally(() => clearTimeout(timer));
    await apollo.stop();
    quota.close();
  }

  return {
    app,
    replaceSupergraph: (sdl) => graphs.replace(sdl),
    listen: () => listen(app, settings),
    drain,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/**
 * Plans what is stored before anybody asks, whole and as anybody may see it, one after the other; tells the log of what
 * does not fit the graph.
 */
async function planStored(graph: Graph, { all }: Stored, log: Logger): Promise<void> {
  for (const { name, body } of all) {
    const document = parse(body);
    const [problem] = validate(graph.apiSchema, document);
    if (problem) log.warn({ operation: name, reason: problem.message }, 'stored operation invalid');
    // Whoever asks for one that cannot be planned is told.
    else
      for (const reader of [undefined, () => anonymousReader])
        await graph.explain({ document, operationName: name, reader }).catch(() => undefined);
  }
}

function createApp({ settings, unreadable, log }: ServerOptions, connections: Connections): FastifyInstance {
  const answer = answerFailure(settings);
  const app = fastify({
    loggerInstance: log as FastifyInstance['log'],
    // The one line of a request is written by server/requestId.ts.
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
    frameworkErrors: (error, request, reply) => unreadable?.(request, reply) ?? answer(error, request, reply),
  });
  app.setErrorHandler(answer);
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
