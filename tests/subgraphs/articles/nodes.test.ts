import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles } from '../../../subgraphs/articles/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { anonymous } from '../../../subgraphs/trust/reader.ts';
import { ask } from '../../support/ask.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';
import { articleId, authorId, putLists, story } from '../../support/stories.ts';

const now = new Date('2026-05-10T12:00:00Z');
const editor = { ...anonymous, scopes: new Set(['articles:write']) };
const unknown = '00000000-0000-8000-8000-000000000000';
const section = idOf('section', 'city');
const tag = idOf('tag', 'harbour');

const typesOf = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';

describe.each(testDatabases)('objects by their global id on $name', ({ open }) => {
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<ArticlesStore>;
  let clock = now;

  beforeAll(async () => {
    server = await open();
    const database = server.databaseOf(subgraphOwner('articles'));
    subgraph = await articles.open({ database, settings: readSubgraphSettings({}), clock: () => clock });
    await putLists(subgraph.store);
    const texts = ['One.', 'Two.', 'Three.', 'Behind the wall.'];
    await subgraph.store.putArticles(
      [
        story('open', {
          tagSlugs: ['harbour'],
          bylines: [{ authorId: authorId('ann'), displayName: 'Ann' }],
        }),
        story('gated', {
          visibility: 'PAID',
          body: texts.map((html) => ({ kind: 'paragraph', html })),
        }),
        story('embargoed', { embargoedUntil: new Date('2026-06-01T00:00:00Z') }),
        story('withdrawn'),
      ],
      'test',
    );
    await subgraph.store.withdraw(articleId('withdrawn'), 'It was wrong.', 'test');
  });
  afterAll(() => server?.close());

  it('have their types, in the order of the ids, for two statements', async () => {
    const ids = [
      tag,
      articleId('open'),
      unknown,
      `feed:${section}`,
      section,
      authorId('ann'),
      'feed:news',
      articleId('gated'),
    ];
    let answer: unknown;
    const statements = await statementsOf(async () => {
      answer = await ask(subgraph, typesOf, { ids });
    });
    const types = ['Tag', 'Article', null, 'Feed', 'Section', 'Author', 'Feed', 'Article'];
    expect(answer).toEqual({
      data: { nodes: types.map((type, place) => type && { __typename: type, id: ids[place] }) },
    });
    expect(statements).toHaveLength(2);
  });

  it('are null without an error where there is none that the reader can see', async () => {
    const hidden = [articleId('embargoed'), articleId('withdrawn')];
    const none = [
      unknown,
      'no id',
      '',
      'feed:',
      'feed:section/city',
      `feed:${articleId('open')}`,
      `feed:feed:news`,
      'a\0',
    ];
    const ids = [...hidden, ...none];
    expect(await ask(subgraph, typesOf, { ids })).toEqual({ data: { nodes: ids.map(() => null) } });
    for (const id of ids)
      expect(await ask(subgraph, 'query ($id: ID!) { node(id: $id) { id } }', { id })).toEqual({
        data: { node: null },
      });
    const { data } = await ask(subgraph, typesOf, { ids: hidden }, editor);
    expect(data).toEqual({ nodes: hidden.map((id) => ({ __typename: 'Article', id })) });
  });

  it('appear at the end of their embargo', async () => {
    clock = new Date('2026-06-01T00:00:00Z');
    const { data } = await ask(subgraph, typesOf, { ids: [articleId('embargoed')] });
    clock = now;
    expect(data).toEqual({ nodes: [{ __typename: 'Article', id: articleId('embargoed') }] });
  });

  it('end at their paywall', async () => {
    const query = `query ($id: ID!) { node(id: $id) { ... on Article {
      bodyHtml body { __typename ... on ParagraphBlock { text } }
    } } }`;
    const { data } = await ask(subgraph, query, { id: articleId('gated') });
    expect(JSON.stringify(data)).toContain('PaywallBlock');
    expect(JSON.stringify(data)).not.toContain('Behind the wall');
  });

  it('are refused beyond 100 at once, before any is loaded', async () => {
    const ids = Array.from({ length: 101 }, () => unknown);
    const statements = await statementsOf(async () => {
      const { errors } = await ask(subgraph, typesOf, { ids });
      expect(errors).toEqual(['Expected "ids" to have at most 100 items, but got: 101.']);
    });
    expect(statements).toEqual([]);
  });

  it('find a feed under the same id by its name and by its id, with its stories', async () => {
    const fields = 'id slug title articles(first: 5) { nodes { id } }';
    for (const slug of ['news', 'section/city', 'tag/harbour', 'author/ann']) {
      const byName = await ask(subgraph, `query ($slug: String!) { feed(slug: $slug) { ${fields} } }`, {
        slug,
      });
      const { feed } = byName.data as { feed: { id: string } };
      const byId = await ask(subgraph, `query ($id: ID!) { node(id: $id) { ... on Feed { ${fields} } } }`, {
        id: feed.id,
      });
      expect(byId).toEqual({ data: { node: feed } });
    }
  });
});
