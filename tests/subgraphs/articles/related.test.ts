import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSearch } from '../../../subgraphs/articles/sql/search.ts';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const now = new Date('2026-04-01T00:00:00Z');
const harbour = (text: string) => [
  { kind: 'paragraph' as const, html: `${text} ferry ferry dredging dredging quay quay` },
];

describe.each(testDatabases)('related stories and search on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: ArticlesStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    store = openArticlesStore(database, () => now);
    await putLists(store);
    await store.putArticles(
      [
        story('main', {
          headline: 'Main',
          tagSlugs: ['harbour', 'budget'],
          relatedSlugs: ['chosen-two', 'chosen-one', 'main', 'story-hidden'],
          body: [
            ...harbour(
              'See <a href="/articles/linked?x=1">this</a> and <a href="/articles/chosen-one">that</a>.',
            ),
            { kind: 'related', slug: 'card', linkText: 'A card' },
            { kind: 'related', slug: 'not-there', linkText: 'Nothing' },
          ],
        }),
        story('1', { slug: 'chosen-one', tagSlugs: ['harbour'] }),
        story('2', { slug: 'chosen-two' }),
        story('3', { slug: 'linked' }),
        story('4', { slug: 'card' }),
        story('5', { slug: 'both-tags', tagSlugs: ['budget', 'harbour'] }),
        story('6', { slug: 'one-tag', tagSlugs: ['harbour'] }),
        story('7', {
          slug: 'one-tag-old',
          tagSlugs: ['harbour'],
          datePublished: new Date('2021-01-01T00:00:00Z'),
        }),
        story('8', { slug: 'same-words', body: harbour('Other.') }),
        story('9', {
          slug: 'nothing-shared',
          body: [{ kind: 'paragraph', html: 'Chess, chess and tactics, tactics.' }],
        }),
        story('hidden', { tagSlugs: ['harbour'], datePublished: new Date('2026-05-01T00:00:00Z') }),
      ],
      'test',
    );
  });
  afterAll(() => server.close());

  it('gives the chosen first, then the linked, then those alike, each once and never itself', async () => {
    const [related] = await store.related([articleId('main')], 40);
    expect(related?.map(({ article, source }) => `${source} ${article.slug}`)).toEqual([
      'CURATED chosen-two',
      'CURATED chosen-one',
      'INLINE linked',
      'INLINE card',
      'AUTOMATIC same-words',
      'AUTOMATIC both-tags',
      'AUTOMATIC one-tag',
      'AUTOMATIC one-tag-old',
    ]);
    const reasons = Object.fromEntries(related?.map(({ article, reason }) => [article.slug, reason]) ?? []);
    expect(reasons['chosen-one']).toBe('Chosen by the editors');
    expect(reasons.linked).toBe('Linked in the story');
    expect(reasons['both-tags']).toBe('Shares the tags BUDGET and HARBOUR');
    expect(reasons['one-tag']).toBe('Shares the tag HARBOUR');
    expect(reasons['same-words']).toBe('Also about ferry ferry dredging');
    for (const { score } of related?.slice(4) ?? []) expect(score).toBeGreaterThan(0);
  });

  it('answers for many stories with one statement', async () => {
    const ids = ['main', '5', '9', 'hidden'].map(articleId);
    const statements = await statementsOf(async () => {
      const [main, five, nine] = await store.related(ids, 3);
      expect(main).toHaveLength(3);
      expect(five?.map(({ article }) => article.slug)).toContain('main');
      expect(nine).toEqual([]);
    });
    expect(statements).toHaveLength(1);
  });

  it('finds words in all their forms, ranks them, and shows where they stand', async () => {
    await store.putArticles(
      [
        story('s1', {
          headline: 'Lighthouse keepers return',
          body: [{ kind: 'paragraph', html: 'They came back.' }],
        }),
        story('s2', {
          headline: 'A walk',
          body: [{ kind: 'paragraph', html: 'Past the lighthouse &amp; the <b>lamp</b> &lt;i&gt; on.' }],
        }),
        story('s3', {
          headline: 'Gated',
          visibility: 'PAID',
          body: [
            { kind: 'paragraph', html: 'Free start.' },
            { kind: 'paywall' },
            { kind: 'paragraph', html: 'A secret lighthouse.' },
          ],
        }),
        story('s4', {
          headline: 'El faro',
          inLanguage: 'es',
          body: [{ kind: 'paragraph', html: 'Los faros de la costa.' }],
        }),
      ],
      'test',
    );
    const page = { limit: 10, isBackward: false };
    const { rows: found } = await store.search.find('lighthouses', {}, page);
    expect(found.map(({ article }) => article.headline)).toEqual(['Lighthouse keepers return', 'A walk']);
    expect(found[0]?.highlights[0]).toContain('<mark>Lighthouse</mark> keepers');
    expect(found[1]?.highlights.join()).toContain('Past the <mark>lighthouse</mark> &#38; the lamp');
    expect(found[1]?.highlights.join()).not.toContain('<i>');
    expect(await store.search.count('lighthouse', {})).toBe(2);
    const headlines = async (words: string) =>
      (await store.search.find(words, {}, page)).rows.map(({ article }) => article.headline);
    expect(await headlines('lighthouse -walks -lamps')).toEqual(['Lighthouse keepers return']);
    expect(await headlines('"secret lighthouse"')).toEqual([]);
    expect(await headlines('lighthouse -keepers')).toEqual(['A walk']);
    expect((await store.search.find('faros', { inLanguage: 'es' }, page)).rows).toHaveLength(1);
    const {
      rows: [first],
    } = await store.search.find('lighthouse', {}, { limit: 1, isBackward: false });
    const { rows: rest } = await store.search.find(
      'lighthouse',
      {},
      { limit: 5, isBackward: false, key: [first?.score ?? '', first?.article.id ?? ''] },
    );
    expect(rest.map(({ article }) => article.headline)).toEqual(['A walk']);
    expect(await headlines("') or !((")).toEqual([]);
  });

  it('finds and ranks the same among the newest only, where words stand in very many stories', async () => {
    const common = openSearch(database, () => now, { rareAtMost: 0 });
    const page = { limit: 1, isBackward: false };
    for (const condition of [{}, { sectionSlugs: ['city'], isAccessibleForFree: true }]) {
      const {
        rows: [first, second],
      } = await common.find('lighthouse', condition, page);
      expect([first, second].map((row) => row?.article.headline)).toEqual([
        'Lighthouse keepers return',
        'A walk',
      ]);
      const key = [first?.score ?? '', first?.article.id ?? ''];
      expect((await common.find('lighthouse', condition, { ...page, key })).rows).toHaveLength(1);
    }
    expect((await common.find('lighthouse', { genres: ['OPINION'] }, page)).rows).toEqual([]);
  });
});
