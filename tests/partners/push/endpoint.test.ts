import { createHmac } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { pino } from 'pino';
import type { Ask } from '../../../gateway/server/graphClient.ts';
import { addPush } from '../../../partners/push/push.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { newsTopic, openTestPush, publicUrl, type TestPush } from '../../support/push.ts';
import { story } from '../../support/stories.ts';

describe.each(testDatabases)('push beside a server that listens, on $name', ({ open }) => {
  let server: DatabaseServer;
  let push: TestPush;
  let app: FastifyInstance;
  let stop: () => Promise<void>;
  let hub: string;
  let description = 'empty';
  const arrivals = new EventEmitter();
  const incoming = on(arrivals, 'request');
  const next = async () => (await incoming.next()).value[0] as { request: IncomingMessage; body: string };

  /** A subscriber who means it. */
  const subscriber = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { searchParams } = new URL(request.url ?? '', 'http://subscriber.example');
    response.end(searchParams.get('hub.challenge') ?? '');
    arrivals.emit('request', { request, body: Buffer.concat(chunks).toString() });
  });

  beforeAll(async () => {
    server = await open();
    push = await openTestPush(server, new Date());
    await new Promise<void>((listening) => subscriber.listen(0, '127.0.0.1', listening));
    app = fastify({ forceCloseConnections: true });
    app.addHook('onRequest', async (request) => {
      request.note = {};
    });
    // No route serves feeds: push takes them from the graph.
    const ask = (async (_document: unknown, { slug }: { slug: string }) => {
      const articles = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };
      const feed = { slug, title: 'News', description, withdrawals: [], articles };
      return { data: { feed: slug === 'news' ? feed : null }, errors: [] };
    }) as unknown as Ask;
    const added = await addPush(app, {
      ask,
      databaseOf: async (owner) => server.databaseOf(owner),
      changes: push.articles,
      publicUrl,
      settings: {
        publicationName: 'Dateline',
        isProduction: false,
        allowsPrivateTargets: true,
        drainTimeoutMs: 5000,
      },
      log: pino({ level: 'silent' }),
    });
    stop = added.stop;
    hub = `${await app.listen({ host: '127.0.0.1', port: 0 })}/hub`;
  });
  afterAll(async () => {
    await app.close();
    await stop();
    subscriber.close();
    subscriber.closeAllConnections();
    await server.close();
  });

  it('subscribes, brings the feed when a story appears, and ends with the server', async () => {
    const { port } = subscriber.address() as AddressInfo;
    const fields = {
      'hub.mode': 'subscribe',
      'hub.topic': newsTopic,
      'hub.callback': `http://127.0.0.1:${port}/take`,
      'hub.secret': 'sesame',
    };
    const answer = await fetch(hub, { method: 'POST', body: new URLSearchParams(fields) });
    expect(answer.status).toBe(202);
    expect((await next()).request.method).toBe('GET');
    // Meant, once that is written down: a story is put as soon as somebody is there to be told.
    while ((await push.store.taken(new Date())).subscriptions === 0)
      await new Promise((turn) => setImmediate(turn));
    description = 'one story';
    await push.articles.putArticles([story('one')], 'test');
    const { request, body } = await next();
    expect(body).toContain('<description>one story</description>');
    expect(body).toContain(`<atom:link rel="self" href="${newsTopic}"`);
    expect(request.headers).toMatchObject({
      'content-type': 'application/rss+xml; charset=utf-8',
      'x-hub-signature': `sha256=${createHmac('sha256', 'sesame').update(body).digest('hex')}`,
    });
    const unknown = new URLSearchParams({ ...fields, 'hub.topic': `${publicUrl}/feeds/tag/none.rss` });
    expect((await fetch(hub, { method: 'POST', body: unknown })).status).toBe(400);
  });
});
