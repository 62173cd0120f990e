/** The options of the gateway server. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { PoliciesOf } from '../auth/authorize.ts';
import type { Issuer, ReaderChecks, VerifyReader } from '../auth/verifyToken.ts';
import type { Quota } from '../demand/quota.ts';
import type { Stored } from '../operation/storedOperations.ts';
import type { Planner } from '../plan/planner.ts';
import type { Settings } from '../settings.ts';
import type { SubgraphCall } from '../wire/subgraphCall.ts';
import type { ExplorerTabs } from './explorer/tabs.ts';
import type { Ask } from './graphClient.ts';

export interface ServerOptions extends ReaderChecks {
  settings: Settings;
  supergraphSdl: string;
  /** A planner for the supergraph that is opening already, in parallel with the loading of modules. */
  opened?: Promise<Planner>;
  /** Returns an in-process call for a subgraph; undefined for subgraphs to be called at their routing URL. */
  callSubgraph?: (name: string, url: string) => SubgraphCall | undefined;
  /** Issuers whose access tokens are accepted, beside the issuer in the settings. */
  issuers?: readonly Issuer[];
  /** Evaluates policies (`@policy`) for a reader; defaults to none satisfied. */
  policies?: PoliciesOf;
  /** The stored operations; defaults to none. */
  stored?: Stored;
  /** Adds hooks that set `request.account`, which pays for the request, before any endpoint but the health checks. */
  accounts?: (app: FastifyInstance, quota: Quota) => void | Promise<void>;
  /** Whether a bearer token is an API key, which `accounts` checks, instead of an access token; defaults to never. */
  isApiKey?: (token: string) => boolean;
  /** Whether pages of an origin outside CORS_ORIGINS may call the graph, without cookies. */
  mayCall?: (origin: string) => Promise<boolean>;
  /** The operations that GraphiQL and Apollo Sandbox open with; defaults to one that suits any graph. */
  explorerTabs?: ExplorerTabs;
  /**
   * Adds further endpoints. `ask` executes stored operations; `verify` verifies access tokens for endpoints that receive them
   * outside of `Authorization`, and is undefined if no tokens are accepted. Parsers for other media types belong in `app.register`.
   */
  routes?: (app: FastifyInstance, ask: Ask, verify: VerifyReader | undefined) => void | Promise<void>;
  /** Responds with a page to a browser whose URL cannot be parsed; returns undefined for other clients. */
  unreadable?: (request: FastifyRequest, reply: FastifyReply) => FastifyReply | undefined;
  /** Rejects while a dependency is unavailable; called by /health/ready. */
  ready?: () => Promise<void>;
  log: Logger;
}
