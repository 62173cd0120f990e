import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stories } from '../../../partners/push/tables.ts';
import { outbox } from '../../../subgraphs/articles/tables.ts';
import type { DatabaseServer, Sql } from '../../../subgraphs/store/database.ts';
import { recordChanges } from '../../../subgraphs/store/outbox.ts';
import { testDatabases } from '../../support/databases.ts';
import { openTestPush, publicUrl, type TestPush } from '../../support/push.ts';
import { articleId, authorId, story } from '../../support/stories.ts';

describe.each(testDatabases)('following what changes on $name', ({ open }) => {
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

  const put = (...items: ReturnType<typeof story>[]) => push.articles.putArticles(items, 'test');
  const told = async () =>
    (await push.written()).map(({ event, storyId, at }) => [event, storyId, at.toISOString()]);
  const topicsOf = async () => {
    await push.sendAll();
    const topics = push.sent.map(({ headers }) => /, <(.*)>; rel="self"/.exec(headers?.link ?? '')?.[1]);
    push.sent.length = 0;
    return topics.map((topic) => topic?.slice(`${publicUrl}/feeds/`.length)).sort();
  };

  it('tells of a story that is published, changed and withdrawn, each once', async () => {
    await push.webhook('https://courier.example/hook');
    await put(story('one'));
    await push.followAll();
    push.later(1);
    await put(story('one', { headline: 'Another headline' }));
    await push.followAll();
    push.later(1);
    await push.articles.withdraw(articleId('one'), 'A mistake', 'test');
    await push.followAll();
    await push.followAll();
    expect(await told()).toEqual([
      ['published', articleId('one'), '2026-04-01T00:00:00.000Z'],
      ['updated', articleId('one'), '2026-04-01T00:00:01.000Z'],
      ['withdrawn', articleId('one'), '2026-04-01T00:00:02.000Z'],
    ]);
  });

  it('tells a webhook only of what it asked for', async () => {
    await push.webhook('https://courier.example/hook', ['withdrawn']);
    await put(story('one'));
    await push.followAll();
    await push.articles.withdraw(articleId('one'), 'A mistake', 'test');
    await push.followAll();
    expect((await told()).map(([event]) => event)).toEqual(['withdrawn']);
  });

  it('tells nobody of what changed before push was there', async () => {
    push = await openTestPush(server);
    await put(story('old'));
    await push.webhook('https://courier.example/hook');
    await push.followAll();
    expect(await told()).toEqual([]);
    await put(story('old', { headline: 'Changed' }));
    await push.followAll();
    expect((await told()).map(([event]) => event)).toEqual(['updated']);
  });

  it('finds the feeds that a change touches, those that the story left among them', async () => {
    const names = ['news.rss', 'news.json', 'section/city.atom', 'section/world.rss', 'tag/harbour.rss'];
    for (const [place, name] of [...names, 'tag/budget.rss', 'author/ann.json'].entries())
      await push.subscribe(`https://reader${place}.example/`, { topic: `${publicUrl}/feeds/${name}` });
    await put(
      story('one', { tagSlugs: ['harbour'], bylines: [{ displayName: 'Ann', authorId: authorId('ann') }] }),
    );
    await push.followAll();
    expect(await topicsOf()).toEqual([
      'author/ann.json',
      'news.json',
      'news.rss',
      'section/city.atom',
      'tag/harbour.rss',
    ]);
    await put(story('one', { sectionSlug: 'world', tagSlugs: ['harbour'] }));
    await push.followAll();
    expect(await topicsOf()).toEqual([
      'author/ann.json',
      'news.json',
      'news.rss',
      'section/city.atom',
      'section/world.rss',
      'tag/harbour.rss',
    ]);
  });

  it('tells of a story whose time comes by the clock, at its time and not before', async () => {
    await push.webhook('https://courier.example/hook');
    await put(story('later', { datePublished: new Date('2026-04-01T06:00:00Z') }));
    await put(story('secret', { embargoedUntil: new Date('2026-04-01T07:00:00Z') }));
    await put(story('secret', { headline: 'Changed', embargoedUntil: new Date('2026-04-01T08:00:00Z') }));
    await push.followAll();
    push.at('2026-04-01T05:59:59.999Z');
    await push.followAll();
    expect(await told()).toEqual([]);
    push.at('2026-04-01T07:00:00Z');
    await push.followAll();
    push.at('2026-04-01T09:00:00Z');
    await push.followAll();
    await push.followAll();
    expect(await told()).toEqual([
      ['published', articleId('later'), '2026-04-01T06:00:00.000Z'],
      ['published', articleId('secret'), '2026-04-01T08:00:00.000Z'],
    ]);
  });

  it('says nothing of a story that nobody could see before it was withdrawn', async () => {
    await push.webhook('https://courier.example/hook');
    await put(story('secret', { embargoedUntil: new Date('2026-04-02T00:00:00Z') }));
    await push.followAll();
    await push.articles.withdraw(articleId('secret'), 'Not to be', 'test');
    await put(story('draft', { pubStatus: 'WITHHELD' }));
    await push.followAll();
    push.at('2026-04-03T00:00:00Z');
    await push.followAll();
    expect(await told()).toEqual([]);
    expect(await push.pushDatabase.sql.select().from(stories)).toHaveLength(2);
  });

  it('says that a story is withdrawn that goes back under embargo', async () => {
    await push.webhook('https://courier.example/hook');
    await put(story('one'));
    await push.followAll();
    push.later(1);
    await put(story('one', { embargoedUntil: new Date('2026-04-02T00:00:00Z') }));
    await push.followAll();
    expect((await told()).map(([event]) => event)).toEqual(['published', 'withdrawn']);
  });

  it('sends a feed once for changes that come while it waits', async () => {
    await push.subscribe('https://reader.example/');
    await put(story('one'));
    await push.followAll();
    await put(story('two'));
    await push.followAll();
    expect(await push.written()).toHaveLength(1);
  });

  it('sends a feed again for a change that comes while it is under way', async () => {
    await push.subscribe('https://reader.example/');
    await put(story('one'));
    await push.followAll();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    push.world.answer = async () => {
      await held;
      return { status: 204, retryAfter: undefined, body: Buffer.alloc(0) };
    };
    await push.sender.look();
    await put(story('two'));
    await push.followAll();
    release();
    await push.sender.settled();
    expect((await push.written()).map(({ state }) => state).sort()).toEqual(['delivered', 'pending']);
  });

  it('writes down neither a delivery nor the place where a step fails in its middle', async () => {
    await push.webhook('https://courier.example/hook');
    await put(story('one'));
    const before = await push.store.place(async () => 0);
    const failing = push.store.move({ from: before, position: 99, ids: [], now: push.clock() }, () => {
      throw new Error('killed');
    });
    await expect(failing).rejects.toThrow('killed');
    expect(await push.store.place(async () => 0)).toEqual(before);
    await push.followAll();
    expect(await told()).toHaveLength(1);
  });

  it('moves on from a place once, however many follow', async () => {
    await push.webhook('https://courier.example/hook');
    for (let round = 0; round < 5; round += 1) {
      await put(story(`round-${round}`));
      await Promise.all([push.followAll(), push.followAll(), push.followAll()]);
    }
    expect((await told()).map(([, id]) => id).sort()).toEqual(
      [0, 1, 2, 3, 4].map((round) => articleId(`round-${round}`)).sort(),
    );
  });
});

