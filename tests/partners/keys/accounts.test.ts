import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { pino } from 'pino';
import { readManifest } from '../../../gateway/operation/storedOperations.ts';
import { contextOf } from '../../../gateway/server/createContext.ts';
import type { Ask } from '../../../gateway/server/graphClient.ts';
import { readSettings } from '../../../gateway/settings.ts';
import { openAccounts } from '../../../partners/keys/accounts.ts';
import { isKey } from '../../../partners/keys/key.ts';
import type { KeyStore } from '../../../partners/keys/store.ts';
import { readPartnerSettings } from '../../../partners/settings.ts';
import {
  type Database,
  type DatabaseServer,
  openEmbeddedDatabase,
} from '../../../subgraphs/store/database.ts';
import { statementsOf } from '../../support/databases.ts';
import { makeGateway, type TestGateway } from '../../support/gateway.ts';
import { newKey, openKeys, token } from '../../support/partners.ts';
import { tinyCalls } from '../../support/tiny-graph.ts';

let server: DatabaseServer;
let database: Database;
let store: KeyStore;
let gateway: TestGateway;
let now: Date;

beforeAll(async () => {
  server = await openEmbeddedDatabase();
  ({ database, store } = await openKeys(server));
});
beforeEach(async () => {
  now = new Date('2026-11-24T12:00:00Z');
  await database.sql.execute(sql`truncate partners.keys, partners.partners`);
});
afterEach(() => gateway.stop());
afterAll(() => server.close());

const storedId = 'a'.repeat(64);
const stored = readManifest(
  JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [
      { id: storedId, name: 'Story', type: 'query', body: 'query Story { story(id: "1") { title } }' },
    ],
  }),
);

/** Two doors of somebody else: who asks, and a story, asked for as whoever that is. */
function addDoor(app: FastifyInstance, ask: Ask) {
  const document = parse('query Door { story(id: "1") { title } }');
  app.get('/who', async ({ partner, account }) => ({ partner, account: account?.name }));
  app.get('/door', (request, reply) => ask(document, {}, contextOf(request, reply)));
}

let sent: ReturnType<typeof tinyCalls>['sent'];

async function start(env: Record<string, string> = {}): Promise<TestGateway> {
  const environment = { NODE_ENV: 'test', ...env };
  const settings = { ...readSettings(environment), ...readPartnerSettings(environment) };
  const tiny = tinyCalls();
  sent = tiny.sent;
  const log = pino({ level: 'silent' });
  const accounts = openAccounts({ database, settings, log, clock: () => now });
  gateway = await makeGateway({
    env,
    isApiKey: isKey,
    stored,
    calls: tiny.calls,
    accounts: accounts.add,
    mayCall: accounts.mayCall,
    routes: addDoor,
  });
  return gateway;
}

async function get(url: string, headers: Record<string, string> = {}) {
  const { statusCode, headers: got, body } = await gateway.app.inject({ method: 'GET', url, headers });
  return { status: statusCode, headers: got, body: JSON.parse(body) };
}

