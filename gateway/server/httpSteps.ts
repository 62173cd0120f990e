/** The steps of an HTTP request, in order; each adds its hooks or routes to the server. */
import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { VerifyReader } from '../auth/verifyToken.ts';
import type { Quota } from '../demand/quota.ts';
import { callerError } from '../errors.ts';
import { addReaders } from './authenticate.ts';
import { unpackBodies } from './contentCoding.ts';
import { corsOptions } from './cors.ts';
import { addGraphiql } from './explorer/add.ts';
import { sendError } from './formatErrors.ts';
import type { Ask } from './graphClient.ts';
import { addGraphQL, type EndpointOptions } from './graphqlEndpoint.ts';
import { addHealth } from './health.ts';
import { addMediaTypes } from './mediaType.ts';
import { addPublicAccounts } from './requestAccount.ts';
import { addRequestLog } from './requestId.ts';
import { addSchema, type SchemaOptions } from './schemaEndpoint.ts';
import type { ServerOptions } from './serverOptions.ts';

/** The dependencies of the steps, created once at startup. */
export interface ServerParts extends EndpointOptions, SchemaOptions {
  options: ServerOptions;
  quota: Quota;
  /** Undefined where no access tokens are accepted. */
  verify: VerifyReader | undefined;
  ask: Ask;
  state: {
    /** The server is about to stop and closes each connection with its next response. */
    isDraining: boolean;
    /** The server is stopping and refuses new requests. */
    isStopping: boolean;
  };
}

export interface HttpStep {
  name: string;
  add: (app: FastifyInstance, parts: ServerParts) => void | Promise<void>;
}

/** The order of the steps. Hooks run in this order for every request; the first matching route responds. */
export const httpSteps: readonly HttpStep[] = [
  { name: 'logRequest', add: addRequestLog },
  { name: 'negotiateMediaType', add: addMediaTypes },
  { name: 'decodeBody', add: unpackBodies },
  { name: 'refuseWhileStopping', add: refuseWhileStopping },
  { name: 'closeWhileDraining', add: closeWhileDraining },
  {
    name: 'health',
    add: (app, { state, options: { ready = async () => {}, log } }) =>
      addHealth(app, { isDraining: () => state.isDraining, ready, log }),
  },
  {
    name: 'cors',
    add: async (app, { settings, options }) =>
      void (await app.register(cors, corsOptions(settings, options.mayCall))),
  },
  { name: 'ownAccounts', add: (app, { options, quota }) => options.accounts?.(app, quota) },
  {
    name: 'publicAccount',
    add: (app, { quota, settings, options }) => addPublicAccounts(app, quota, settings, options.log),
  },
  { name: 'authenticate', add: (app, { verify, options }) => addReaders(app, verify, options.isApiKey) },
  { name: 'graphql', add: addGraphQL },
  { name: 'schema', add: addSchema },
  {
    name: 'graphiql',
    add: (app, { settings, tabsFor }) => (settings.servesExplorer ? addGraphiql(app, tabsFor) : undefined),
  },
  { name: 'ownRoutes', add: (app, { options, ask, verify }) => options.routes?.(app, ask, verify) },
];

function refuseWhileStopping(app: FastifyInstance, { state }: ServerParts): void {
  app.addHook('onRequest', async (request, reply) => {
    if (state.isStopping && !request.url.startsWith('/health/'))
      return sendError(reply.header('connection', 'close'), callerError('SHUTTING_DOWN'));
  });
}

/** Closes keep-alive connections while draining, since open ones delay the shutdown. */
function closeWhileDraining(app: FastifyInstance, { state }: ServerParts): void {
  app.addHook('onSend', async (_request, reply) => {
    if (state.isDraining) reply.header('connection', 'close');
  });
}
