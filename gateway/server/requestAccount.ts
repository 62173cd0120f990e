/**
 * The account that pays for a request, and the rate limit headers of its response:
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
  /** For the access log. */
  name: string;
  mayExplore: boolean;
  /** The key of its quota. */
  key: string;
  /** Maximum cost in one window. */
  limit: number;
}

/** The account of one request, which sets the rate limit headers of the response when it is charged. */
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

/** Charges requests without an account by their address. Runs after the steps that set accounts of API keys. */
export function addPublicAccounts(
  app: FastifyInstance,
  quota: Quota,
  { publicQuota: limit, addressSalt, trustProxy }: Settings,
  log: Logger,
): void {
  if (limit === 0) return;
  const keyOf = openAddressKeys(addressSalt ?? randomBytes(32).toString('base64'));
  let hasWarned = trustProxy !== undefined;
  app.addHook('onRequest', (request, reply, done) => {
    if (!hasWarned && request.headers['x-forwarded-for'] !== undefined) {
      hasWarned = true;
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