async function post(headers: Record<string, string>, query = '{ story(id: "1") { title } }') {
  const {
    statusCode,
    headers: got,
    body,
  } = await gateway.app.inject({
    method: 'POST',
    url: '/graphql',
    headers,
    payload: { query },
  });
  return { status: statusCode, headers: got, body: JSON.parse(body) };
}

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('whoever sends a key', () => {
  it.each([
    ['as a bearer token', (key: string) => get('/who', { authorization: `bearer ${key}` })],
    ['as X-Partner-Key', (key: string) => get('/who', { 'X-Partner-Key': key })],
    ['as the parameter "key"', (key: string) => get(`/who?theme=dark&key=${key}`)],
  ])('is known at every door: %s', async (_way, ask) => {
    const args = ['--partner', 'Courier', '--rights', 'text,pictures', '--origins', 'https://a.example'];
    const key = await newKey(store, args, now);
    await start();
    const { status, body } = await ask(key);
    expect(status).toBe(200);
    expect(body).toEqual({
      partner: {
        id: expect.any(String),
        name: 'Courier',
        rights: { text: true, pictures: true },
        origins: ['https://a.example'],
      },
      account: 'partner Courier',
    });
  });

  it.each([
    ['malformed', 'a malformed one', async () => 'dl_courier'],
    ['unknown', 'an unknown one', async () => `dl_0000000000_${'x'.repeat(43)}`],
    [
      'revoked',
      'a revoked one',
      async () => {
        const key = await newKey(store, ['--partner', 'Courier'], now);
        await token(store, ['--partner', 'Courier', '--revoke'], now);
        return key;
      },
    ],
    [
      'ended',
      'an expired one',
      async () => {
        const key = await newKey(store, ['--partner', 'Courier'], now);
        await token(store, ['--partner', 'Courier', '--rotate', '--overlap', '0s'], now);
        return key;
      },
    ],
  ])('is told so where it is %s, at every door', async (_kind, got, make) => {
    const key = await make();
    await start();
    const answers = [
      await post(bearer(key)),
      await get('/who', { 'x-partner-key': key }),
      await get(`/who?key=${key}`),
      await get(`/nowhere?key=${key}`),
    ];
    for (const { status, headers, body } of answers) {
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toBe('Bearer realm="dateline", error="invalid_token"');
      expect(body).toEqual({
        errors: [
          {
            message: `Expected a valid key, but got: ${got}.`,
            extensions: { code: 'UNAUTHENTICATED' },
          },
        ],
      });
    }
    expect(sent).toEqual([]);
  });

  it('is told of a fault of ours, not of a wrong key, where the database does not answer', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    await start();
    await database.sql.execute(sql`alter table partners.keys rename to lost`);
    const { status, headers, body } = await post(bearer(key));
    await database.sql.execute(sql`alter table partners.lost rename to keys`);
    expect(status).toBe(500);
    expect(headers).not.toHaveProperty('www-authenticate');
    expect(body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(gateway.logged.join('')).not.toContain(key.slice(14));
    expect((await post(bearer(key))).status).toBe(200);
  });

  it('is let in no longer than a second after it was revoked', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    await start();
    expect((await post(bearer(key))).status).toBe(200);
    await token(store, ['--partner', 'Courier', '--revoke'], now);
    now = new Date(now.getTime() + 1000);
    expect((await post(bearer(key))).status).toBe(401);
  });

  it('may do so from the pages of its origins, from ours and from no page, and from no other', async () => {
    const key = await newKey(store, ['--partner', 'Courier', '--origins', 'https://a.example'], now);
    await start({ PUBLIC_URL: 'https://news.example' });
    for (const origin of ['https://a.example', 'https://news.example'])
      expect((await post({ ...bearer(key), origin })).status).toBe(200);
    expect((await post({ ...bearer(key), origin: 'https://10.0.0.1', host: '10.0.0.1' })).status).toBe(403);
    expect(
      (await post({ ...bearer(key), origin: 'http://10.0.0.1:4000', host: '10.0.0.1:4000' })).status,
    ).toBe(200);
    expect((await post(bearer(key))).status).toBe(200);
    for (const origin of ['https://b.example', 'http://a.example', 'https://a.example.b.example', 'null']) {
      const { status, body } = await post({ ...bearer(key), origin });
      expect(status).toBe(403);
      expect(body.errors).toEqual([
        {
          message: `Expected an allowed origin of this key, but got: ${origin}.`,
          extensions: { code: 'ORIGIN_NOT_ALLOWED' },
        },
      ]);
    }
  });

  it('may do so from any page where no origins were agreed', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    await start();
    expect((await post({ ...bearer(key), origin: 'https://b.example' })).status).toBe(200);
  });
});