const [, postgres] = testDatabases;

(postgres ? describe : describe.skip)('following beside transactions that still run', () => {
  it('waits for an older change rather than lose it', async () => {
    const server = await (postgres as NonNullable<typeof postgres>).open();
    const push = await openTestPush(server);
    await push.followAll();
    await push.webhook('https://courier.example/hook');
    await push.articles.putArticles([story('slow'), story('quick')], 'test');
    await push.followAll();
    const before = (await push.written()).length;
    const change = (id: string) => ({ type: 'Article', id: articleId(id), change: 'updated' as const });
    const stamp = { by: 'test', at: push.clock() };
    const { sql } = push.articlesDatabase;
    let commit = () => {};
    const held = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let wrote = () => {};
    const written = new Promise<void>((resolve) => {
      wrote = resolve;
    });
    const slow = sql.transaction(async (transaction) => {
      await recordChanges(transaction as Sql, outbox, [change('slow')], stamp);
      wrote();
      await held;
    });
    await written;
    await sql.transaction((transaction) =>
      recordChanges(transaction as Sql, outbox, [change('quick')], stamp),
    );
    // The later change can be seen, and is not taken before the older one.
    const hasMoved = await push.step();
    const meanwhile = (await push.written()).length;
    commit();
    await slow;
    await push.followAll();
    const events = (await push.written()).slice(before).map(({ storyId }) => storyId);
    await server.close();
    expect({ hasMoved, meanwhile }).toEqual({ hasMoved: false, meanwhile: before });
    expect(events.sort()).toEqual([articleId('slow'), articleId('quick')].sort());
  });
});
