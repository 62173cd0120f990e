/** Counts the points that callers spend per window: in Redis, shared by replicas, or in memory. */
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { openRedis, type Redis } from './redisClient.ts';

/** A window starts with the first charge in it; at its end the full quota is available again. */
export const windowSeconds = 60;

/** The result of a charge. */
export interface QuotaState {
  /** Whether the charge was accepted. A rejected charge takes nothing. */
  isGiven: boolean;
  left: number;
  /** Seconds until the window ends; at least 1. */
  resetSeconds: number;
}

export interface Quota {
  /**
   * Charges `cost` points to the quota of `key`, which is `limit` points per window. Without Redis it counts in
   * memory; it does not reject because of Redis.
   */
  take: (key: string, cost: number, limit: number) => Promise<QuotaState>;
  close: () => void;
}

interface QuotaOptions {
  redisUrl: string | undefined;
  log: Logger;
}

/** Counts in Redis if there is a URL. While the connection is lost, each process counts for itself in memory. */
export function openQuota({ redisUrl, log }: QuotaOptions): Quota {
  const redis = redisUrl === undefined ? undefined : openRedis(redisUrl, log);
  // One limiter for each limit: partners' rows have limits of their own.
  const limiters = new Map<number, RateLimiterMemory | RateLimiterRedis>();
  const limiterOf = (limit: number) => {
    const limiter = limiters.get(limit) ?? openLimiter(limit, redis);
    limiters.set(limit, limiter);
    return limiter;
  };
  return {
    async take(key, cost, limit) {
      await redis?.tried();
      try {
        return quotaState(await limiterOf(limit).consume(key, cost), limit);
      } catch (rejection) {
        if (rejection instanceof Error) throw rejection;
        return { ...quotaState(rejection as RateLimiterRes, limit + cost), isGiven: false };
      }
    },
    close: () => redis?.close(),
  };
}

/** `limit` is the base of `consumedPoints`, which for a rejected charge includes the cost that was not taken. */
function quotaState({ consumedPoints, msBeforeNext }: RateLimiterRes, limit: number): QuotaState {
  return {
    isGiven: true,
    left: Math.max(0, limit - consumedPoints),
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  };
}

function openLimiter(points: number, redis: Redis | undefined): RateLimiterMemory | RateLimiterRedis {
  const options = { points, duration: windowSeconds, keyPrefix: 'dateline:quota' };
  const memory = new ExactMemory(options);
  if (!redis) return memory;
  return new RateLimiterRedis({
    ...options,
    storeClient: watched(redis),
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    insuranceLimiter: memory,
    customIncrTtlLuaScript: takeInRedis,
  });
}

/** The part of the client that the limiter uses. Failed commands are reported, not only lost connections. */
function watched({ client, lose }: Redis) {
  return {
    get isReady() {
      return client.isReady;
    },
    eval: (...call: Parameters<typeof client.eval>) =>
      client.eval(...call).catch((error: Error) => {
        lose(error);
        throw error;
      }),
  };
}

/** A charge above the limit takes nothing, so that a smaller one can still be accepted. */
const takeInRedis = `
local after = tonumber(redis.call('get', KEYS[1]) or '0') + tonumber(ARGV[1])
local left = redis.call('pttl', KEYS[1])
local isNew = left < 0
if isNew then left = tonumber(ARGV[2]) * 1000 end
if after > tonumber(ARGV[3]) then return {after, left} end
redis.call('incrby', KEYS[1], ARGV[1])
if isNew then redis.call('pexpire', KEYS[1], left) end
return {after, left}
`;

/** With less time left than this, a charge is not refunded: the refund could land in the next window. */
const tooLateMs = 100;

/** The same in memory. The library counts rejected charges too, so they are refunded here. */
class ExactMemory extends RateLimiterMemory {
  override async consume(key: string | number, cost = 1): Promise<RateLimiterRes> {
    try {
      return await super.consume(key, cost);
    } catch (rejection) {
      if ((rejection as RateLimiterRes).msBeforeNext > tooLateMs) await this.reward(key, cost);
      throw rejection;
    }
  }
}
