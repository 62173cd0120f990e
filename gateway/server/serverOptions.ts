/** What a gateway server is made of. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { PoliciesOf } from '../auth/authorize.ts';
import type { Issuer, ReaderChecks, VerifyReader } from '../auth/verifyToken.ts';
import type { Quota } from '../demand/quota.ts';
import type { Stored } from '../operation/storedOperations.ts';
import type { Planner } from '../plan/planner.ts';
import type { Settings } from '../settings.ts';
import type { SubgraphCall } from '../wire/subgraphCall.ts';
import type { Ask } from './graphClient.ts';

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
  /** Whether a bearer token is an API key, which `accounts` checks, and so no access token; none is unless given. */
  isApiKey?: (token: string) => boolean;
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
