import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles } from '../../../subgraphs/articles/tables.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const at = (text: string) => new Date(text);
const now = at('2026-04-01T00:00:00Z');

describe.each(testDatabases)('what a put leaves as it is stored, on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: ArticlesStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    store = openArticlesStore(database, () => now);
    await putLists(store);
  });
  afterAll(() => server.close());

  async function rowOf(sourceId: string) {
    const rows = await database.sql.select().from(articles);
    const row = rows.find(({ id }) => id === articleId(sourceId));
    if (!row) throw new Error(`Expected ${sourceId} to be stored, but it is not.`);
    return row;
  }
  const put = (...parts: Parameters<typeof story>) => store.putArticles([story(...parts)], 'test');
  const unsaid = { datePublished: undefined } as object;

  it('does not publish a new story that says nothing of it, nor one that says null', async () => {
    await put('silent', unsaid);
    await put('null', { datePublished: null });
    expect(await store.byIds([articleId('silent'), articleId('null')])).toEqual([null, null]);
    expect(await rowOf('silent')).toMatchObject({ datePublished: null, visibleFrom: null });
  });

  it('keeps the dates, the embargo, the notes and the chosen stories of one that is put with another text', async () => {
    await put('kept', {
      datePublished: at('2026-03-01T00:00:00Z'),
      embargoedUntil: at('2026-05-01T00:00:00Z'),
      dateFirstPublished: at('2026-02-01T00:00:00Z'),
      relatedSlugs: ['other'],
      corrections: [
        {
          sourceId: 'note',
          correctionType: 'UPDATE',
          text: 'A note.',
          datePublished: at('2026-03-05T00:00:00Z'),
        },
      ],
    });
    const before = await rowOf('kept');
    await put('kept', { ...unsaid, headline: 'Another', dateModified: at('2026-03-02T00:00:00Z') });
    const after = await rowOf('kept');
    const { datePublished, embargoedUntil, visibleFrom, dateFirstPublished, relatedSlugs, corrections } =
      before;
    expect(after).toMatchObject({ headline: 'Another', datePublished, embargoedUntil, visibleFrom });
    expect(after).toMatchObject({ dateFirstPublished, relatedSlugs, corrections });
    // The note is younger than what the source says of its last change.
    expect(after.dateModified).toEqual(at('2026-03-05T00:00:00Z'));
    expect(after.revision).toBe(before.revision + 1);
  });

  it('takes away what is null or an empty list', async () => {
    await put('cleared', { embargoedUntil: at('2026-05-01T00:00:00Z'), relatedSlugs: ['other'] });
    await put('cleared', { embargoedUntil: null, relatedSlugs: [], corrections: [] });
    expect(await rowOf('cleared')).toMatchObject({ embargoedUntil: null, relatedSlugs: [], corrections: [] });
    expect((await store.byIds([articleId('cleared')]))[0]?.id).toBe(articleId('cleared'));
    await put('cleared', { datePublished: null });
    expect(await store.byIds([articleId('cleared')])).toEqual([null]);
  });

  it('takes a first publication that never came for a plan', async () => {
    await put('planned', { datePublished: at('2026-06-01T00:00:00Z') });
    await put('planned', { datePublished: at('2026-03-03T00:00:00Z') });
    expect((await rowOf('planned')).dateFirstPublished).toEqual(at('2026-03-03T00:00:00Z'));
    await put('planned', { datePublished: at('2026-03-20T00:00:00Z') });
    expect((await rowOf('planned')).dateFirstPublished).toEqual(at('2026-03-03T00:00:00Z'));
  });

  it('counts a revision for each writing, and none where nothing is written', async () => {
    await put('counted');
    await put('counted');
    expect((await rowOf('counted')).revision).toBe(1);
    await put('counted', { headline: 'Another' });
    await store.withdraw(articleId('counted'), 'It was not so.', 'test');
    expect((await rowOf('counted')).revision).toBe(3);
  });
});
