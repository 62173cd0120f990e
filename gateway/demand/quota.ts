/** Counts what callers spend: in Redis, where replicas share the count, or in memory. */
import type { Logger } from 'pino';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterRes } from 'rate-limiter-flexible';
import { openRedis, type Redis } from './redisClient.ts';

/** A window begins with the first that is spent in it; at its end all of it is there again. */
export const windowSeconds = 60;

/** How a caller stands after asking for some of their quota. */
export interface QuotaState {
  /** Whether it was given; where it was not, nothing was taken. */
  isGiven: boolean;
  left: number;
  /** Until all of it is there again; at least 1. */
  resetSeconds: number;
}

export interface Quota {
  /** Takes `cost` from the `limit` that `key` has in a window. Never fails: without Redis it counts in memory. */
  take: (key: string, cost: number, limit: number) => Promise<QuotaState>;
  close: () => void;
}

interface QuotaOptions {
  redisUrl: string | undefined;
  log: Logger;
}

/** In memory unless there is a Redis. While that is lost each process counts for itself. */
export function openQuota({ redisUrl, log }: QuotaOptions): Quota {
  const redis = redisUrl === undefined ? undefined : openRedis(redisUrl, log);
  // One for each limit that somebody has: partners' rows name them.
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
      } catch (refused) {
        if (refused instanceof Error) throw refused;
        return { ...quotaState(refused as RateLimiterRes, limit + cost), isGiven: false };
      }
    },
    close: () => redis?.close(),
  };
}

/** `limit` is what `consumedPoints` counts up to: that of a refusal holds the cost that was not taken. */
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

/** As much of a client as the limiter uses: one that does not do as it is told is told of too, not only one that is gone. */
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

/** Takes nothing where it is too much, so that whoever asked for too much may still ask for less. */
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

/** A count whose window ends before it could be given back is not given back: it would be a present to the next one. */
const tooLateMs = 100;

/** The same in memory: the library counts what it refuses, and here it is given back. */
class ExactMemory extends RateLimiterMemory {
  override async consume(key: string | number, cost = 1): Promise<RateLimiterRes> {
    try {
      return await super.consume(key, cost);
    } catch (refused) {
      if ((refused as RateLimiterRes).msBeforeNext > tooLateMs) await this.reward(key, cost);
      throw refused;
    }
  }
}
