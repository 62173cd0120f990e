import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import type { ArticlesStore } from '../../../subgraphs/articles/store.ts';
import { blockIds } from '../../../subgraphs/articles/story/blockIds.ts';
import { articles } from '../../../subgraphs/articles/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { anonymous, type Reader } from '../../../subgraphs/trust/reader.ts';
import { ask } from '../../support/ask.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const paragraph = (html: string): Block => ({ kind: 'paragraph', html });

describe.each(testDatabases)('the ids of blocks on $name', ({ open }) => {
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<ArticlesStore>;
  let clock = new Date('2026-05-10T12:00:00Z');

  beforeAll(async () => {
    server = await open();
    const database = server.databaseOf(subgraphOwner('articles'));
    subgraph = await articles.open({ database, settings: readSubgraphSettings({}), clock: () => clock });
    await putLists(subgraph.store);
  });
  afterAll(() => server?.close());

  /** The ids of a story's blocks after its body was put. */
  async function put(
    sourceId: string,
    body: Block[],
    rest = {},
    reader: Reader = anonymous,
  ): Promise<string[]> {
    await subgraph.store.putArticles([story(sourceId, { body, ...rest })], 'test');
    const { data } = await ask(
      subgraph,
      'query ($id: ID!) { article(id: $id) { body { id } } }',
      { id: articleId(sourceId) },
      reader,
    );
    return (data as { article: { body: { id: string }[] } }).article.body.map(({ id }) => id);
  }

  it('stay when a block is inserted before, moved, removed or edited elsewhere', async () => {
    const image: Block = { kind: 'image', imageId: articleId('an image'), caption: 'First caption' };
    const [one, two, picture] = await put('edited', [paragraph('One.'), paragraph('Two.'), image]);
    const after = await put('edited', [
      paragraph('New.'),
      { ...image, caption: 'Better caption' },
      paragraph('Two.'),
      paragraph('One.'),
    ]);
    expect(after.slice(1)).toEqual([picture, two, one]);
    expect([one, two, picture]).not.toContain(after[0]);
    expect(await put('edited', [paragraph('One, edited.'), paragraph('Two.')])).toEqual([
      expect.any(String),
      two,
    ]);
  });

  it('are unique where equal blocks repeat, and in other stories and kinds', async () => {
    const body: Block[] = [
      paragraph('Same.'),
      { kind: 'divider' },
      paragraph('Same.'),
      { kind: 'divider' },
      { kind: 'callout', html: 'Same.' },
      paragraph('Same.'),
    ];
    const ids = [...(await put('repeats', body)), ...(await put('repeats elsewhere', body))];
    expect(new Set(ids).size).toBe(12);
    // The first of equal blocks keeps its id when others are added after it.
    expect((await put('repeats', [paragraph('Same.')]))[0]).toBe(ids[0]);
  });

  it('depend on nothing that the reader does not see', async () => {
    await subgraph.store.putArticles(
      [story('secret', { embargoedUntil: new Date('2026-06-01T00:00:00Z') })],
      'test',
    );
    const [slug] = (await subgraph.store.anyByIds([articleId('secret')])).map((row) => row?.slug);
    const linked = paragraph(`See <a href="/articles/${slug}">this</a>.`);
    const [hiddenLink] = await put('links', [linked]);
    const [noLink] = await put('links', [paragraph('See <a>this</a>.')]);
    expect(hiddenLink).toBe(noLink);
    clock = new Date('2026-06-02T00:00:00Z');
    expect((await put('links', [linked]))[0]).not.toBe(noLink);
    // An equal block for members only does not count for others.
    const forMembers: Block = {
      ...paragraph('Both.'),
      audience: { statuses: ['PAID'] },
    };
    const members = await put('audience', [forMembers, paragraph('Both.')]);
    expect(members).toEqual(await put('audience', [paragraph('Both.')]));
    // The mark of the paywall says nothing of what is behind.
    const gate = { visibility: 'PAID' };
    const first = await put('gated', ['1.', '2.', '3.', 'Behind.'].map(paragraph), gate);
    expect(await put('gated', ['1.', '2.', '3.', 'Other.', 'More.'].map(paragraph), gate)).toEqual(first);
  });
});

describe('the ids of the blocks of a long story', () => {
  it('are found in one pass: 20,000 equal blocks have 20,000 ids', () => {
    const ids = blockIds(
      'story',
      Array.from({ length: 20_000 }, () => paragraph('Same.')),
    );
    expect(new Set(ids).size).toBe(20_000);
    expect(ids.at(-1)).toMatch(/:20000$/);
  });
});
