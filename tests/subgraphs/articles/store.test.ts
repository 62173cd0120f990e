import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { listings, outbox } from '../../../subgraphs/articles/tables.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, authorId, putLists, story } from '../../support/stories.ts';

const now = new Date('2026-04-01T00:00:00Z');
const day = (date: number) => new Date(Date.UTC(2026, 2, date));

describe.each(testDatabases)('the store of Articles on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: ArticlesStore;
  let time = now;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    store = openArticlesStore(database, () => time);
    await putLists(store);
  });
  afterAll(() => server.close());

  const slugsOf = (rows: readonly { slug: string }[]) => rows.map(({ slug }) => slug);
  const all = async (request: object = {}) =>
    slugsOf(
      await store.lists.all({
        condition: {},
        order: 'DATE_PUBLISHED_DESC',
        page: { limit: 50, isBackward: false },
        ...request,
      }),
    );

  it('keeps a story whole, and works out what follows from it', async () => {
    const [outcome] = await store.putArticles(
      [
        story('whole', {
          headline: 'Harbour budget grows',
          tagSlugs: ['budget', 'harbour'],
          bylines: [{ displayName: 'Ann', authorId: authorId('ann') }, { displayName: 'A. Guest' }],
          datePublished: day(1),
          body: [
            { kind: 'paragraph', html: Array.from({ length: 320 }, () => 'word').join(' ') },
            { kind: 'image', imageId: authorId('picture') },
            { kind: 'related', slug: 'second', linkText: 'Read the second one too' },
          ],
          leadMedia: { kind: 'image', id: authorId('lead'), caption: 'At dawn' },
        }),
      ],
      'test',
    );
    expect(outcome).toMatchObject({ outcome: 'created', slug: 'harbour-budget-grows' });
    const [row] = await store.byIds([articleId('whole')]);
    expect(row).toMatchObject({ wordCount: 325, readingTimeMinutes: 2, genre: 'NEWS', pubStatus: 'USABLE' });
    expect(row?.tagIds).toHaveLength(2);
    expect(row?.leadMedia).toEqual({ kind: 'image', id: authorId('lead'), caption: 'At dawn' });
    const [body] = await store.bodiesByIds([articleId('whole')]);
    expect(body?.map(({ kind }) => kind)).toEqual(['paragraph', 'image', 'related']);
  });

  it('pages forward and backward, each story once, while new ones arrive', async () => {
    const stories = Array.from({ length: 9 }, (_, n) =>
      story(`p${n}`, { datePublished: day(10 + Math.floor(n / 3)) }),
    );
    await store.putArticles(stories, 'test');
    const seen: string[] = [];
    let key: string[] | undefined;
    for (let page = 0; page < 10; page += 1) {
      const rows = await store.lists.all({
        condition: { publishedAfter: day(9) },
        order: 'DATE_PUBLISHED_DESC',
        page: { limit: 2, isBackward: false, ...(key ? { key } : {}) },
      });
      const shown = rows.slice(0, 2);
      seen.push(...slugsOf(shown));
      await store.putArticles([story(`newer${page}`, { datePublished: day(20) })], 'test');
      const last = shown.at(-1);
      if (rows.length <= 2 || !last) break;
      key = [last.datePublished?.toISOString() ?? '', last.id];
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen)).toEqual(new Set(stories.map(({ sourceId }) => `story-${sourceId}`)));
    const backward = await store.lists.all({
      condition: { publishedAfter: day(9), publishedBefore: day(19) },
      order: 'DATE_PUBLISHED_DESC',
      page: { limit: 9, isBackward: true },
    });
    expect(slugsOf(backward).reverse()).toEqual(seen);
  });

  it('lists by section, tag and author, each story once', async () => {
    await store.putArticles(
      [
        story('f1', { sectionSlug: 'world', tagSlugs: ['sport'], genre: 'OPINION', inLanguage: 'en-GB' }),
        story('f2', {
          sectionSlug: 'world',
          tagSlugs: ['sport', 'harbour'],
          breaking: true,
          visibility: 'PAID',
          inLanguage: 'es',
          bylines: [
            { displayName: 'Bo', authorId: authorId('bo') },
            { displayName: 'Bo', authorId: authorId('bo'), role: 'PHOTOS_BY' },
          ],
        }),
      ],
      'test',
    );
    const matching = async (condition: object) => (await all({ condition })).sort();
    expect(await matching({ sectionSlugs: ['world'] })).toEqual(['story-f1', 'story-f2']);
    expect(await matching({ tagSlugs: ['sport', 'harbour'], sectionSlugs: ['world'] })).toEqual([
      'story-f1',
      'story-f2',
    ]);
    expect(await matching({ authorIds: [authorId('bo')] })).toEqual(['story-f2']);
    expect(await matching({ authorIds: [authorId('bo')], tagSlugs: ['budget'] })).toEqual([]);
    expect(await matching({ genres: ['OPINION'] })).toEqual(['story-f1']);
    expect(await matching({ inLanguage: 'en', sectionSlugs: ['world'] })).toEqual(['story-f1']);
    expect(await matching({ breaking: true })).toEqual(['story-f2']);
    expect(await matching({ isAccessibleForFree: false })).toEqual(['story-f2']);
    expect(await matching({ sectionSlugs: ['world'], excludeIds: [articleId('f1'), 'no id'] })).toEqual([
      'story-f2',
    ]);
    expect(await store.lists.countAll({ tagSlugs: ['sport', 'harbour'], sectionSlugs: ['world'] })).toBe(2);
    const [world] = await Promise.all([store.listBySlug('SECTION', 'world')]);
    const id = world?.id ?? '';
    const request = {
      condition: {},
      order: 'DATE_PUBLISHED_DESC',
      page: { limit: 5, isBackward: false },
    } as const;
    const [stories, none] = await store.lists.ofLists([id, authorId('nobody')], request);
    expect(slugsOf(stories ?? []).sort()).toEqual(['story-f1', 'story-f2']);
    expect(none).toEqual([]);
    expect(await store.lists.countOfLists([authorId('nobody'), id], {})).toEqual([0, 2]);
  });

  it('orders by the last change too, in lists of sections as well', async () => {
    const order = 'DATE_MODIFIED_DESC';
    await store.putArticles([story('f1', { sectionSlug: 'world', dateModified: day(30) })], 'test');
    expect(await all({ condition: { sectionSlugs: ['world'] }, order })).toEqual(['story-f1', 'story-f2']);
    await store.putArticles([story('f2', { sectionSlug: 'world', dateModified: day(31) })], 'test');
    expect(await all({ condition: { sectionSlugs: ['world'] }, order })).toEqual(['story-f2', 'story-f1']);
    expect((await all({ condition: { sectionSlugs: ['world'] }, order: 'DATE_PUBLISHED_ASC' })).length).toBe(
      2,
    );
    // A story that lost its tags is no longer listed under them.
    expect(await all({ condition: { tagSlugs: ['sport'] } })).toEqual([]);
  });

  it('finds a story under every slug that it had', async () => {
    await store.putArticles([story('moved', { slug: 'first-name' })], 'test');
    await store.putArticles([story('moved', { slug: 'second-name' })], 'test');
    const [old, present, none] = await store.bySlugs(['first-name', 'second-name', 'no-name']);
    expect(old?.article.id).toBe(articleId('moved'));
    expect(present?.article.slug).toBe('second-name');
    expect(none).toBeNull();
    const [other] = await store.putArticles([story('thief', { slug: 'second-name' })], 'test');
    expect(other).toMatchObject({ slug: 'second-name-2', notes: [expect.stringContaining('is taken')] });
  });

  it('shows a story from its time on, and not before', async () => {
    await store.putArticles(
      [
        story('later', { datePublished: new Date('2026-04-02T00:00:00Z') }),
        story('embargoed', {
          headline: 'Zeppelin over the harbour',
          slug: 'story-embargoed',
          tagSlugs: ['sport'],
          datePublished: day(2),
          embargoedUntil: new Date('2026-04-02T00:00:00Z'),
        }),
        story('hinting', { tagSlugs: ['sport'], relatedSlugs: ['story-embargoed'], datePublished: day(1) }),
        story('draft', { pubStatus: 'WITHHELD' }),
      ],
      'test',
    );
    const ids = [articleId('later'), articleId('embargoed'), articleId('draft')];
    expect(await store.byIds(ids)).toEqual([null, null, null]);
    expect(await store.bySlugs(['story-embargoed'])).toMatchObject([{ isVisible: false }]);
    expect(await all()).not.toContain('story-later');
    const page = { limit: 5, isBackward: false };
    const traces = async () => [
      (await store.search.find('zeppelin', {}, page)).rows.length,
      (await (await store.search.find('zepelin', {}, page)).suggestion()) === null ? 0 : 1,
      await store.search.count('zeppelin', {}),
      await store.lists.countAll({ tagSlugs: ['sport'], publishedAfter: day(1) }),
      (await all({ condition: { tagSlugs: ['sport'], publishedAfter: day(1) } })).length,
      (await store.related([articleId('hinting')], 40))[0]?.filter(
        ({ article }) => article.slug === 'story-embargoed',
      ).length,
    ];
    expect(await traces()).toEqual([0, 0, 0, 0, 0, 0]);
    time = new Date('2026-04-02T00:00:00Z');
    // Its words are suggested once they are counted, which the subgraph does every few seconds.
    expect(await traces()).toEqual([1, 0, 1, 1, 1, 1]);
    await store.reindex();
    expect(await traces()).toEqual([1, 1, 1, 1, 1, 1]);
    expect((await store.byIds(ids)).map((row) => row?.slug)).toEqual([
      'story-later',
      'story-embargoed',
      undefined,
    ]);
    expect((await all())[0]).toBe('story-later');
    time = now;
  });

  it('withdraws a story from every list and says so once', async () => {
    await store.putArticles([story('wrong', { tagSlugs: ['budget'] })], 'test');
    expect(await store.withdraw(articleId('wrong'), 'It was not so.', 'editor')).toBe(true);
    expect(await store.withdraw(articleId('wrong'), 'It was not so.', 'editor')).toBe(false);
    expect(await store.byIds([articleId('wrong')])).toEqual([null]);
    expect(await all({ condition: { tagSlugs: ['budget'] } })).not.toContain('story-wrong');
    const [gone] = await store.bySlugs(['story-wrong']);
    expect(gone).toMatchObject({
      isVisible: false,
      article: { pubStatus: 'CANCELED', withdrawnReason: 'It was not so.' },
    });
    const events = await database.sql.select().from(outbox).orderBy(outbox.position);
    expect(events.at(-1)).toMatchObject({
      type: 'Article',
      id: articleId('wrong'),
      change: 'withdrawn',
      changedBy: 'editor',
    });
  });

  it('keeps a withdrawn story withdrawn, whatever its source says later', async () => {
    await store.putArticles([story('gone', { tagSlugs: ['budget'] })], 'test');
    await store.withdraw(articleId('gone'), 'It was not so.', 'editor');
    const [outcome] = await store.putArticles(
      [story('gone', { headline: 'Changed', slug: 'story-gone' })],
      'import',
    );
    expect(outcome?.outcome).toBe('updated');
    const [row] = await store.bySlugs(['story-gone']);
    expect(row).toMatchObject({
      isVisible: false,
      hasAppeared: true,
      article: { pubStatus: 'CANCELED', withdrawnReason: 'It was not so.' },
    });
    expect(await all()).not.toContain('story-gone');
    const rows = await database.sql.select().from(listings);
    expect(rows.filter((one) => one.articleId === articleId('gone'))).toEqual([]);
  });

  it('does not tell of a story that was withdrawn before its time', async () => {
    const later = new Date('2026-06-01T00:00:00Z');
    await store.putArticles(
      [story('never', { pubStatus: 'CANCELED', withdrawnReason: 'A secret.', datePublished: later })],
      'test',
    );
    expect(await store.bySlugs(['story-never'])).toMatchObject([{ isVisible: false, hasAppeared: false }]);
  });

  it('does not tell of it when that time has come either', async () => {
    const before = time;
    await store.putArticles([story('early', { embargoedUntil: new Date('2026-06-01T00:00:00Z') })], 'test');
    await store.withdraw(articleId('early'), 'A secret.', 'editor');
    time = new Date('2026-06-02T00:00:00Z');
    expect(await store.bySlugs(['story-early'])).toMatchObject([{ isVisible: false, hasAppeared: false }]);
    time = before;
  });

  it('writes an event for each change, in its transaction, and none where nothing changed', async () => {
    const events = async () => (await database.sql.select().from(outbox)).length;
    const before = await events();
    await store.putArticles([story('event')], 'test');
    await store.putArticles([story('event')], 'test');
    expect(await events()).toBe(before + 1);
    await expect(
      store.putArticles([story('fine'), story('bad', { sectionSlug: 'nowhere' })], 'test'),
    ).rejects.toThrow('Expected section "nowhere" to exist, but it does not.');
    expect(await events()).toBe(before + 1);
    expect(await store.byIds([articleId('fine')])).toEqual([null]);
  });

  it('refuses what names something that is not there', async () => {
    const refused: [object, string][] = [
      [{ tagSlugs: ['none'] }, 'Expected tag "none" to exist'],
      [{ bylines: [{ displayName: 'Zed', authorId: authorId('zed') }] }, 'Expected author "Zed" to exist'],
      [{ headline: ' ' }, 'Expected a story to have a headline'],
      [{ datePublished: new Date('never') }, 'Expected datePublished to be a date'],
      [{ urgency: 12 }, 'Expected urgency to be a whole number from 1 to 9, but got: 12.'],
    ];
    for (const [rest, message] of refused) {
      await expect(store.putArticles([story('refused', rest)], 'test')).rejects.toThrow(message);
    }
  });

  it('leaves nothing behind in the lists when a story moves', async () => {
    await store.putArticles([story('mover', { tagSlugs: ['harbour'], datePublished: day(3) })], 'test');
    await store.putArticles([story('mover', { sectionSlug: 'world', datePublished: day(4) })], 'test');
    const rows = await database.sql.select().from(listings);
    expect(rows.filter((row) => row.articleId === articleId('mover'))).toHaveLength(1);
  });
});
