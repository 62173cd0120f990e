/** The gateway as one thing that is made, listens and stops. */
import cors from '@fastify/cors';
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  fastify,
  LogController,
} from 'fastify';
import { parse, validate } from 'graphql';
import type { Logger } from 'pino';
import type { PoliciesOf } from '../auth/authorize.ts';
import { anonymousReader } from '../auth/readerClaims.ts';
import { type Issuer, openVerifierOf, type ReaderChecks, type VerifyReader } from '../auth/verifyToken.ts';
import { openQuota, type Quota } from '../demand/quota.ts';
import { callerError, systemCodeOf } from '../errors.ts';
import { createExecutor } from '../execute/apolloExecutor.ts';
import type { Graph } from '../execute/graph.ts';
import { openGraphsOf } from '../openGraphs.ts';
import { nothingStored, type Stored } from '../operation/storedOperations.ts';
import { executionContextOf, openPipeline } from '../pipeline.ts';
import type { Planner } from '../plan/planner.ts';
import type { Settings } from '../settings.ts';
import type { SubgraphCall } from '../wire/subgraphCall.ts';
import { watchMethods } from './allowedMethods.ts';
import { addReaders } from './authenticate.ts';
import { type Connections, openConnections } from './connections.ts';
import { unpackBodies } from './contentCoding.ts';
import { corsOptions } from './cors.ts';
import { addGraphiql } from './explorer/add.ts';
import { createDirect } from './fastPath.ts';
import { answerFailure, refuseMethod, sendError } from './formatErrors.ts';
import { type Ask, createAsk } from './graphClient.ts';
import { addGraphQL, createApollo } from './graphqlEndpoint.ts';
import { addHealth } from './health.ts';
import { answerBroken } from './malformedRequest.ts';
import { addPublicAccounts } from './requestAccount.ts';
import { addRequestLog, numberOf } from './requestId.ts';

export interface ServerOptions extends ReaderChecks {
  settings: Settings;
  supergraphSdl: string;
  /** A planner for it that is being opened already: it may begin before all else is loaded. */
  opened?: Promise<Planner>;
  /** A call that stays in this process, for the subgraphs that it knows; the others are called at their routing URL. */
  callSubgraph?: (name: string, url: string) => SubgraphCall | undefined;
  /** Whose access tokens are taken, beside those of the issuer in the settings. */
  issuers?: readonly Issuer[];
  /** Which of these policies (`@policy`) a reader satisfies; none unless given. */
  policies?: PoliciesOf;
  /** The operations that clients are known to send; none unless given. */
  stored?: Stored;
  /** Adds hooks that tell who pays for a request, by `request.account`, before any door but health sees it. */
  accounts?: (app: FastifyInstance, quota: Quota) => void | Promise<void>;
  /** Whether pages of an origin that no setting names may call, without cookies. */
  mayCall?: (origin: string) => Promise<boolean>;
  /**
   * Adds the doors of others, which get the graph to ask, and what checks access tokens, for those that find them elsewhere than
   * in `Authorization`; it is undefined where none are taken. They may bring media types of their own inside `app.register`.
   */
  routes?: (app: FastifyInstance, ask: Ask, verify: VerifyReader | undefined) => void | Promise<void>;
  /** Answers an address that cannot be read to whoever wants a page of it; undefined of anybody else. */
  unreadable?: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;
  /** Rejects while something that answers depend on is missing; asked by /health/ready. */
  ready?: () => Promise<void>;
  log: Logger;
}

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
  const { settings, stored = nothingStored, accounts, routes, ready = async () => {}, log } = options;
  const onUnknownSubgraph = (subgraph: string) =>
    log.warn({ subgraph }, 'PROPAGATE_HEADERS names a subgraph that the supergraph does not have');
  const graphs = await openGraphsOf({ ...options, onUnknownSubgraph, enforces: true });
  // A call over HTTP tells who asks by what it is signed with.
  const tells = settings.gatewaySecrets.length > 0 || options.callSubgraph !== undefined;
  const asking = {
    graphs,
    executionContextOf: executionContextOf(settings, tells),
    showsPlans: !settings.isProduction,
  };
  const journey = openPipeline((schema) => graphs.of(schema).fullSchema, stored, settings);
  const apollo = createApollo(createExecutor(asking), journey, stored, settings, log);
  const direct = createDirect({ ...asking, journey, stored, settings, log });
  const ask = createAsk({ ...asking, journey, settings, log });
  await apollo.start();
  void planStored(graphs.now(), stored, log);

  let isDraining = false;
  let isStopping = false;
  const connections = openConnections(requestTimeoutMs);
  const app = createApp(options, connections);
  app.addHook('onRequest', async (request, reply) => {
    if (isStopping && !request.url.startsWith('/health/')) {
      return sendError(reply.header('connection', 'close'), callerError('SHUTTING_DOWN'));
    }
  });
  // Who is answered last is not waited for: a connection that stays open would hold up the end.
  app.addHook('onSend', async (_request, reply) => {
    if (isDraining) reply.header('connection', 'close');
  });
  addHealth(app, { isDraining: () => isDraining, ready, log });
  await app.register(cors, corsOptions(settings, options.mayCall));
  const quota = openQuota({ redisUrl: settings.redisUrl, log });
  await accounts?.(app, quota);
  addPublicAccounts(app, quota, settings, log);
  const verify = openVerifierOf(settings, options.issuers, options);
  addReaders(app, verify);
  addGraphQL(app, apollo, direct, stored, settings);
  if (settings.servesExplorer) addGraphiql(app, stored);
  await routes?.(app, ask, verify);

  async function drain(): Promise<void> {
    isDraining = true;
    if (!app.server.listening) return;
    await connections.closed(Math.min(graceMs, settings.drainTimeoutMs));
    await connections.lastCall(() => void app.server.close());
  }

  let stopping: Promise<void> | undefined;
  async function stop(): Promise<void> {
    isDraining = true;
    isStopping = true;
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
    if (problem) log.warn({ operation: name, reason: problem.message }, 'a stored operation does not fit');
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
  addRequestLog(app);
  unpackBodies(app);
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