describe('a page in a browser', () => {
  const preflight = (origin: string) =>
    gateway.app.inject({
      method: 'OPTIONS',
      url: '/graphql',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-partner-key',
      },
    });
  const production = { NODE_ENV: 'production', CORS_ORIGINS: 'https://ours.example' };

  it('may call from an origin that was agreed with a partner, without cookies, and read what is left', async () => {
    const origin = 'https://a.example';
    const key = await newKey(store, ['--partner', 'Courier', '--origins', origin], now);
    await start(production);
    const { statusCode, headers } = await preflight(origin);
    expect(statusCode).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': 'content-type,x-partner-key',
    });
    expect(headers).not.toHaveProperty('access-control-allow-credentials');
    const answer = await get(`/graphql?documentId=${storedId}`, { origin, 'x-partner-key': key });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'x-request-id, ratelimit, ratelimit-policy, retry-after',
    });
    expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    expect(answer.headers.vary).toContain('Origin');
  });

  it('may call as ever from an origin of the settings, and from no other', async () => {
    await newKey(store, ['--partner', 'Courier', '--origins', 'https://a.example'], now);
    await start(production);
    expect((await preflight('https://ours.example')).headers).toMatchObject({
      'access-control-allow-origin': 'https://ours.example',
      'access-control-allow-credentials': 'true',
    });
    const { headers } = await preflight('https://b.example');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('may call no more a second after that was taken back', async () => {
    await newKey(store, ['--partner', 'Courier', '--origins', 'https://a.example'], now);
    await start(production);
    const allowed = async () => (await preflight('https://a.example')).headers['access-control-allow-origin'];
    expect(await allowed()).toBe('https://a.example');
    await token(store, ['--partner', 'Courier', '--origins', 'https://c.example'], now);
    now = new Date(now.getTime() + 1000);
    expect(await allowed()).toBeUndefined();
  });

  it('costs one question to the database a second, whatever origins come', async () => {
    await newKey(store, ['--partner', 'Courier', '--origins', 'https://a.example'], now);
    await start(production);
    const asked = await statementsOf(async () => {
      for (const one of ['a', 'b', 'c', 'd']) await preflight(`https://${one}.example`);
    });
    expect(asked).toHaveLength(1);
  });
});

describe('whoever sends none', () => {
  it('is nobody in particular, with the tokens and parameters of others too', async () => {
    await start();
    expect((await get('/who')).body).toEqual({});
    expect((await get('/who', bearer('eyJhbGciOiJFZERTQSJ9.e30.x'))).body).toEqual({});
    expect((await get('/who', { authorization: 'Basic ZGw6' })).body).toEqual({});
    expect((await get('/who?key=summer')).body).toEqual({});
    expect((await post({})).headers).not.toHaveProperty('ratelimit');
  });
});

describe("a partner's quota", () => {
  it('is counted by cost over all doors, told in headers, and ends with 429', async () => {
    const key = await newKey(store, ['--partner', 'Courier', '--quota', '3'], now);
    await start();
    const first = await post(bearer(key));
    expect(first.headers).toMatchObject({
      'ratelimit-policy': '"default";q=3;w=60',
      ratelimit: '"default";r=2;t=60',
    });
    expect((await get('/door', bearer(key))).headers.ratelimit).toMatch(/^"default";r=1;t=\d+$/);
    expect((await get(`/door?key=${key}`)).headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
    for (const { status, headers, body } of [await post(bearer(key)), await get('/door', bearer(key))]) {
      expect(status).toBe(429);
      expect(headers.ratelimit).toMatch(/^"default";r=0;t=\d+$/);
      expect(headers['retry-after']).toMatch(/^([1-9]|[1-5]\d|60)$/);
      expect(body.errors[0].extensions).toEqual({ code: 'RATE_LIMITED' });
    }
    expect(gateway.logged.join('')).toContain('"account":"partner Courier"');
  });

  it('is that of all keys of a partner together, and nobody else pays for it', async () => {
    const old = await newKey(store, ['--partner', 'Courier', '--quota', '1'], now);
    const young = await newKey(store, ['--partner', 'Courier', '--rotate'], now);
    const other = await newKey(store, ['--partner', 'Herald', '--quota', '1'], now);
    await start({ PUBLIC_QUOTA: '1' });
    expect((await post(bearer(old))).status).toBe(200);
    expect((await post(bearer(young))).status).toBe(429);
    expect((await post(bearer(other))).status).toBe(200);
    expect((await post({})).status).toBe(200);
    expect((await post({})).status).toBe(429);
  });

  it('is PARTNER_QUOTA where none was agreed', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    await start({ PARTNER_QUOTA: '7' });
    expect((await post(bearer(key))).headers['ratelimit-policy']).toBe('"default";q=7;w=60');
  });
});

