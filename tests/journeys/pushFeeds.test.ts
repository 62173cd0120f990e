import { createHmac } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabases } from '../support/databases.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { freePort } from '../support/port.ts';
import { putLists, story } from '../support/stories.ts';

const patience = 180_000;
const secret = 'at-least-as-long-as-a-password';

interface Received {
  method: string;
  /** The query of the callback's address. */
  asked: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A subscriber, who means whatever they are asked. */
async function openSubscriber() {
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { searchParams: asked } = new URL(request.url ?? '', 'http://subscriber.example');
    response.end(asked.get('hub.challenge') ?? '');
    const { method, headers } = request;
    arrivals.emit('request', { method, asked, headers, body: Buffer.concat(chunks) });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const incoming = on(arrivals, 'request');
  return {
    callback: `http://127.0.0.1:${(server.address() as AddressInfo).port}/take`,
    next: async () => (await incoming.next()).value[0] as Received,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

describe('the hub and the feeds of a newsroom that nobody gave an address', () => {
  let newsroom: TestNewsroom;
  let subscriber: Awaited<ReturnType<typeof openSubscriber>>;

  beforeAll(async () => {
    const env = {
      PORT: String(await freePort()),
      PUBLIC_URL: '',
      PUSH_PRIVATE_TARGETS: 'true',
      PUBLIC_QUOTA: '50000',
    };
    newsroom = await startTestNewsroom({ isServer: testDatabases.length > 1, env });
    await putLists(newsroom.stores.articles);
    subscriber = await openSubscriber();
  }, patience);
  afterAll(async () => {
    subscriber?.close();
    await newsroom?.stop();
  });

  const siteOf = () => `http://localhost:${new URL(newsroom.address).port}`;

  const subscribe = (topic: string) =>
    fetch(`${siteOf()}/hub`, {
      method: 'POST',
      body: new URLSearchParams({
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': subscriber.callback,
        'hub.secret': secret,
      }),
    });

  it.each([
    ['rss', 'application/rss+xml; charset=utf-8'],
    ['atom', 'application/atom+xml; charset=utf-8'],
    ['json', 'application/feed+json; charset=utf-8'],
  ])(
    'bring a feed as %s to whoever followed its links, whole, signed and under its own address',
    async (format, contentType) => {
      const site = siteOf();
      const [topic, hub] = [`${site}/feeds/news.${format}`, `${site}/hub`];
      const link = `<${hub}>; rel="hub", <${topic}>; rel="self"`;
      const subscribed = await subscribe(topic);
      expect([subscribed.status, await subscribed.text()]).toEqual([
        202,
        "Accepted. Verifying the subscriber's intent.\n",
      ]);
      const question = await subscriber.next();
      expect([question.method, question.asked.get('hub.topic')]).toEqual(['GET', topic]);

      await newsroom.stores.articles.putArticles(
        [story(format, { headline: `A feed as ${format}`, datePublished: new Date() })],
        'test',
      );
      const { method, headers, body } = await subscriber.next();
      expect(method).toBe('POST');
      expect(headers).toMatchObject({ 'content-type': contentType, link });
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      expect(headers['x-hub-signature']).toBe(`sha256=${signature}`);
      const text = body.toString();
      expect(text).toContain(`A feed as ${format}`);
      for (const address of [topic, hub]) expect(text).toContain(`"${address}"`);
      expect(text).not.toContain('http://localhost/');

      // Ended, so that the next format comes alone.
      const ending = { 'hub.mode': 'unsubscribe', 'hub.topic': topic, 'hub.callback': subscriber.callback };
      await fetch(hub, { method: 'POST', body: new URLSearchParams(ending) });
      expect((await subscriber.next()).asked.get('hub.mode')).toBe('unsubscribe');
    },
    patience,
  );

  it('have one address, by whatever name the newsroom was asked', async () => {
    const port = new URL(newsroom.address).port;
    const robots = await (await fetch(`http://127.0.0.1:${port}/robots.txt`)).text();
    expect(robots).toContain(`http://localhost:${port}/sitemap.xml`);
  });

  it(
    'bring a feed also when nobody at this address may ask for more: what push wants is paid by nobody',
    async () => {
      const topic = `${siteOf()}/feeds/news.json`;
      expect((await subscribe(topic)).status).toBe(202);
      await subscriber.next();
      for (const limit of [100, 1]) while ((await fetch(`${topic}?limit=${limit}`)).status === 200);
      expect((await fetch(`${topic}?limit=1`)).status).toBe(429);
      await newsroom.stores.articles.putArticles(
        [story('paid', { headline: 'Paid by nobody', datePublished: new Date() })],
        'test',
      );
      expect((await subscriber.next()).body.toString()).toContain('Paid by nobody');
      // The hub charges the account of the subscriber, whose quota is used up.
      const refused = await subscribe(`${siteOf()}/feeds/news.atom`);
      expect([refused.status, refused.headers.has('retry-after')]).toEqual([429, true]);
    },
    patience,
  );
});
