import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createClient } from 'redis';
import { networkOf, openAddressKeys } from '../../../gateway/server/listenAddress.ts';
import { readSettings } from '../../../gateway/settings.ts';
import type { Environment } from '../../../kit/settings.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { redisUrl } from '../../support/redis.ts';

let gateway: TestGateway;
const started: TestGateway[] = [];
const start = async (env: Environment) => {
  gateway = await makeGateway({ env });
  started.push(gateway);
  return gateway;
};
afterEach(async () => {
  for (const one of started.splice(0)) await one.stop();
});

const query = '{ story(id: "1") { title } }';

async function send(headers: Record<string, string> = {}, remoteAddress = '203.0.113.7', text = query) {
  const {
    statusCode,
    headers: got,
    body,
  } = await gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: text },
    headers,
    remoteAddress,
  });
  return { status: statusCode, headers: got, body: JSON.parse(body) };
}

describe('the quota of callers without a key', () => {
  it('is none unless one is set', async () => {
    await start({});
    const { status, headers } = await send();
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('ratelimit');
  });

  it('is counted by cost, told on every answer, and ends with 429 and when to come again', async () => {
    await start({ PUBLIC_QUOTA: '3' });
    const first = await send({ origin: 'http://localhost:3000' });
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"default";q=3;w=60',
      ratelimit: '"default";r=2;t=60',
      'access-control-expose-headers': 'x-request-id, ratelimit, ratelimit-policy, retry-after',
    });
    // The short way and the whole one are charged alike, and each once.
    expect((await send()).headers.ratelimit).toMatch(/^"default";r=1;/);
    expect((await send()).headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
    const { status, headers, body } = await send();
    expect(status).toBe(429);
    expect(headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
    const [, seconds] = /t=(\d+)/.exec(String(headers.ratelimit)) ?? [];
    expect(headers['retry-after']).toBe(seconds);
    expect(body).toEqual({
      errors: [
        {
          message: `Expected operations with a total cost of at most 3 in 60 seconds, but got: more. Retry after ${seconds} seconds.`,
          extensions: { code: 'RATE_LIMITED' },
        },
      ],
    });
  });

  it('is charged once where an operation that is known has to go the whole way after all', async () => {
    await start({ PUBLIC_QUOTA: '10' });
    const page = 'query Page($id: ID!) { story(id: $id) { title } }';
    const sent = (variables?: object) =>
      gateway.app.inject({ method: 'POST', url: '/graphql', payload: { query: page, variables } });
    expect((await sent({ id: '1' })).headers.ratelimit).toBe('"default";r=9;t=60');
    const { statusCode, headers, body } = await sent();
    expect(body).toContain('BAD_USER_INPUT');
    expect(statusCode).toBe(200);
    expect(headers.ratelimit).toMatch(/^"default";r=8;/);
  });

  it('refuses an operation that is new in the same words', async () => {
    await start({ PUBLIC_QUOTA: '1' });
    await send();
    const { status, headers, body } = await send({}, undefined, '{ story(id: "2") { id } }');
    expect(status).toBe(429);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(body.errors[0].extensions.code).toBe('RATE_LIMITED');
  });

  it('never charges what costs more than all of it', async () => {
    await start({ PUBLIC_QUOTA: '5' });
    const stories = '{ stories { title } }';
    for (const _time of [1, 2]) {
      const { status, headers, body } = await send({}, undefined, stories);
      expect(status).toBe(400);
      expect(body.errors[0]).toEqual({
        message:
          "Expected the operation to have at most a cost of 5, the caller's quota for 60 seconds, but got: 10.",
        extensions: { code: 'OPERATION_TOO_LARGE' },
      });
      expect(headers['ratelimit-policy']).toBe('"default";q=5;w=60');
    }
    expect((await send()).headers.ratelimit).toMatch(/^"default";r=4;/);
  });

  it('is one for each address, and for each network of IPv6', async () => {
    await start({ PUBLIC_QUOTA: '1' });
    expect((await send({}, '203.0.113.7')).status).toBe(200);
    expect((await send({}, '::ffff:203.0.113.7')).status).toBe(429);
    expect((await send({}, '203.0.113.8')).status).toBe(200);
    expect((await send({}, '2001:db8:1:2::1')).status).toBe(200);
    expect((await send({}, '2001:db8:1:2:ffff::9')).status).toBe(429);
    expect((await send({}, '2001:db8:1:3::1')).status).toBe(200);
  });

  it('believes nobody who says for whom they ask, and tells the log once', async () => {
    await start({ PUBLIC_QUOTA: '1' });
    expect((await send({ 'x-forwarded-for': '198.51.100.1' })).status).toBe(200);
    expect((await send({ 'x-forwarded-for': '198.51.100.2' })).status).toBe(429);
    expect(gateway.logged.filter((line) => line.includes('TRUST_PROXY'))).toHaveLength(1);
  });

  it('believes the proxies of TRUST_PROXY', async () => {
    await start({ PUBLIC_QUOTA: '1', TRUST_PROXY: '203.0.113.0/24, loopback' });
    expect((await send({ 'x-forwarded-for': '198.51.100.1' })).status).toBe(200);
    expect((await send({ 'x-forwarded-for': '198.51.100.2' })).status).toBe(200);
    // What a caller claims before the proxy adds to it counts for nothing.
    expect((await send({ 'x-forwarded-for': '192.0.2.9, 198.51.100.2' })).status).toBe(429);
    expect((await send({ 'x-forwarded-for': '198.51.100.2' }, '192.0.2.1')).status).toBe(200);
  });

  it('leaves health alone, and no address in the log', async () => {
    await start({ PUBLIC_QUOTA: '1' });
    await send();
    await send();
    const live = await gateway.app.inject({ url: '/health/live', remoteAddress: '203.0.113.7' });
    expect(live.statusCode).toBe(200);
    expect(gateway.logged.join('')).not.toContain('203.0.113.7');
    expect(gateway.logged.join('')).toContain('"account":"public"');
  });
});