describe('a developer', () => {
  it('may send what is not stored where only developers may', async () => {
    const developer = await newKey(store, ['--partner', 'SignInService', '--developer'], now);
    const partner = await newKey(store, ['--partner', 'Courier'], now);
    await start({ FREE_FORM_OPERATIONS: 'developers' });
    for (const headers of [{}, bearer(partner)]) {
      const { status, body } = await post(headers);
      expect(status).toBe(403);
      expect(body.errors[0].extensions.code).toBe('QUERY_NOT_IN_SAFELIST');
    }
    // Known once a developer has sent it, and still not for everybody.
    expect((await post(bearer(developer))).status).toBe(200);
    expect((await post(bearer(developer))).status).toBe(200);
    expect((await post(bearer(partner))).status).toBe(403);
    expect((await get(`/graphql?documentId=${storedId}`, bearer(partner))).status).toBe(200);
  });
});

describe('a key', () => {
  it('is in no line of the log and goes to no subgraph', async () => {
    const key = await newKey(store, ['--partner', 'Courier', '--origins', 'https://a.example'], now);
    const secret = key.slice(14);
    await start({ LOG_LEVEL: 'trace', PROPAGATE_HEADERS: 'authorization,x-partner-key' });
    await post(bearer(key), '{ story(id: "1") { title broken } }');
    await post({ 'x-partner-key': key });
    await post({ ...bearer(key), origin: 'https://b.example' });
    await post(bearer(`${key}x`));
    await get(`/graphql?documentId=${storedId}&key=${key}`);
    await get(`/who?key=${key}`);
    await get(`/nowhere?key=${key}`);
    await gateway.app.inject({ method: 'GET', url: `/%zz?key=${key}` });
    expect(gateway.logged.length).toBeGreaterThan(7);
    expect(gateway.logged.join('')).not.toContain(secret);
    expect(sent.length).toBeGreaterThan(2);
    expect(JSON.stringify(sent.map(({ headers }) => headers))).not.toContain(secret);
    expect(sent[0]?.headers).toMatchObject({ authorization: `Bearer ${key.slice(0, 13)}` });
  });

  it('keeps caches between from keeping its answers, wherever it stands', async () => {
    const key = await newKey(store, ['--partner', 'Courier'], now);
    await start();
    const url = `/graphql?documentId=${storedId}`;
    expect((await get(url)).headers['cache-control']).toBe(
      'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    );
    const answers = [
      await get(url, bearer(key)),
      await get(url, { 'x-partner-key': key }),
      await get(`${url}&key=${key}`),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
    }
  });
});

describe('the settings of partners', () => {
  it('are refused all at once', () => {
    expect(() => readPartnerSettings({ PARTNER_QUOTA: '0', PUBLICATION_NAME: 'x'.repeat(101) })).toThrow(
      [
        `Expected PUBLICATION_NAME to be a name of 100 characters or less, but got: ${'x'.repeat(100)}….`,
        'Expected PARTNER_QUOTA to be a whole number from 1 to 1000000000, but got: 0.',
      ].join('\n'),
    );
  });
});
