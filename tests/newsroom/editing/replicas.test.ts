import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { follow } from '../../../partners/push/follow.ts';
import { openPushStore, pushOwner } from '../../../partners/push/store.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { openSignInService } from '../../support/editing.ts';
import { putLists } from '../../support/stories.ts';

describe('a story that is scheduled, on two replicas of one database', () => {
  let databases: DatabaseServer;
  let replicas: TestDoors[];
  let now = new Date('2026-04-01T12:00:00Z');
  const clock = () => now;

  beforeAll(async () => {
    databases = (await testDatabases.at(-1)?.open()) as DatabaseServer;
    replicas = [];
    for (let n = 0; n < 2; n += 1) replicas.push(await openDoors({ databases, clock }));
    await putLists((replicas[0] as TestDoors).open.articles.store);
  });
  afterAll(async () => {
    for (const one of replicas) await one.stop();
    await databases.close();
  });

  it('appears by the clock on both, without a restart, and is told of once', async () => {
    const [first, second] = replicas as [TestDoors, TestDoors];
    const pushDatabase = databases.databaseOf(pushOwner);
    await pushDatabase.migrate();
    const store = openPushStore(pushDatabase);
    const publicUrl = 'https://news.example';
    await store.addWebhook({
      ...{ partner: 'The Courier', url: 'https://courier.example/hook', host: 'courier.example' },
      ...{ events: ['published', 'updated', 'withdrawn'], createdAt: now, secret: 'whsec_eA==' },
    });
    const followBoth = async () => {
      const last = await first.open.articles.store.lastPosition();
      do
        await Promise.all(
          replicas.map((one) => follow({ changes: one.open.articles.store, store, publicUrl, clock })),
        );
      while ((await store.place(async () => 0)).position < last);
    };
    await followBoth();
    const desk = openSignInService(first);
    const { id } = await desk.put('due', { embargoedUntil: '2026-04-01T13:00:00Z' });
    await openSignInService(second).publish(id, { at: '2026-04-01T12:30:00Z' });
    const shown = () =>
      Promise.all(
        replicas.map(async (one) => {
          const { data } = await one.ask('{ articles(first: 5) { nodes { id } } }');
          const feed = await one.get('/feeds/news.rss');
          return data.articles.nodes.length === 1 && feed.body.includes('Story due');
        }),
      );
    const told = async () =>
      (await store.deliveries({ limit: 100 }))
        .filter(({ kind }) => kind === 'event')
        .map(({ event, storyId }) => [event, storyId]);

    for (const time of ['2026-04-01T12:30:00Z', '2026-04-01T12:59:59.999Z']) {
      now = new Date(time);
      await followBoth();
      expect(await shown()).toEqual([false, false]);
      expect(await told()).toEqual([]);
    }
    now = new Date('2026-04-01T13:00:00Z');
    expect(await shown()).toEqual([true, true]);
    for (let n = 0; n < 3; n += 1) await followBoth();
    expect(await told()).toEqual([['published', id]]);
  });
});
