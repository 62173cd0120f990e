/** Identifies partners by the API key of a request, and sets their rights and account. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Quota } from '../../gateway/demand/quota.ts';
import { accountOf } from '../../gateway/server/requestAccount.ts';
import type { Settings } from '../../gateway/settings.ts';
import type { Database } from '../../subgraphs/store/database.ts';
import { partnerError } from '../errors.ts';
import type { PartnerSettings } from '../settings.ts';
import { keyStart, prefixOf } from './key.ts';
import { openOrigins } from './origins.ts';
import type { Partner } from './partner.ts';
import { openKeyStore, type PartnerRow } from './store.ts';
import { openVerifier, type Verifier } from './verify.ts';

export interface AccountsOptions {
  /** The database of `keysOwner`; its migrations must be applied. */
  database: Database;
  settings: Pick<Settings, 'publicUrl'> & Pick<PartnerSettings, 'partnerQuota'>;
  log: Logger;
  clock?: () => Date;
}

export interface Accounts {
  /**
   * Adds the hook that sets `request.partner` and `request.account` of requests with an API key. It answers 401 to a
   * key that is not active, and 403 to an origin that may not send it. Other requests are unchanged.
   */
  add: (app: FastifyInstance, quota: Quota) => void;
  /** Whether pages of the origin may make requests without cookies (CORS). */
  mayCall: (origin: string) => Promise<boolean>;
  stop: () => Promise<void>;
}

/** Opens partner accounts on one database. */
export function openAccounts({
  database,
  settings,
  log,
  clock = () => new Date(),
}: AccountsOptions): Accounts {
  const store = openKeyStore(database);
  const verifier = openVerifier({ store, log, clock });
  return {
    add(app, quota) {
      const admit = openDoor(verifier, quota, settings);
      app.decorateRequest('partner', undefined);
      app.addHook('onRequest', (request, reply, done) => {
        const key = keyIn(request);
        if (key === undefined) done();
        else admit(request, reply, key).then(() => done(), done);
      });
    },
    mayCall: openOrigins({ store, log, clock }),
    stop: verifier.settled,
  };
}

type Admit = (request: FastifyRequest, reply: FastifyReply, key: string) => Promise<void>;

/** Handles a request with an API key. */
function openDoor(verifier: Verifier, quota: Quota, settings: AccountsOptions['settings']): Admit {
  const ownOrigin = settings.publicUrl === undefined ? undefined : new URL(settings.publicUrl).origin;
  return async (request, reply, key) => {
    const row = await verifier.verify(key).catch((error: unknown) => {
      const isRefused = error instanceof GraphQLError;
      if (isRefused) reply.header('www-authenticate', 'Bearer realm="dateline", error="invalid_token"');
      throw error;
    });
    hide(request, key);
    const { origin } = request.headers;
    const isOwn = origin === ownOrigin || origin === `${request.protocol}://${request.host}`;
    if (origin !== undefined && !isOwn && !maySend(row, origin))
      throw partnerError('ORIGIN_NOT_ALLOWED', { origin });
    const partner = partnerOf(row);
    const name = `partner ${partner.name}`;
    const limit = row.quota ?? settings.partnerQuota;
    request.partner = partner;
    request.note.account = name;
    request.account = accountOf(
      { name, mayExplore: row.mayExplore, key: `partner:${partner.id}`, limit },
      quota,
      reply,
    );
  };
}

/** A token or parameter without the prefix of keys is not an API key. */
function keyIn({ headers, query }: FastifyRequest): string | undefined {
  const own = headers['x-partner-key'];
  if (own !== undefined) return String(own);
  const { authorization = '' } = headers;
  const token = /^Bearer /i.test(authorization) ? authorization.slice('Bearer '.length).trim() : '';
  if (token.startsWith(keyStart)) return token;
  const { key } = (query ?? {}) as { key?: unknown };
  return typeof key === 'string' && key.startsWith(keyStart) ? key : undefined;
}

/**
 * Replaces the key by its prefix in the request's headers, so that no subgraph and no log sees the secret. Always sets
 * x-partner-key, so that caches treat the response as private.
 */
function hide({ headers }: FastifyRequest, key: string): void {
  const shown = `${keyStart}${prefixOf(key)}`;
  if (headers.authorization?.includes(key)) headers.authorization = `Bearer ${shown}`;
  headers['x-partner-key'] = shown;
}

const maySend = ({ origins }: PartnerRow, origin: string) => origins.length === 0 || origins.includes(origin);

const partnerOf = ({ id, name, rights, origins }: PartnerRow): Partner => ({ id, name, rights, origins });
