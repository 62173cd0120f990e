import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { createClient } from 'redis';
import { openQuota, type Quota } from '../../../gateway/demand/quota.ts';
import { openBreakableRedis, redisUrl } from '../../support/redis.ts';

const opened: { close(): void }[] = [];
const logged: string[] = [];
const log = pino({ base: null }, { write: (line: string) => void logged.push(line) });

function open(url?: string): Quota {
  const quota = openQuota({ redisUrl: url, log });
  opened.push(quota);
  return quota;
}

afterEach(() => {
  for (const quota of opened.splice(0)) quota.close();
  logged.length = 0;
  jest.useRealTimers();
});

const stores = [
  { name: 'in memory', url: undefined },
  ...(redisUrl ? [{ name: 'in Redis', url: redisUrl }] : []),
];

describe.each(stores)('a quota counted $name', ({ url }) => {
  it('is given until it is used up, and says what is left', async () => {
    const quota = open(url);
    const key = randomUUID();
    expect(await quota.take(key, 60, 100)).toEqual({ isGiven: true, left: 40, resetSeconds: 60 });
    expect(await quota.take(key, 40, 100)).toMatchObject({ isGiven: true, left: 0 });
    const refused = await quota.take(key, 1, 100);
    expect(refused).toMatchObject({ isGiven: false, left: 0 });
    expect(refused.resetSeconds).toBeGreaterThanOrEqual(1);
    expect(refused.resetSeconds).toBeLessThanOrEqual(60);
  });

  it('takes nothing where it is asked for too much, so that less may still be had', async () => {
    const quota = open(url);
    const key = randomUUID();
    await quota.take(key, 60, 100);
    expect(await quota.take(key, 41, 100)).toMatchObject({ isGiven: false, left: 40 });
    expect(await quota.take(key, 1000, 100)).toMatchObject({ isGiven: false, left: 40 });
    expect(await quota.take(key, 40, 100)).toMatchObject({ isGiven: true, left: 0 });
  });

  it('is one for each caller', async () => {
    const quota = open(url);
    const [one, other] = [randomUUID(), randomUUID()];
    await quota.take(one, 100, 100);
    expect(await quota.take(other, 100, 100)).toMatchObject({ isGiven: true });
    expect(await quota.take(one, 1, 100)).toMatchObject({ isGiven: false });
  });

  it('never gives more than there is, in whatever order and however many at once it is asked', async () => {
    const quota = open(url);
    const costs = fc.array(fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 6 }), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(costs, fc.integer({ min: 1, max: 300 }), async (rounds, limit) => {
        const key = randomUUID();
        let given = 0;
        for (const round of rounds) {
          const before = given;
          const standings = await Promise.all(round.map((cost) => quota.take(key, cost, limit)));
          for (const [place, { isGiven }] of standings.entries()) if (isGiven) given += round[place] ?? 0;
          expect(given).toBeLessThanOrEqual(limit);
          // Nobody is refused who asks alone for what is left.
          if (round.length === 1) expect(standings[0]?.isGiven).toBe(before + (round[0] ?? 0) <= limit);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('a quota counted in memory', () => {
  it('is there again when its window has ended', async () => {
    jest.useFakeTimers();
    const quota = open();
    await quota.take('a', 100, 100);
    jest.advanceTimersByTime(59_000);
    expect(await quota.take('a', 1, 100)).toEqual({ isGiven: false, left: 0, resetSeconds: 1 });
    jest.advanceTimersByTime(1_001);
    expect(await quota.take('a', 100, 100)).toEqual({ isGiven: true, left: 0, resetSeconds: 60 });
  });
});

const withRedis = redisUrl ? describe : describe.skip;

withRedis('a quota counted in a real Redis', () => {
  it('is one for all replicas', async () => {
    const [one, other] = [open(redisUrl), open(redisUrl)];
    const key = randomUUID();
    expect(await one.take(key, 70, 100)).toMatchObject({ isGiven: true, left: 30 });
    expect(await other.take(key, 30, 100)).toMatchObject({ isGiven: true, left: 0 });
    expect(await one.take(key, 1, 100)).toMatchObject({ isGiven: false });
  });

  it('goes on in memory where Redis breaks, and says so once', async () => {
    const redis = await openBreakableRedis();
    opened.push(redis);
    const quota = open(redis.url);
    const key = randomUUID();
    expect(await quota.take(key, 70, 100)).toMatchObject({ isGiven: true, left: 30 });
    redis.close();
    expect(await quota.take(key, 80, 100)).toMatchObject({ isGiven: true, left: 20 });
    expect(await quota.take(key, 30, 100)).toMatchObject({ isGiven: false, left: 20 });
    expect(await quota.take(key, 20, 100)).toMatchObject({ isGiven: true, left: 0 });
    expect(logged.filter((line) => line.includes('Redis unreachable'))).toHaveLength(1);
  });

  it('goes on in memory where Redis does not do as it is told, and says so once', async () => {
    const quota = open(redisUrl);
    const key = randomUUID();
    const client = createClient({ url: redisUrl ?? '' });
    await client.connect();
    await client.lPush(`dateline:quota:${key}`, 'no number');
    await client.expire(`dateline:quota:${key}`, 60);
    client.destroy();
    expect(await quota.take(key, 80, 100)).toMatchObject({ isGiven: true, left: 20 });
    expect(await quota.take(key, 21, 100)).toMatchObject({ isGiven: false });
    expect(logged.filter((line) => line.includes('Redis unreachable'))).toHaveLength(1);
  });

  it('goes on in memory where Redis has fallen silent', async () => {
    const redis = await openBreakableRedis();
    opened.push(redis);
    const quota = open(redis.url);
    const key = randomUUID();
    await quota.take(key, 1, 100);
    redis.silence();
    expect(await quota.take(key, 80, 100)).toMatchObject({ isGiven: true, left: 20 });
  });
});

describe('a Redis that is not there', () => {
  it('fails nobody, from the first request on', async () => {
    const quota = open('redis://:geheim@127.0.0.1:1');
    expect(await quota.take('a', 80, 100)).toMatchObject({ isGiven: true, left: 20 });
    expect(await quota.take('a', 21, 100)).toMatchObject({ isGiven: false, left: 20 });
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain('Redis unreachable');
    expect(logged[0]).not.toContain('geheim');
  });
});
