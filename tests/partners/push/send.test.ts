import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { delayMs, retryAfterMs } from '../../../partners/push/schedule.ts';
import type { Outgoing } from '../../../partners/push/sendRequest.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { answering, missing, newsTopic, openTestPush, type TestPush, tenDays } from '../../support/push.ts';
import { articleId, story } from '../../support/stories.ts';

const callback = 'https://reader.example/take?key=of-theirs';
const hook = 'https://courier.example/hook?token=of-theirs';
const day = 86_400;
const room = { event: 5, feed: 5, verification: 5 };

/** An exchange that waits until the test lets it go on. */
function holding() {
  let release = () => {};
  let reached = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const answer = async (outgoing: Outgoing) => {
    reached();
    await new Promise<void>((resolve, reject) => {
      void held.then(resolve);
      outgoing.signal?.addEventListener('abort', () => reject(new Error('given up')));
    });
    return answering(200)(outgoing);
  };
  return { answer, release: () => release(), isReached };
}

describe.each(testDatabases)('deliveries on $name', ({ open }) => {
  let server: DatabaseServer;
  let push: TestPush;

  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    push = await openTestPush(server);
    await push.followAll();
  });

  const publish = async (name = 'one') => {
    await push.articles.putArticles([story(name)], 'test');
    await push.followAll();
  };
  const first = async () => (await push.written())[0] ?? missing();

  it('bring the whole feed, signed, with its hub and its address', async () => {
    await push.subscribe(callback, { secret: 'sésame' });
    push.world.feed = '<rss>é</rss>';
    await publish();
    await push.sendAll();
    const [{ method, url, headers, body } = missing()] = push.sent;
    expect({ method, href: url.href, body: String(body) }).toEqual({
      method: 'POST',
      href: callback,
      body: '<rss>é</rss>',
    });
    expect(headers).toEqual({
      'content-type': 'application/rss+xml; charset=utf-8',
      link: `<https://news.example/hub>; rel="hub", <${newsTopic}>; rel="self"`,
      'x-hub-signature': `sha256=${createHmac('sha256', Buffer.from('sésame')).update('<rss>é</rss>').digest('hex')}`,
    });
    expect(await first()).toMatchObject({ state: 'delivered', lastStatus: 200, attempts: 1 });
  });

  it('are not signed for who gave no secret', async () => {
    await push.subscribe(callback);
    await publish();
    await push.sendAll();
    expect(push.sent[0]?.headers).not.toHaveProperty('x-hub-signature');
  });

  it('tell webhooks by Standard Webhooks', async () => {
    await push.webhook(hook);
    await publish();
    push.later(5);
    await push.sendAll();
    const [{ headers = {}, body = Buffer.alloc(0) } = missing()] = push.sent;
    const { id } = await first();
    expect(JSON.parse(String(body))).toEqual({ id, type: 'article.published', storyId: articleId('one') });
    const timestamp = String(Date.parse('2026-04-01T00:00:05Z') / 1000);
    const signature = createHmac('sha256', 'a secret of thirty-two bytes.....')
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
    expect(headers).toEqual({
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    });
  });

  it('are tried six times in about a day, less and less often, under one id; then they are dead', async () => {
    await push.webhook(hook);
    await publish();
    push.world.answer = answering(500);
    const began = push.clock().getTime();
    const times: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await push.sendAll();
      times.push((push.clock().getTime() - began) / 60_000);
      const { nextAttemptAt, state } = await first();
      if (state !== 'pending') break;
      push.at(new Date(nextAttemptAt.getTime() - 1));
      await push.sendAll();
      push.at(nextAttemptAt);
    }
    expect(times).toEqual([0, 1, 7, 43, 259, 1555]);
    expect(push.sent).toHaveLength(6);
    expect(new Set(push.sent.map(({ headers }) => headers?.['webhook-id'])).size).toBe(1);
    const { state, attempts, log } = await first();
    expect({ state, attempts }).toEqual({ state: 'dead', attempts: 6 });
    expect(log).toHaveLength(6);
    expect(log[0]).toEqual({
      at: '2026-04-01T00:00:00.000Z',
      status: 500,
      problem: 'Expected status 2xx, but got: 500.',
      ms: 0,
    });
    push.later(30 * day);
    await push.sendAll();
    expect(push.sent).toHaveLength(6);
    expect((await push.store.deliveries({ isDead: true, limit: 5 })).map(({ id }) => id)).toEqual([
      (await first()).id,
    ]);
  });

  it('are replayed under the same id', async () => {
    await push.webhook(hook);
    await publish();
    await push.sendAll();
    const { id } = await first();
    expect(await push.store.replay(id, push.clock())).toBe(true);
    expect(await push.store.replay(id, push.clock())).toBe(false);
    expect(await push.store.replay('nothing', push.clock())).toBe(false);
    await push.sendAll();
    expect(push.sent.map(({ headers }) => headers?.['webhook-id'])).toEqual([id, id]);
    expect((await first()).log).toHaveLength(2);
  });

  it.each([301, 400, 404, 429])('fail with %s, and are tried again', async (status) => {
    await push.subscribe(callback);
    await publish();
    push.world.answer = answering(status);
    await push.sendAll();
    expect(await first()).toMatchObject({ state: 'pending', attempts: 1, lastStatus: status });
  });

  it('end the subscription with 410', async () => {
    await push.subscribe(callback);
    await publish();
    push.world.answer = answering(410);
    await push.sendAll();
    expect(await first()).toMatchObject({ state: 'dead', lastStatus: 410 });
    await publish('two');
    expect(await push.written()).toHaveLength(1);
  });

  it('end the webhook with 410, and what waits for it', async () => {
    const id = await push.webhook(hook);
    await push.webhook('https://other.example/');
    await publish();
    await publish('two');
    push.world.answer = async (outgoing) =>
      answering(outgoing.url.hostname === 'courier.example' ? 410 : 200)(outgoing);
    await push.sendAll();
    expect((await push.store.webhooks()).map(({ url }) => url)).toEqual(['https://other.example/']);
    await publish('three');
    const theirs = (await push.written()).filter(({ target }) => target === id);
    expect(theirs.map(({ state }) => state)).not.toContain('pending');
    expect(theirs).toHaveLength(2);
  });

  it('stop with the lease', async () => {
    await push.subscribe(callback);
    push.later(tenDays - 1);
    await publish();
    push.later(1);
    await push.sendAll();
    expect(await first()).toMatchObject({ state: 'dropped' });
    await publish('two');
    expect(await push.written()).toHaveLength(1);
    expect(push.sent).toEqual([]);
  });

  it('wait as long as Retry-After says, within bounds', async () => {
    await push.subscribe(callback);
    await publish();
    push.world.answer = answering(503, '7200');
    const began = push.clock().getTime();
    await push.sendAll();
    expect((await first()).nextAttemptAt.getTime() - began).toBe(7_200_000);
  });

  it('wait where the feed cannot be had', async () => {
    await push.subscribe(callback);
    await publish();
    push.world.feed = undefined;
    await push.sendAll();
    expect(push.sent).toEqual([]);
    const { state, log } = await first();
    expect({ state, problem: log[0]?.problem }).toEqual({
      state: 'pending',
      problem: 'Expected the feed to answer, but got: nothing.',
    });
  });

  it('are taken again, under the same id, where whoever took them was killed', async () => {
    await push.webhook(hook);
    await publish();
    const [taken = missing()] = await push.store.take({
      ...{ now: push.clock(), room, perHost: 5, leaseMs: 20_000 },
    });
    push.later(19);
    await push.sendAll();
    expect(push.sent).toEqual([]);
    push.later(1);
    await push.sendAll();
    expect(push.sent.map(({ headers }) => headers?.['webhook-id'])).toEqual([taken.id]);
    expect(await first()).toMatchObject({ state: 'delivered', attempts: 2 });
  });

  it('are ended by whoever holds them, not by who was thought to be dead and comes late', async () => {
    await push.webhook(hook);
    await publish();
    const taking = { room, perHost: 5, leaseMs: 20_000 };
    const [late = missing()] = await push.store.take({ ...taking, now: push.clock() });
    push.later(20);
    const [holder = missing()] = await push.store.take({ ...taking, now: push.clock() });
    expect(await push.store.end(late, { state: 'dead' }, push.clock())).toBe(false);
    await push.store.giveBack(late, push.clock());
    expect(await first()).toMatchObject({ state: 'pending', isTaken: true, attempts: 2 });
    expect(await push.store.end(holder, { state: 'delivered' }, push.clock())).toBe(true);
    expect(await push.store.end(late, { state: 'dead' }, push.clock())).toBe(false);
    expect(await first()).toMatchObject({ state: 'delivered' });
  });

  it('are given up where nobody who takes them lives to tell', async () => {
    await push.webhook(hook);
    await publish();
    for (let round = 0; round < 6; round += 1) {
      await push.store.take({ now: push.clock(), room, perHost: 5, leaseMs: 1000 });
      push.later(1);
    }
    await push.sendAll();
    expect(push.sent).toEqual([]);
    expect(await first()).toMatchObject({ state: 'dead' });
  });

  it('are so many at once, and so many to one host', async () => {
    await push.webhook(hook);
    for (let host = 0; host < 4; host += 1) await push.webhook(`https://other${host}.example/`);
    await push.articles.putArticles(
      Array.from({ length: 10 }, (_, n) => story(`many-${n}`)),
      'test',
    );
    await push.followAll();
    const { answer, release } = holding();
    push.world.answer = answer;
    expect(await push.sender.look()).toBe(8);
    expect(await push.sender.look()).toBe(0);
    const another = push.openTestSender();
    expect(await another.look()).toBe(8);
    const third = push.openTestSender();
    expect(await third.look()).toBe(4);
    release();
    await Promise.all([push.sender, another, third].map((sender) => sender.settled()));
    const hosts = push.sent.map(({ url }) => url.hostname);
    for (const host of new Set(hosts)) expect(hosts.filter((one) => one === host)).toHaveLength(4);
    await push.sendAll();
    expect(push.sent).toHaveLength(50);
    expect(new Set(push.sent.map(({ headers }) => headers?.['webhook-id'])).size).toBe(50);
  });

  it('of strangers whose servers hang hold up no partner', async () => {
    await push.webhook(hook);
    const { answer, release } = holding();
    push.world.answer = (outgoing) =>
      outgoing.url.hostname === 'courier.example' ? answering(200)(outgoing) : answer(outgoing);
    const asked = { mode: 'subscribe' as const, topic: newsTopic, leaseSeconds: tenDays, secret: null };
    for (let host = 0; host < 20; host += 1)
      await push.store.ask({ ...asked, callback: `https://s${host}.example/` }, `s${host}`, push.clock());
    expect(await push.sender.look()).toBe(4);
    await publish();
    expect(await push.sender.look()).toBe(1);
    expect(await push.sender.look()).toBe(0);
    release();
    await push.sendAll();
    expect(await first()).toMatchObject({ state: 'delivered' });
  });

  it('are sent once, however many send', async () => {
    await push.webhook(hook);
    for (let host = 0; host < 3; host += 1) await push.webhook(`https://other${host}.example/`);
    await push.articles.putArticles(
      Array.from({ length: 10 }, (_, n) => story(`many-${n}`)),
      'test',
    );
    await push.followAll();
    const senders = [push.sender, push.openTestSender(), push.openTestSender()];
    for (let sent = 1; sent > 0; ) {
      const counts = await Promise.all(senders.map((sender) => sender.look()));
      await Promise.all(senders.map((sender) => sender.settled()));
      sent = Math.max(...counts);
    }
    const ids = push.sent.map(({ headers }) => headers?.['webhook-id']);
    expect(ids).toHaveLength(40);
    expect(new Set(ids).size).toBe(40);
  });

  it('under way at the end are finished', async () => {
    await push.subscribe(callback);
    await publish();
    const { answer, release, isReached } = holding();
    push.world.answer = answer;
    await push.sender.look();
    await isReached;
    const stopped = push.sender.stop(60_000);
    release();
    await stopped;
    expect(await first()).toMatchObject({ state: 'delivered' });
    expect(await push.sender.look()).toBe(0);
  });

  it('that do not end in time are given back as if they had not been tried', async () => {
    await push.subscribe(callback);
    await publish();
    const { answer, isReached } = holding();
    push.world.answer = answer;
    await push.sender.look();
    await isReached;
    await push.sender.stop(0);
    expect(await first()).toMatchObject({ state: 'pending', attempts: 0, isTaken: false, log: [] });
    push.world.answer = answering(200);
    const next = push.openTestSender();
    await next.look();
    await next.settled();
    expect(await first()).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('are logged without secrets and without addresses beyond the host', async () => {
    await push.subscribe(callback, { secret: 'sesame' });
    await push.webhook(hook);
    push.world.answer = answering(500);
    await publish();
    await push.sendAll();
    expect(push.lines.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        kind: 'feed',
        host: 'reader.example',
        attempts: 1,
        status: 500,
        msg: 'push delivery attempted',
      }),
    );
    expect(push.lines.join('')).not.toMatch(/of-theirs|sesame|whsec|take/);
  });

  it('and subscriptions that ended long ago are forgotten', async () => {
    await push.subscribe(callback, { leaseSeconds: 3600 });
    await push.webhook(hook);
    await publish();
    await push.sendAll();
    await push.store.forget(new Date(push.clock().getTime() - 1));
    expect(await push.written()).toHaveLength(2);
    push.later(day);
    await push.store.forget(push.clock());
    expect(await push.written()).toEqual([]);
    expect((await push.store.taken(new Date(0))).subscriptions).toBe(0);
  });
});

describe('when to try again', () => {
  it('is a fifth earlier or later by chance', () => {
    expect(delayMs(1, () => 0)).toBe(48_000);
    expect(delayMs(1, () => 1)).toBe(72_000);
  });

  it('is what Retry-After says where that is later, up to six hours', () => {
    const now = new Date('2026-04-01T00:00:00Z');
    expect(retryAfterMs('120', now)).toBe(120_000);
    expect(retryAfterMs('Wed, 01 Apr 2026 00:05:00 GMT', now)).toBe(300_000);
    expect(retryAfterMs('Wed, 01 Apr 2020 00:05:00 GMT', now)).toBe(0);
    expect(retryAfterMs('soon', now)).toBe(0);
    expect(retryAfterMs(undefined, now)).toBe(0);
    expect(delayMs(1, () => 0.5, 30_000)).toBe(60_000);
    expect(delayMs(1, () => 0.5, 10 * 3_600_000)).toBe(6 * 3_600_000);
  });
});