const withRedis = redisUrl ? describe : describe.skip;

withRedis('the quota of callers without a key in a real Redis', () => {
  it('is one for all replicas that have one salt, and tells Redis no address', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const address = `2001:db8:${randomBytes(2).toString('hex')}:1::7`;
    const env = { PUBLIC_QUOTA: '1', REDIS_URL: redisUrl, ADDRESS_SALT: one };
    const replicas = [await start(env), await start(env), await start({ ...env, ADDRESS_SALT: other })];
    const told = [];
    for (const { app } of replicas) {
      const { statusCode } = await app.inject({
        method: 'POST',
        url: '/graphql',
        payload: { query },
        remoteAddress: address,
      });
      told.push(statusCode);
    }
    expect(told).toEqual([200, 429, 200]);
    const client = createClient({ url: redisUrl ?? '' });
    await client.connect();
    const keys = await client.keys('dateline:quota:address:*');
    client.destroy();
    expect(keys.length).toBeGreaterThanOrEqual(2);
    expect(keys.join('\n')).not.toContain(networkOf(address).split('::')[0]);
    expect(openAddressKeys(one)(address)).toBe(openAddressKeys(one)(address.replace('::7', '::8')));
    expect(keys).toContain(`dateline:quota:${openAddressKeys(one)(address)}`);
  });
});

describe('the network of an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:0:2::1', '2001:db8:0:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['somewhere', 'somewhere'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('the settings of quotas', () => {
  it('are refused where they are wrong, without what is secret', () => {
    const read = () =>
      readSettings({
        REDIS_URL: 'http://:geheim@redis:6379',
        PUBLIC_QUOTA: '-1',
        TRUST_PROXY: '1',
        ADDRESS_SALT: 'geheim',
      });
    expect(read).toThrow(
      [
        'Expected REDIS_URL to be a URL that starts with redis:// or rediss://, but got: http://***@redis:6379.',
        'Expected PUBLIC_QUOTA to be a whole number from 0 to 1000000000, but got: -1.',
        'Expected TRUST_PROXY to be addresses or networks such as 10.0.0.0/8, loopback or uniquelocal, with commas between, but got: 1.',
        'Expected ADDRESS_SALT to be a text of 16 characters or more, but got: [redacted].',
      ].join('\n'),
    );
  });
});
