import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import { type FastifyInstance, fastify } from 'fastify';
import { anonymousReader } from '../../../gateway/auth/readerClaims.ts';
import { addHub, type HubLimits } from '../../../partners/push/hub.ts';
import { deliveries, subscriptions } from '../../../partners/push/tables.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import {
  answering,
  missing,
  newsTopic,
  openTestPush,
  publicUrl,
  type TestPush,
  tenDays,
} from '../../support/push.ts';

const callback = 'https://reader.example/take?key=k';
const day = 86_400;

describe.each(testDatabases)('the hub on $name', ({ open }) => {
  let server: DatabaseServer;
  let push: TestPush;
  let app: FastifyInstance;
  let woken: number;
  let payers: string[];

  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    push = await openTestPush(server);
    openDoor();
  });

  function openDoor(limits?: HubLimits, stream?: { write: (line: string) => void }) {
    woken = 0;
    payers = [];
    app = fastify(stream ? { logger: { stream } } : {});
    app.addHook('onRequest', async (request) => {
      request.note = {};
      request.account = { name: 'public', mayExplore: false, spend: async () => {} };
    });
    const { store, addressPolicy, clock } = push;
    addHub(app, {
      ...{ store, addressPolicy, clock, publicUrl },
      feedExists: async (name, { account, reader }) => {
        payers.push(account?.name ?? 'nobody');
        expect(reader).toBe(anonymousReader);
        return !name.includes('nowhere');
      },
      onAsked: () => {
        woken += 1;
      },
      ...(limits ? { limits } : {}),
    });
  }

  const ask = async (fields: Record<string, string>) => {
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/hub',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    });
    return `${statusCode} ${body.trim()}`;
  };
  const asking = (rest: Record<string, string> = {}) =>
    ask({ 'hub.mode': 'subscribe', 'hub.topic': newsTopic, 'hub.callback': callback, ...rest });
  const accepted = "202 Accepted. Verifying the subscriber's intent.";
  const standing = async () => {
    const rows = await push.pushDatabase.sql.select().from(subscriptions);
    return rows.filter(({ state, leaseEndsAt }) => state === 'active' && leaseEndsAt > push.clock());
  };

  it('charges the query for the feed to the account of the request', async () => {
    await asking();
    expect(payers).toEqual(['public']);
  });

  it('asks the callback whether it is meant, and subscribes it then', async () => {
    expect(await asking()).toBe(accepted);
    expect(woken).toBe(1);
    expect(await standing()).toEqual([]);
    await push.sendAll();
    const [{ method, url } = missing()] = push.sent;
    expect(method).toBe('GET');
    expect(`${url.origin}${url.pathname}`).toBe('https://reader.example/take');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      key: 'k',
      'hub.mode': 'subscribe',
      'hub.topic': newsTopic,
      'hub.challenge': expect.stringMatching(/^[\w-]{43}$/),
      'hub.lease_seconds': String(tenDays),
    });
    expect(await standing()).toMatchObject([{ topic: newsTopic, callback, secret: null }]);
  });

  it('leaves the query of the callback as it is spelled', async () => {
    await asking({ 'hub.callback': 'https://reader.example/take?flag&a%20b=c%2Fd' });
    await push.sendAll();
    expect(push.sent[0]?.url.search).toMatch(/^\?flag&a%20b=c%2Fd&hub\.mode=subscribe&/);
  });

  it.each([
    ['another text', 200, 'another text'],
    ['the challenge with a status of 404', 404, undefined],
    ['a redirect', 302, undefined],
  ])('subscribes nobody who answers %s', async (_name, status, text) => {
    await asking();
    push.world.answer = async (outgoing) => {
      const echoed = await answering(status)(outgoing);
      return text === undefined ? echoed : { ...echoed, body: Buffer.from(text) };
    };
    await push.sendAll();
    push.later(day);
    await push.sendAll();
    expect(push.sent).toHaveLength(1);
    expect(await standing()).toEqual([]);
  });

  it('asks a server that is ill three times', async () => {
    await asking();
    push.world.answer = answering(503);
    for (let round = 0; round < 5; round += 1) {
      await push.sendAll();
      push.later(day);
    }
    expect(push.sent).toHaveLength(3);
    expect(await standing()).toEqual([]);
  });

  it('asks with another challenge each time', async () => {
    await asking();
    await asking();
    await push.sendAll();
    const challenges = push.sent.map(({ url }) => url.searchParams.get('hub.challenge'));
    expect(new Set(challenges).size).toBe(2);
    expect(await standing()).toHaveLength(1);
  });

  it.each([
    ['1', 3600],
    ['86400', day],
    ['999999999', 30 * day],
    ['', tenDays],
  ])('gives who asks for %s seconds a lease of %s', async (asked, given) => {
    await asking({ 'hub.lease_seconds': asked });
    await push.sendAll();
    expect(push.sent[0]?.url.searchParams.get('hub.lease_seconds')).toBe(String(given));
    const [{ leaseEndsAt } = missing()] = await standing();
    expect(leaseEndsAt.getTime() - push.clock().getTime()).toBe(given * 1000);
  });

  it('renews a subscription, with the newest secret', async () => {
    await asking({ 'hub.secret': 'one' });
    await push.sendAll();
    push.later(9 * day);
    await asking({ 'hub.secret': 'two' });
    await push.sendAll();
    push.later(9 * day);
    expect(await standing()).toMatchObject([{ secret: 'two' }]);
    push.later(2 * day);
    expect(await standing()).toEqual([]);
  });

  it('leaves a subscription as it is until a renewal is meant', async () => {
    await asking({ 'hub.secret': 'one' });
    await push.sendAll();
    push.world.answer = answering(404);
    await asking({ 'hub.secret': 'two', 'hub.lease_seconds': '3600' });
    await push.sendAll();
    expect(await standing()).toMatchObject([{ secret: 'one' }]);
  });

  it('ends a subscription once that is meant, and forgets its secret', async () => {
    await asking({ 'hub.secret': 'one' });
    await push.sendAll();
    push.world.answer = answering(404);
    expect(await asking({ 'hub.mode': 'unsubscribe' })).toBe(accepted);
    await push.sendAll();
    expect(await standing()).toHaveLength(1);
    push.world.answer = answering(200);
    push.sent.length = 0;
    await asking({ 'hub.mode': 'unsubscribe' });
    await push.sendAll();
    expect(Object.fromEntries(push.sent[0]?.url.searchParams ?? [])).toMatchObject({
      'hub.mode': 'unsubscribe',
      'hub.topic': newsTopic,
      'hub.challenge': expect.any(String),
    });
    expect(await standing()).toEqual([]);
    const kept = await push.pushDatabase.sql.select().from(subscriptions);
    const asked = await push.pushDatabase.sql.select().from(deliveries);
    expect(JSON.stringify([kept, asked])).not.toContain('"one"');
  });

  it('asks nobody about a subscription that is not there', async () => {
    expect(await asking({ 'hub.mode': 'unsubscribe' })).toBe(accepted);
    await push.sendAll();
    expect(push.sent).toEqual([]);
  });

  it.each([
    `${publicUrl}/`,
    `${publicUrl}/feeds/news`,
    `${publicUrl}/feeds/news.rss?all=1`,
    `${publicUrl}/feeds/news.xml`,
    `${publicUrl}/feeds/section/nowhere.rss`,
    `${publicUrl}/feeds/section/a/b.rss`,
    `${publicUrl}/feeds/../graphql`,
    `${publicUrl}/feeds/%6eews.rss`,
    `${publicUrl}/feeds/section/%.rss`,
    'https://news.example.evil.example/feeds/news.rss',
    'http://news.example/feeds/news.rss',
    'news',
  ])('refuses the topic %s', async (topic) => {
    expect(await asking({ 'hub.topic': topic })).toBe(
      `400 Expected hub.topic to be a feed URL of this hub, such as ${newsTopic}, but got: another URL.`,
    );
  });

  it.each([
    `${publicUrl}/feeds/news.json`,
    `${publicUrl}/feeds/section/world.atom`,
    `${publicUrl}/feeds/tag/caf%C3%A9.rss`,
    `${publicUrl}/feeds/author/ann.rss`,
  ])('takes the topic %s', async (topic) => {
    expect(await asking({ 'hub.topic': topic })).toBe(accepted);
  });

  it.each([
    [{ 'hub.mode': 'publish' }, 'Expected hub.mode to be subscribe or unsubscribe, but got: another value.'],
    [
      { 'hub.callback': 'http://reader.example/' },
      'Expected hub.callback to be an https URL, but got: another value.',
    ],
    [
      { 'hub.callback': 'https://0x7f.1/' },
      'Expected hub.callback to be a URL on a public IP address, but got: another address.',
    ],
    [
      { 'hub.lease_seconds': 'ever' },
      'Expected hub.lease_seconds to be a whole number, but got: another value.',
    ],
    [{ 'hub.secret': 'é'.repeat(100) }, 'Expected hub.secret to be shorter than 200 bytes, but got: 200.'],
  ])('refuses %j in words', async (rest, message) => {
    expect(await asking(rest)).toBe(`400 ${message}`);
    expect(woken).toBe(0);
  });

  it.each(['hub.mode', 'hub.topic', 'hub.callback', 'hub.lease_seconds', 'hub.secret'])(
    'refuses a second %s',
    async (name) => {
      const payload = new URLSearchParams({
        ...{ 'hub.mode': 'subscribe', 'hub.topic': newsTopic, 'hub.callback': 'https://reader.example/' },
        ...{ 'hub.lease_seconds': '4000', 'hub.secret': 'sesame' },
      });
      payload.append(name, payload.get(name) ?? '');
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const { statusCode, body } = await app.inject({
        ...{ method: 'POST', url: '/hub', headers, payload: `${payload}` },
      });
      expect(`${statusCode} ${body.trim()}`).toBe(`400 Expected ${name} to be given once, but got: 2 times.`);
    },
  );

  it('refuses what is no form, and what is too large', async () => {
    const { statusCode, body } = await app.inject({ method: 'POST', url: '/hub', payload: { hub: 1 } });
    expect(`${statusCode} ${body.trim()}`).toBe(
      '415 Expected Content-Type to be application/x-www-form-urlencoded, but got: another type.',
    );
    expect(await asking({ more: 'x'.repeat(9000) })).toBe(
      '413 Expected the request body to be at most 8192 bytes, but got: more.',
    );
    expect(await ask({ 'hub.mode': 'subscribe' })).toBe(
      '400 Expected hub.callback to be given once, but got: 0 times.',
    );
  });

  it('tells no log what it was given where the database fails', async () => {
    const lines: string[] = [];
    openDoor(undefined, { write: (line) => void lines.push(line) });
    push.store.ask = async () => {
      throw new DrizzleQueryError('insert', ['sesame'], new Error('no room'));
    };
    expect(await asking({ 'hub.secret': 'sesame' })).toMatch(/^500/);
    expect(lines.join('')).toContain('The database refused a statement');
    expect(lines.join('')).not.toContain('sesame');
  });

  it('takes so many subscriptions of one host and in all, and renews those that it has', async () => {
    openDoor({ perHost: 2, inAll: 3, askedPerHost: 100, askedInAll: 100 });
    const from = async (host: string, path: string) => {
      const answer = await asking({ 'hub.callback': `https://${host}/${path}` });
      await push.sendAll();
      return answer;
    };
    expect(await from('a.example', '1')).toBe(accepted);
    expect(await from('a.example', '2')).toBe(accepted);
    expect(await from('a.example', '3')).toBe(
      '429 Expected fewer subscriptions of this host, but got: too many.',
    );
    expect(await from('b.example', '1')).toBe(accepted);
    expect(await from('c.example', '1')).toBe(
      '429 Expected fewer subscriptions in total, but got: too many.',
    );
    expect(await from('a.example', '1')).toBe(accepted);
  });

  it('asks one host only so many questions at a time: it may not be who asked for them', async () => {
    openDoor({ perHost: 100, inAll: 100, askedPerHost: 2, askedInAll: 3 });
    const from = (host: string) => asking({ 'hub.callback': `https://${host}/${Math.random()}` });
    expect([await from('a.example'), await from('a.example')]).toEqual([accepted, accepted]);
    expect(await from('a.example')).toMatch(/^429/);
    expect(await from('b.example')).toBe(accepted);
    expect(await from('c.example')).toMatch(/^429/);
  });
});
