import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { listings } from '../../../subgraphs/articles/tables.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

describe.each(testDatabases)('puts that meet, and what no database holds, on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: ArticlesStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    store = openArticlesStore(database);
    await putLists(store);
  });
  afterAll(() => server.close());

  it('survives two puts of the same stories at once, and leaves nothing of the loser behind', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `both${n}`);
    const [first, second] = await Promise.all([
      store.putArticles(
        ids.map((id) => story(id, { tagSlugs: ['budget'], slug: `same-${id}` })),
        'one',
      ),
      store.putArticles(
        ids.map((id) => story(id, { tagSlugs: ['sport'], sectionSlug: 'world', slug: `same-${id}` })),
        'two',
      ),
    ]);
    expect([...first, ...second].filter(({ outcome }) => outcome === 'created')).toHaveLength(20);
    const rows = await database.sql.select().from(listings);
    const mine = new Set(ids.map(articleId));
    expect(rows.filter((row) => mine.has(row.articleId))).toHaveLength(40);
  });

  it('gives two stories that want one slug at once a slug each', async () => {
    const put = (id: string) => store.putArticles([story(id, { slug: 'wanted' })], 'test');
    const outcomes = (await Promise.all(['w1', 'w2', 'w3'].map(put))).flat();
    expect(outcomes.map(({ slug }) => slug).sort()).toEqual(['wanted', 'wanted-2', 'wanted-3']);
  });

  it('says what the database refused without the words that it was given', async () => {
    const tiers = { visibility: 'TIERS' as const, requiredTierIds: ['secret1'] };
    const failure = await store.putArticles([story('wrong', tiers)], 'test').catch((error: Error) => error);
    expect(failure).toMatchObject({ name: 'DatabaseFailure', code: '22P02' });
    expect(JSON.stringify([(failure as Error).message, (failure as Error).stack])).not.toContain('secret1');
  });

  it('takes a text with more words than PostgreSQL indexes', async () => {
    const words = Array.from({ length: 120_000 }, (_, n) => `secret${n}`).join(' ');
    const huge = story('huge', { body: [{ kind: 'paragraph', html: words }] });
    expect(await store.putArticles([huge], 'test')).toMatchObject([{ outcome: 'created' }]);
    expect(await store.search.count('secret7', {})).toBe(1);
  });

  it('stores what PostgreSQL cannot hold as near to it as it can', async () => {
    const body = [{ kind: 'paragraph' as const, html: 'A\u0000B\ud83d.' }];
    await store.putArticles([story('odd', { headline: '서울\ud83d', body })], 'test');
    const [row] = await store.byIds([articleId('odd')]);
    expect(row).toMatchObject({ headline: '서울\ufffd', slug: '서울' });
    expect(await store.bodiesByIds([articleId('odd')])).toEqual([[{ kind: 'paragraph', html: 'AB\ufffd.' }]]);
  });

  it('keeps a story withdrawn that is put while somebody withdraws it', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `torn${n}`);
    await store.putArticles(
      ids.map((id) => story(id)),
      'test',
    );
    await Promise.all(
      ids.flatMap((id) => [
        store.putArticles([story(id, { standfirst: 'Changed.' })], 'import'),
        store.withdraw(articleId(id), 'It was not so.', 'editor'),
      ]),
    );
    expect(await store.byIds(ids.map(articleId))).toEqual(ids.map(() => null));
    expect(await store.bySlugs(ids.map((id) => `story-${id}`))).toEqual(
      ids.map(() => expect.objectContaining({ article: expect.objectContaining({ pubStatus: 'CANCELED' }) })),
    );
  });
});
