/** Stories whose embargo ends: they appear at the head of everything that is ordered by time, by the clock alone. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf } from '../../subgraphs/store/contentId.ts';
import { openEmbeddedDatabase } from '../../subgraphs/store/database.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { articleId, authorId, putLists, story } from '../support/stories.ts';

const minute = 60_000;
const begin = Math.floor(Date.now() / 1000) * 1000;
const ago = (minutes: number) => new Date(begin - minutes * minute);

describe('a story whose embargo ends', () => {
  let doors: TestDoors;
  let offset = 0;
  const ends = ago(-10);

  beforeAll(async () => {
    doors = await openDoors({ hasAll: true, clock: () => new Date(Date.now() + offset) });
    const { articles } = doors.stores;
    await putLists(articles);
    const fields = {
      tagSlugs: ['harbour'],
      bylines: [{ authorId: authorId('ann'), displayName: 'Ann' }],
      breaking: true,
    };
    const others = Array.from({ length: 25 }, (_, n) =>
      story(`other${n}`, {
        ...fields,
        slug: `other-${n}`,
        datePublished: ago(30 - n),
        dateModified: ago(30 - n),
      }),
    );
    const late = story('late', {
      ...{ ...fields, slug: 'late', embargoedUntil: ends },
      ...{ datePublished: ago(60), dateModified: ago(60) },
      body: [{ kind: 'paragraph', html: 'Words like quicksilver.' }],
    });
    await articles.putArticles([late, ...others], 'test');
  }, 180_000);
  afterAll(() => doors?.stop());

  const lists = {
    all: 'list: articles(ARGS)',
    'breaking ones': 'list: articles(filter: { breaking: true }, ARGS)',
    'of a section': 'section(slug: "city") { list: articles(ARGS) }',
    'of a tag': 'tag(slug: "harbour") { list: articles(ARGS) }',
    'of two lists': 'list: articles(filter: { tagSlugs: ["harbour", "sport"] }, ARGS)',
    'of an author': `list: articles(filter: { authorIds: ["${authorId('ann')}"] }, ARGS)`,
    'of a feed': 'feed(slug: "news") { list: articles(ARGS) }',
    'last changed': 'list: articles(orderBy: DATE_MODIFIED_DESC, ARGS)',
  };
  const asked = async (query: string, args: string) => {
    const { data, errors } = await doors.ask(
      `{ ${query.replace('ARGS', args)} }`.replace(
        /(list: \w+\([^)]*\))/,
        '$1 { nodes { slug } pageInfo { endCursor hasNextPage } }',
      ),
    );
    expect(errors).toBeUndefined();
    const { list } = JSON.parse(
      JSON.stringify(data),
      (_, value) => value?.section ?? value?.tag ?? value?.feed ?? value,
    );
    return list as { nodes: { slug: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } };
  };

  it('stands in no link and no text before its time, whoever links to it, and in all of them after', async () => {
    offset = 0;
    const address = 'https://news.example/articles/late';
    const link = '<a href="/articles/late">the story</a>';
    const linking = story('linking', {
      slug: 'linking',
      usageRights: { syndicatable: true, embeddable: true },
      datePublished: ago(1),
      body: [
        {
          kind: 'paragraph',
          html: `Read ${link}, <a href="/articles/other-1?a=b#c">another</a> and <a href="${address}">${address}</a>.`,
        },
        {
          kind: 'list',
          ordered: false,
          items: [`One <a href="/articles/l%61te/#end">more</a>`, `See ${address}.`],
        },
        { kind: 'quote', html: link, citation: 'Said at http://news.example/articles/late' },
        { kind: 'callout', html: link },
        { kind: 'table', header: [link], rows: [[link, 'a cell']] },
        { kind: 'heading', level: 2, text: `Heading ${address}` },
        { kind: 'related', slug: 'late', linkText: 'The card' },
        { kind: 'embed', url: address, providerName: 'Dateline' },
        { kind: 'embed', url: 'https://other.example/articles/late', providerName: 'Other' },
        { kind: 'paragraph', html: '<a href="https://other.example/articles/late">elsewhere</a>' },
      ],
    });
    const { articles } = doors.stores;
    await articles.putArticles([linking], 'test');
    const id = articleId('linking');
    const query = `{ article(id: "${id}") { bodyHtml body { __typename
      ... on ParagraphBlock { html text } ... on ListBlock { items } ... on QuoteBlock { html citation } ... on CalloutBlock { html }
      ... on TableBlock { header rows } ... on HeadingBlock { text anchor } ... on RelatedStoryBlock { url linkText article { slug } }
      ... on EmbedBlock { url html } } } }`;
    const answers = async () => {
      const graph = await doors.ask(query);
      expect(graph.errors).toBeUndefined();
      const urls = [
        '/feeds/news.rss',
        '/feeds/news.atom',
        '/feeds/news.json',
        `/ninjs/articles/${id}`,
        '/embed/article/linking',
      ];
      const others = await Promise.all(urls.map((url) => doors.get(url)));
      const page = await doors.get('/articles/linking', { accept: 'text/html' });
      return [JSON.stringify(graph.data), page.body, ...others.map(({ body }) => body)].map((text) =>
        text.replaceAll('other.example/articles/late', 'elsewhere'),
      );
    };
    for (const text of await answers()) {
      expect(text).not.toMatch(/articles\/l(?:a|%61)te/);
      expect(text).toMatch(/linking|elsewhere/);
    }
    const [graph = ''] = await answers();
    expect(graph).toContain(
      'Read <a>the story</a>, <a href=\\"https://news.example/articles/other-1?a=b#c\\">another</a>',
    );
    expect(graph).toContain('elsewhere');
    expect(graph).not.toContain('The card');
    const asEditor = await doors.ask(query, {}, { scopes: ['articles:write'] });
    expect(JSON.stringify(asEditor.data)).toContain(address);
    offset = 10 * minute;
    const [after = '', page, rss] = await answers();
    for (const text of [page, rss]) expect(text).toContain(address.slice('https://news.example'.length));
    expect(after).toContain(`<a href=\\"${address}\\">the story</a>`);
    expect(after).toContain('The card');
    await articles.withdraw(articleId('linking'), 'Done.', 'test');
  });

  it('is in no list before, and the first of each after', async () => {
    offset = 0;
    for (const [name, query] of Object.entries(lists)) {
      const { nodes } = await asked(query, 'first: 100');
      expect([name, nodes.length, nodes[0]?.slug]).toEqual([name, 25, 'other-24']);
    }
    offset = 10 * minute;
    for (const [name, query] of Object.entries(lists)) {
      const { nodes } = await asked(query, 'first: 1');
      expect([name, nodes]).toEqual([name, [{ slug: 'late' }]]);
    }
  });

  it('comes once where a list is read in pages, whichever its order', async () => {
    offset = 10 * minute;
    for (const [name, query] of Object.entries({
      ...lists,
      'oldest first': 'list: articles(orderBy: DATE_PUBLISHED_ASC, ARGS)',
    })) {
      const seen: string[] = [];
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page = await asked(query, `first: 7${after && `, after: "${after}"`}`);
        seen.push(...page.nodes.map(({ slug }) => slug));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : undefined;
      }
      const order = ['late', ...Array.from({ length: 25 }, (_, n) => `other-${24 - n}`)];
      expect([name, seen]).toEqual([name, name === 'oldest first' ? order.reverse() : order]);
    }
  });

  it('was published when it appeared; only editors see the planned time', async () => {
    offset = 10 * minute;
    const dates = '{ article(slug: "late") { datePublished dateModified visibleFrom } }';
    const when = ends.toISOString();
    const appeared = { datePublished: when, dateModified: when, visibleFrom: when };
    expect((await doors.ask(dates)).data?.article).toEqual(appeared);
    const editor = { scopes: ['articles:write'] };
    expect((await doors.ask(dates, {}, editor)).data?.article).toEqual(appeared);
    const plan = '{ article(slug: "late") { publishAt } }';
    expect((await doors.ask(plan, {}, editor)).data?.article).toEqual({ publishAt: ago(60).toISOString() });
    expect(await doors.ask(plan)).toMatchObject({
      data: { article: { publishAt: null } },
      errors: [{ extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } }],
    });
    const bounds = `publishedAfter: "${ago(-5).toISOString()}", publishedBefore: "${ago(-15).toISOString()}"`;
    expect((await asked(`list: articles(filter: { ${bounds} }, ARGS)`, 'first: 5')).nodes).toEqual([
      { slug: 'late' },
    ]);
  });

  it('is the first item of feeds, dated by when it appeared, and is told of in sitemaps', async () => {
    offset = 10 * minute;
    const rss = (await doors.get('/feeds/news.rss?limit=2')).body;
    expect(rss).toContain(`<pubDate>${ends.toUTCString()}</pubDate>`);
    expect(rss.indexOf('articles/late')).toBeLessThan(rss.indexOf('articles/other-24'));
    for (const feed of ['news', 'section/city', 'tag/harbour', 'author/ann']) {
      const { items } = (await doors.get(`/feeds/${feed}.json?limit=2`)).json();
      expect([feed, items[0].url]).toEqual([feed, 'https://news.example/articles/late']);
      expect(items[0].date_published).toBe(ends.toISOString());
    }
    expect((await doors.get('/feeds/news.atom?limit=1')).body).toContain(
      `<published>${ends.toISOString()}</published>`,
    );
    const month = ends.toISOString().slice(0, 7);
    const sitemap = (await doors.get(`/sitemap/${month}.xml`)).body;
    expect(sitemap).toContain(
      `<loc>https://news.example/articles/late</loc><lastmod>${ends.toISOString()}</lastmod>`,
    );
    const page = (await doors.get('/articles/late', { accept: 'text/html' })).body;
    expect(page).toContain(`"datePublished":"${ends.toISOString()}"`);
  });
});

it('what was listed by its date is listed by the moment it appears once it is brought up to date', async () => {
  const server = await openEmbeddedDatabase();
  const { sql } = server.databaseOf({ name: 'articles', migrations: 'subgraphs/articles/migrations' });
  const run = async (name: string) => {
    const text = readFileSync(`subgraphs/articles/migrations/${name}.sql`, 'utf8');
    for (const statement of text.split('--> statement-breakpoint')) await sql.execute(statement);
  };
  await sql.execute('create schema articles');
  for (const name of ['0000_initial', '0001_archive-and-withdrawals', '0002_revisions']) await run(name);
  const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((name) => idOf('image', name));
  const id = articleId('late');
  const insert = (of: string, visibility: string, blocks: object[]) => `
    insert into articles.articles (id, source_id, content_hash, slug, headline, genre, section_id, tag_ids, author_ids, bylines,
      in_language, date_published, date_modified, embargoed_until, visible_from, pub_status, breaking, word_count,
      reading_time_minutes, visibility, required_tier_ids, lead_media, corrections, related_slugs, keywords)
    values ('${of}', '${of}', '', '${of}', '', 'NEWS', '${of}', '{}', '{}', '[]', 'en', '2026-01-01', '2026-01-01', '2026-02-01',
      '2026-02-01', 'USABLE', false, 1, 1, '${visibility}', '{}', '{"kind": "image", "id": "${one}"}', '[]', '{}', '{}');
    insert into articles.bodies values ('${of}', '${JSON.stringify(blocks)}', '', '');
    insert into articles.listings values ('${of}', '2026-01-01', '${of}');
    insert into articles.keywords values ('tram', '2026-01-01', '${of}');`;
  const image = (imageId: string | undefined) => ({ kind: 'image', imageId });
  const wall = { kind: 'paywall' };
  const other = articleId('gated');
  for (const text of [
    insert(id, 'PUBLIC', [image(two), { kind: 'video', videoId: three }, image('no id'), wall]),
    insert(other, 'PAID', [image(two), wall, image(three), image(two), image(four)]),
  ])
    for (const statement of text.split(/;\n/)) await sql.execute(statement);
  await run('0003_by-the-moment-they-appear');
  const rows = async (text: string) => ((await sql.execute(text)) as unknown as { rows: object[] }).rows;
  for (const table of ['listings', 'keywords'])
    expect(await rows(`select distinct visible_from::date::text from articles.${table}`)).toEqual([
      { visible_from: '2026-02-01' },
    ]);
  const used = await rows('select id, open_media_ids, gated_media_ids from articles.articles');
  const sorted = (ids: unknown) => [...(ids as string[])].sort();
  const found = used.map((row) => Object.values(row).map((one) => (Array.isArray(one) ? sorted(one) : one)));
  expect(found).toContainEqual([id, sorted([one, two, three]), []]);
  expect(found).toContainEqual([other, sorted([one, two]), sorted([three, four])]);
  await server.close();
});
