import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles } from '../../../subgraphs/articles/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { ask } from '../../support/ask.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, authorId, putLists, story } from '../../support/stories.ts';

/** Few days, so that many stories have the same date and only their ids tell them apart. */
const day = fc.integer({ min: 1, max: 4 });
const pick = fc.nat({ max: 99 });
const change = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), day }),
  fc.record({ kind: fc.constant('withdraw' as const), pick }),
  fc.record({ kind: fc.constant('move' as const), pick, day }),
);

/** The same stories by every way in which the graph lists them; all are by Ann, in the city, about the harbour. */
const lists = {
  'all articles': 'list: articles(PAGE)',
  'the oldest first': 'list: articles(PAGE, orderBy: DATE_PUBLISHED_ASC)',
  'the last changed first': 'list: articles(PAGE, orderBy: DATE_MODIFIED_DESC)',
  'a filter':
    'list: articles(PAGE, filter: { tagSlugs: ["harbour", "budget"], sectionSlugs: ["city"], genres: [NEWS] })',
  'the News Feed': 'feed(slug: "news") { list: articles(PAGE) PART }',
  'the feed of a section': 'feed(slug: "section/city") { list: articles(PAGE) PART }',
  'a section': 'section(slug: "city") { list: articles(PAGE) PART }',
  'a tag': 'tag(slug: "harbour") { list: articles(PAGE) PART }',
  'an author': `_entities(representations: [{ __typename: "Author", id: "${authorId('ann')}" }]) { ... on Author { list: articles(PAGE) PART } }`,
};
const part = '{ nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }';

const walk = fc.record({
  list: fc.constantFrom(...(Object.keys(lists) as (keyof typeof lists)[])),
  isBackward: fc.boolean(),
  size: fc.integer({ min: 1, max: 4 }),
  stories: fc.array(day, { minLength: 1, maxLength: 10 }),
  // What happens after each page.
  changes: fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 6 }),
});

interface Connection {
  nodes: { id: string }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

describe.each(testDatabases)('pages of stories on $name', ({ open }) => {
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<ArticlesStore>;
  let made = 0;

  beforeAll(async () => {
    server = await open();
    subgraph = await articles.open({
      database: server.databaseOf(subgraphOwner('articles')),
      settings: readSubgraphSettings({}),
      clock: () => new Date('2026-04-01T00:00:00Z'),
    });
    await putLists(subgraph.store);
  });
  afterAll(() => server?.close());

  const put = async (sourceId: string, date: number) => {
    const at = new Date(Date.UTC(2026, 2, date));
    const bylines = [{ displayName: 'Ann', authorId: authorId('ann') }];
    const fields = { bylines, tagSlugs: ['harbour'], datePublished: at, dateModified: at };
    await subgraph.store.putArticles([story(sourceId, fields)], 'test');
  };
  const withdraw = (sourceId: string) => subgraph.store.withdraw(articleId(sourceId), 'Wrong.', 'test');

  async function pageAt(list: keyof typeof lists, args: string): Promise<Connection> {
    const field = lists[list].includes('PART') ? lists[list] : `${lists[list]} PART`;
    const { data, errors } = await ask(subgraph, `{ ${field.replace('PAGE', args).replace('PART', part)} }`);
    expect(errors).toBeUndefined();
    const { list: found, ...under } = data as { list?: Connection };
    // Below the feed, the section, the tag or the author, where it is not a root field.
    const [parent] = Object.values(under).flat() as { list: Connection }[];
    return found ?? (parent as { list: Connection }).list;
  }

  it('show each story that stood all the time once, in order, whatever comes and goes between them', async () => {
    const known: string[] = [];
    await fc.assert(
      fc
        .asyncProperty(walk, async ({ list, isBackward, size, stories, changes }) => {
          const touched = new Set<string>();
          for (const date of stories) {
            known.push(`walk${++made}`);
            await put(known.at(-1) as string, date);
          }
          const before = (await pageAt(list, 'first: 100')).nodes.map(({ id }) => id);
          expect([...before].sort()).toEqual(known.map(articleId).sort());

          const seen: string[] = [];
          let cursor: string | null = null;
          let hasMore = true;
          for (let page = 0; hasMore; page += 1) {
            const [count, place] = isBackward ? ['last', 'before'] : ['first', 'after'];
            const from: string = cursor === null ? '' : `, ${place}: "${cursor}"`;
            const { nodes, pageInfo } = await pageAt(list, `${count}: ${size}${from}`);
            const ids = nodes.map(({ id }) => id);
            seen.push(...(isBackward ? ids.reverse() : ids));
            cursor = isBackward ? pageInfo.startCursor : pageInfo.endCursor;
            hasMore = isBackward ? pageInfo.hasPreviousPage : pageInfo.hasNextPage;
            for (const one of changes[page] ?? []) {
              const chosen = 'pick' in one ? (known[one.pick % known.length] as string) : `walk${++made}`;
              touched.add(articleId(chosen));
              if (one.kind === 'withdraw') await withdraw(chosen);
              else await put(chosen, one.day);
              if (!known.includes(chosen)) known.push(chosen);
            }
          }
          const stood = before.filter((id) => !touched.has(id));
          expect(seen.filter((id) => stood.includes(id))).toEqual(isBackward ? stood.reverse() : stood);
        })
        .afterEach(async () => {
          for (const sourceId of known.splice(0)) await withdraw(sourceId);
          expect((await pageAt('all articles', 'first: 1')).nodes).toEqual([]);
        }),
      { numRuns: 60 },
    );
  }, 300_000);
});
