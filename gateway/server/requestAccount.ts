/**
 * Who pays for a request, and what they are told of it: the header fields of
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ and Retry-After.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Account } from '../demand/account.ts';
import { type Quota, windowSeconds } from '../demand/quota.ts';
import { callerError } from '../errors.ts';
import type { Settings } from '../settings.ts';
import { openAddressKeys } from './listenAddress.ts';

export interface Payer {
  /** For the log. */
  name: string;
  mayExplore: boolean;
  /** Under which it is counted. */
  key: string;
  /** What it may spend in a window. */
  limit: number;
}

/** The account of one request, which writes on its answer what was spent. */
export function accountOf(
  { name, mayExplore, key, limit }: Payer,
  quota: Quota,
  reply: FastifyReply,
): Account {
  const spend = async (cost: number) => {
    reply.header('ratelimit-policy', `"default";q=${limit};w=${windowSeconds}`);
    if (cost > limit) throw callerError('OPERATION_TOO_LARGE', { limit: wholeQuota(limit), got: cost });
    const { isGiven, left, resetSeconds } = await quota.take(key, cost, limit);
    reply.header('ratelimit', `"default";r=${left};t=${resetSeconds}`);
    if (isGiven) return;
    reply.header('retry-after', String(resetSeconds));
    throw callerError('RATE_LIMITED', { limit, window: windowSeconds, retryAfter: resetSeconds });
  };
  return { name, mayExplore, spend };
}

const wholeQuota = (limit: number) => `a cost of ${limit}, the caller's quota for ${windowSeconds} seconds`;

/** Whoever is nobody in particular pays by their address. Whoever says who they are has to have been asked before. */
export function addPublicAccounts(
  app: FastifyInstance,
  quota: Quota,
  { publicQuota: limit, addressSalt, trustProxy }: Settings,
  log: Logger,
): void {
  if (limit === 0) return;
  const keyOf = openAddressKeys(addressSalt ?? randomBytes(32).toString('base64'));
  let isTold = trustProxy !== undefined;
  app.addHook('onRequest', (request, reply, done) => {
    if (!isTold && request.headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      log.warn(
        'x-forwarded-for ignored because TRUST_PROXY is not set; clients behind a proxy share one quota',
      );
    }
    request.account ??= accountOf(
      { name: 'public', mayExplore: false, key: keyOf(request.ip || 'unknown'), limit },
      quota,
      reply,
    );
    done();
  });
}
