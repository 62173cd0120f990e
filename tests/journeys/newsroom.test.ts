import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statementsOf, testDatabases } from '../support/databases.ts';
import { askAt, startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { operation } from '../support/operations.ts';

const mainStory = 'port-almery-night-trams-approved';

const databases = testDatabases.map(({ name }) => ({
  name,
  isServer: name === 'PostgreSQL',
}));

describe.each(databases)('the demo newsroom on $name, asked over HTTP', ({ isServer }) => {
  let newsroom: TestNewsroom;

  beforeAll(async () => {
    newsroom = await startTestNewsroom({ isServer });
  }, 180_000);
  afterAll(() => newsroom?.stop());

  it('answers a whole article page in one request, with real data in every part', async () => {
    const { data, errors } = await newsroom.ask(operation('article-page'), { slug: mainStory });
    expect(errors).toBeUndefined();
    const { article, membership } = data;
    expect(article).toMatchObject({
      readingTimeMinutes: 2,
      timeRequired: 'PT2M',
      canonicalUrl: `https://news.example/articles/${mainStory}`,
      access: { level: 'FULL', reason: 'FREE' },
    });
    const { image } = article.leadMedia;
    expect(image.creditText).toBe('Mara Quist/Dateline');
    expect(image.srcset).toMatch(/^https:\/\/news\.example\/media\/images\/\S+ 320w, /);
    expect(article.leadMedia.altText).toMatch(/\w/);
    const kinds = article.body.map(({ __typename }: { __typename: string }) => __typename);
    expect(kinds).toContain('RelatedStoryBlock');
    expect(kinds).toContain('ImageBlock');
    const card = article.body.find(
      ({ __typename }: { __typename: string }) => __typename === 'RelatedStoryBlock',
    );
    expect(card.article.headline).toMatch(/\w/);
    const [byline] = article.bylines;
    expect(byline.author).toMatchObject({ jobTitle: expect.any(String), bio: expect.any(String) });
    expect(byline.author.avatar.srcset).toContain(' 96w');
    expect(article.related.edges).toHaveLength(4);
    expect(article.related.edges[0]).toMatchObject({ source: 'CURATED', reason: 'Chosen by the editors' });
    expect(membership.memberCount.display).toBe('600+');
    expect(membership.campaign.goal).toBeGreaterThan(600);
  });

  it('answers the query of README with the response that README shows', async () => {
    const readme = readFileSync('README.md', 'utf8');
    const [, query = '', response = ''] = /```graphql\n(.*?)```.*?```json\n(.*?)```/s.exec(readme) ?? [];
    expect(await newsroom.ask(query)).toEqual(JSON.parse(response));
  });

  it('answers every other stored operation without an error and without an empty part', async () => {
    const author = await newsroom.ask(operation('author-page'), { slug: 'ines-okoro-lind' });
    const front = await newsroom.ask(operation('front-page'));
    const feed = await newsroom.ask(operation('news-feed'), { first: 5 });
    const partner = await newsroom.ask(operation('partner-feed'), { section: 'city' });
    expect([author, front, feed, partner].map(({ errors }) => errors)).toEqual(Array(4).fill(undefined));
    expect(author.data.author).toMatchObject({ sameAs: expect.arrayContaining([expect.anything()]) });
    expect(author.data.author.articles.nodes.length).toBeGreaterThan(0);
    expect(front.data.breaking.nodes.length).toBeGreaterThan(0);
    expect(front.data.feed.articles.nodes).toHaveLength(12);
    expect(front.data.videos.nodes[0].poster.creditText).toMatch(/\w/);
    expect(feed.data.feed.articles.edges).toHaveLength(5);
    expect(partner.data.section.articles.nodes).toHaveLength(5);
  });

  it('shows every story of the feed once, a page at a time', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data } = await newsroom.ask(operation('news-feed'), { first: 4, after });
      const { edges, pageInfo } = data.feed.articles;
      seen.push(...edges.map(({ node }: { node: { slug: string } }) => node.slug));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    const { data } = await newsroom.ask('{ articles(first: 100) { totalCount nodes { slug } } }');
    expect(seen).toEqual(data.articles.nodes.map(({ slug }: { slug: string }) => slug));
    expect(seen).toHaveLength(data.articles.totalCount);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('asks a fixed number of SQL statements for a feed page, however long it is', async () => {
    const count = async (first: number) => {
      const statements = await statementsOf(() => newsroom.ask(operation('news-feed'), { first }));
      return statements.map(({ subgraph }) => subgraph).sort();
    };
    const short = await count(2);
    expect(await count(20)).toEqual(short);
    expect(short.length).toBeLessThanOrEqual(8);
  });

  it('asks at most 14 SQL statements for an article page', async () => {
    const statements = await statementsOf(() => newsroom.ask(operation('article-page'), { slug: mainStory }));
    expect(statements.length).toBeGreaterThan(4);
    expect(statements.length).toBeLessThanOrEqual(14);
  });

  it('stops a gated story at the paywall, in blocks and in HTML', async () => {
    const gated = await newsroom.ask(
      '{ articles(first: 5, filter: { isAccessibleForFree: false }) { nodes { slug visibility isAccessibleForFree bodyHtml body { __typename ... on ParagraphBlock { text } } access { level reason url requiredTiers { name } } } } }',
    );
    expect(gated.data.articles.nodes.length).toBeGreaterThan(2);
    for (const { body, access, bodyHtml } of gated.data.articles.nodes) {
      const kinds = body.map(({ __typename }: { __typename: string }) => __typename);
      expect(kinds.indexOf('PaywallBlock')).toBe(kinds.length - 1);
      expect(access).toMatchObject({
        level: 'PREVIEW',
        reason: 'LOGIN_REQUIRED',
        url: 'https://news.example/membership',
      });
      expect(bodyHtml.match(/<p>/g).length).toBe(
        kinds.filter((kind: string) => kind === 'ParagraphBlock').length,
      );
    }
  });

  it('tells where a story moved and that one was withdrawn', async () => {
    const page = (url: string) =>
      newsroom.ask(
        'query ($url: URL!) { page(url: $url) { __typename ... on Article { slug } ... on Redirect { location } ... on Gone { reason withdrawnAt } } }',
        { url },
      );
    expect((await page(`https://news.example/articles/${mainStory}?utm=x`)).data.page).toEqual({
      __typename: 'Article',
      slug: mainStory,
    });
    expect((await page('https://news.example/articles/ferry-fares-to-double')).data.page).toEqual({
      __typename: 'Gone',
      reason: 'It was based on a draft that had already been rejected.',
      withdrawnAt: expect.any(String),
    });
    expect((await page('https://news.example/articles/no-such-story')).data.page).toBeNull();
    expect((await page(`https://other.example/articles/${mainStory}`)).data.page).toBeNull();
    expect((await page('not a url')).errors?.[0]?.message).toContain(
      'Expected URL to be an absolute http or https URL',
    );
  });

  const bad: [string, string, string][] = [
    [
      'first over 100',
      '{ articles(first: 101) { nodes { id } } }',
      'Expected "first" to be at most 100, but got: 101.',
    ],
    [
      'a negative first',
      '{ articles(first: -1) { nodes { id } } }',
      'Expected "first" to be at least 0, but got: -1.',
    ],
    [
      'a negative last',
      '{ articles(last: -2) { nodes { id } } }',
      'Expected "last" to be at least 0, but got: -2.',
    ],
    [
      'first and last',
      '{ articles(first: 1, last: 1) { nodes { id } } }',
      'Expected either "first" or "last", but got both: 1 and 1.',
    ],
    [
      'id and slug',
      '{ article(id: "a", slug: "b") { id } }',
      'Expected either "id" or "slug", but got both: "a" and "b".',
    ],
    ['neither id nor slug', '{ author { id } }', 'Expected either "id" or "slug", but got: neither.'],
    [
      'a malformed cursor',
      '{ articles(first: 1, after: "abc") { nodes { id } } }',
      'Expected "after" to be a cursor of this list, but got: "abc".',
    ],
    [
      'an empty search',
      '{ search(query: " ") { edges { cursor } } }',
      'Expected "query" to have a word, but got: none.',
    ],
    [
      'a forged cursor',
      `{ articles(first: 1, after: "${Buffer.from('["DATE_PUBLISHED_DESC","x","y"]').toString('base64url')}") { nodes { id } } }`,
      'Expected "after" to be a cursor of this list',
    ],
  ];
  it.each(bad)('answers %s with what was expected and what came', async (_, query, message) => {
    const { errors } = await newsroom.ask(query);
    expect(errors?.[0]?.message).toContain(message);
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it('refuses lists within lists before they cost anything, and a mutation where there are none', async () => {
    const nested = (depth: number): string =>
      depth === 0 ? 'id' : `related(first: 40) { nodes { ${nested(depth - 1)} } }`;
    const { errors } = await newsroom.ask(`{ article(slug: "${mainStory}") { ${nested(8)} } }`);
    expect(errors?.[0]?.extensions?.code).toBe('OPERATION_TOO_LARGE');
    expect((await newsroom.ask(operation('news-feed'), { first: 100 })).errors).toBeUndefined();
    const mutation = await newsroom.ask('mutation { signIn }');
    expect(mutation.errors?.[0]?.extensions?.code).toMatch(
      /OPERATION_TYPE_NOT_SUPPORTED|GRAPHQL_VALIDATION_FAILED/,
    );
  });

  it('answers null for what is not there, and the same for what is not an id', async () => {
    const { data, errors } = await newsroom.ask(
      '{ a: article(slug: "none") { id } b: article(id: "none") { id } c: author(slug: "none") { id } d: image(id: "none") { id } e: section(slug: "none") { id } f: feed(slug: "none") { slug } }',
    );
    expect(errors).toBeUndefined();
    expect(Object.values(data)).toEqual([null, null, null, null, null, null]);
  });

  it('serves the pictures that the graph names', async () => {
    const { data } = await newsroom.ask(
      '{ articles(first: 3) { nodes { leadMedia { ... on ImageUse { image { srcset(widths: [320]) contentUrl } } } } } }',
    );
    const { image } =
      data.articles.nodes.find(({ leadMedia }: { leadMedia: object }) => leadMedia)?.leadMedia ?? {};
    const [url] = image.srcset.split(' ');
    const picture = await fetch(url.replace('https://news.example', newsroom.address));
    expect(picture.status).toBe(200);
    expect(picture.headers.get('content-type')).toMatch(/^image\//);
    expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(1000);
  });

  it('lets each subgraph be asked alone, for its schema and for its entities', async () => {
    for (const [name, url] of Object.entries(newsroom.subgraphs)) {
      const { data } = await askAt(url, '{ _service { sdl } __schema { queryType { name } } }');
      expect([name, data._service.sdl]).toEqual([name, expect.stringContaining('@key')]);
    }
    const { data } = await askAt(
      newsroom.subgraphs.authors ?? '',
      '{ _entities(representations: [{ __typename: "Author", slug: "mara-quist" }, { __typename: "Author", id: "none" }]) { ... on Author { name } } }',
    );
    expect(data._entities).toEqual([{ name: 'Mara Quist' }, null]);
  });

  it('answers /health/ready while its database does', async () => {
    expect((await fetch(`${newsroom.address}/health/ready`)).status).toBe(200);
    expect((await fetch(`${newsroom.address}/health/live`)).status).toBe(200);
  });
});
