import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles } from '../../../subgraphs/articles/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { ask } from '../../support/ask.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, authorId, putLists, story } from '../../support/stories.ts';

const now = new Date('2026-05-10T12:00:00Z');
const at = (text: string) => new Date(text);

describe.each(testDatabases)('months and withdrawals on $name', ({ open }) => {
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<ArticlesStore>;
  let clock = now;

  beforeAll(async () => {
    server = await open();
    const database = server.databaseOf(subgraphOwner('articles'));
    subgraph = await articles.open({ database, settings: readSubgraphSettings({}), clock: () => clock });
    const { store } = subgraph;
    await putLists(store);
    const byAnn = { tagSlugs: ['harbour'], bylines: [{ authorId: authorId('ann'), displayName: 'Ann' }] };
    await store.putArticles(
      [
        story('last of march', { datePublished: at('2026-03-31T23:59:59.999Z') }),
        story('first of april', { datePublished: at('2026-04-01T00:00:00Z') }),
        story('second of april', {
          datePublished: at('2026-04-02T00:00:00Z'),
          dateModified: at('2026-04-20T00:00:00Z'),
        }),
        story('not yet', {
          datePublished: at('2026-05-01T00:00:00Z'),
          embargoedUntil: at('2026-06-01T00:00:00Z'),
        }),
        story('gone', { datePublished: at('2026-05-02T00:00:00Z'), ...byAnn }),
        story('gone before its time', {
          datePublished: at('2026-05-02T00:00:00Z'),
          embargoedUntil: at('2026-06-01T00:00:00Z'),
          ...byAnn,
        }),
      ],
      'test',
    );
    await store.withdraw(articleId('gone'), 'It was wrong.', 'test');
    await store.withdraw(articleId('gone before its time'), 'It was secret.', 'test');
  });
  afterAll(() => server?.close());

  it('counts the stories of each month by UTC, those that readers may see', async () => {
    const { data } = await ask(subgraph, '{ archive { month articleCount dateModified } }');
    expect(data).toEqual({
      archive: [
        { month: '2026-04', articleCount: 2, dateModified: '2026-04-20T00:00:00.000Z' },
        { month: '2026-03', articleCount: 1, dateModified: '2026-03-31T23:59:59.999Z' },
      ],
    });
  });

  it('tells of a story that was taken back, in each list that it stood in, and never of one that was not there yet', async () => {
    const gone = { articleId: articleId('gone'), reason: 'It was wrong.', withdrawnAt: now.toISOString() };
    for (const slug of ['news', 'section/city', 'tag/harbour', 'author/ann']) {
      const { data } = await ask(
        subgraph,
        'query ($slug: String!) { feed(slug: $slug) { withdrawals { articleId reason withdrawnAt } } }',
        { slug },
      );
      expect([slug, data]).toEqual([slug, { feed: { withdrawals: [gone] } }]);
    }
    const others = await ask(
      subgraph,
      '{ a: feed(slug: "section/world") { withdrawals { articleId } } b: feed(slug: "tag/budget") { withdrawals { articleId } } }',
    );
    expect(others.data).toEqual({ a: { withdrawals: [] }, b: { withdrawals: [] } });
  });

  it('finds a withdrawal by the id of its story', async () => {
    const query = `{
      gone: withdrawal(id: "${articleId('gone')}") { reason }
      early: withdrawal(id: "${articleId('gone before its time')}") { reason }
      there: withdrawal(id: "${articleId('first of april')}") { reason }
      none: withdrawal(id: "none") { reason }
    }`;
    const { data } = await ask(subgraph, query);
    expect(data).toEqual({ gone: { reason: 'It was wrong.' }, early: null, there: null, none: null });
  });

  it('forgets a withdrawal after 30 days, and refuses more than 100', async () => {
    clock = new Date(now.getTime() + 31 * 24 * 60 * 60 * 1000);
    const { data } = await ask(subgraph, '{ feed(slug: "news") { withdrawals { articleId } } }');
    expect(data).toEqual({ feed: { withdrawals: [] } });
    clock = now;
    const { errors } = await ask(
      subgraph,
      '{ feed(slug: "news") { withdrawals(first: 101) { articleId } } }',
    );
    expect(errors?.[0]).toBe('Expected "first" to be at most 100, but got: 101.');
  });
});
