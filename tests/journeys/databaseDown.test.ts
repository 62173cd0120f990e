import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Newsroom, startNewsroom } from '../../newsroom/start.ts';
import { type SubgraphName, subgraphNames } from '../../subgraphs/settings.ts';
import { createScratchDatabase, type ScratchDatabase } from '../support/databases.ts';
import { type Answer, askAt } from '../support/newsroom.ts';
import { operation, operationNames } from '../support/operations.ts';

const patience = 180_000;
const isThere = Boolean(process.env.DATABASE_URL);
const described = isThere ? describe : describe.skip;
const slug = 'port-almery-night-trams-approved';
const everywhere = { slug, section: 'city', first: 5 };

described(`a database that goes down later${isThere ? '' : ' (DATABASE_URL)'}`, () => {
  let folder: string;
  let newsroom: Newsroom;
  const databases = {} as Record<SubgraphName, ScratchDatabase>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-down-'));
    const env: Record<string, string> = {};
    for (const name of subgraphNames) {
      databases[name] = await createScratchDatabase();
      env[`${name.toUpperCase()}_DATABASE_URL`] = databases[name].url;
    }
    newsroom = await startNewsroom({
      ...env,
      PORT: '0',
      PUBLIC_URL: 'https://news.example',
      DATABASE_POOL: '3',
      DATA_DIR: folder,
      LOG_LEVEL: 'silent',
    });
  }, patience);
  afterEach(() => Promise.all(subgraphNames.map((name) => databases[name]?.open())));
  afterAll(async () => {
    await newsroom?.stop();
    for (const name of subgraphNames) await databases[name]?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const ask = (query: string, variables: object = everywhere) =>
    askAt(`${newsroom.address}/graphql`, query, variables);
  const page = () => ask(operation('article-page'));
  const statusOf = async (path: string) => (await fetch(`${newsroom.address}${path}`)).status;

  it(
    'leaves nulls with masked errors, tells who asks for readiness, and recovers',
    async () => {
      const before = await Promise.all(operationNames.map((name) => ask(operation(name))));
      expect(before.map(({ errors }) => errors)).toEqual(operationNames.map(() => undefined));
      await Promise.all(subgraphNames.map((name) => databases[name].shut()));
      expect(await statusOf('/health/live')).toBe(200);
      expect(await statusOf('/health/ready')).toBe(503);
      for (const name of operationNames) {
        const answer = await ask(operation(name));
        expect([name, Object.values(answer.data).every((part) => part === null)]).toEqual([name, true]);
        expectMasked(answer);
        const roots = new Set((answer.errors ?? []).map(({ path }) => path?.[0]));
        expect(roots).toEqual(new Set(Object.keys(answer.data)));
      }
      await Promise.all(subgraphNames.map((name) => databases[name].open()));
      expect(await statusOf('/health/ready')).toBe(200);
      expect(await Promise.all(operationNames.map((name) => ask(operation(name))))).toEqual(before);
    },
    patience,
  );

  it(
    'breaks off what is under way without ending the process',
    async () => {
      const asked = Array.from({ length: 30 }, () => page());
      await databases.articles.shut();
      for (const answer of await Promise.all(asked)) if (answer.errors) expectMasked(answer);
      expect(await statusOf('/health/live')).toBe(200);
      await databases.articles.open();
      expect((await page()).errors).toBeUndefined();
    },
    patience,
  );

  it(
    'keeps the story without Membership: no banner, and what a public story lets anybody do is still known',
    async () => {
      const [whole, holed] = await withoutOne('membership');
      expect(holed.data).toEqual({ article: whole.data.article, membership: null });
      for (const path of pathsOf(holed)) expect(path).toMatch(/^membership(\.|$)/);
    },
    patience,
  );

  it(
    'keeps a gated story without Membership, stopped at the same place: no access note',
    async () => {
      const query =
        '{ articles(first: 3, filter: { isAccessibleForFree: false }) { nodes { slug body { __typename id } bodyHtml access { level requiredTiers { name } } } } }';
      const whole = await ask(query);
      await databases.membership.shut();
      const holed = await ask(query);
      expectMasked(holed);
      expect(holed.data.articles.nodes).toEqual(
        whole.data.articles.nodes.map((story: object) => ({ ...story, access: null })),
      );
      for (const path of pathsOf(holed)) expect(path).toMatch(/^articles\.nodes\.\d\.access(\.|$)/);
    },
    patience,
  );

  it(
    'keeps the story, its text and its author without Media: only the pictures are missing',
    async () => {
      const [whole, holed] = await withoutOne('media');
      const { article, membership } = holed.data;
      expect(membership).toEqual(whole.data.membership);
      expect(article.leadMedia).toEqual({ ...whole.data.article.leadMedia, image: null });
      expect(article.body).toHaveLength(whole.data.article.body.length);
      expect(textOf(article.body)).toEqual(textOf(whole.data.article.body));
      const images = article.body.filter(({ __typename }: Block) => __typename === 'ImageBlock');
      expect(images.length).toBeGreaterThan(0);
      for (const { use } of images) expect(use).toEqual({ ...use, image: null, altText: expect.any(String) });
      expect(article.bylines).toEqual(
        whole.data.article.bylines.map(({ author, ...byline }: { author: object | null }) => ({
          ...byline,
          author: author && { ...author, avatar: null },
        })),
      );
      for (const path of pathsOf(holed)) expect(path).toMatch(/(image|avatar)(\.|$)/);
    },
    patience,
  );

  it(
    'keeps the story, its pictures and its bylines without Authors: only the biography is missing',
    async () => {
      const [whole, holed] = await withoutOne('authors');
      const { bylines, ...story } = holed.data.article;
      const { bylines: wholeBylines, ...wholeStory } = whole.data.article;
      expect(story).toEqual(wholeStory);
      expect(bylines.map(({ displayName }: { displayName: string }) => displayName)).toEqual(
        wholeBylines.map(({ displayName }: { displayName: string }) => displayName),
      );
      for (const path of pathsOf(holed)) expect(path).toMatch(/^article\.bylines\.\d+\.author/);
    },
    patience,
  );

  it(
    'keeps the banner without Articles',
    async () => {
      const [whole, holed] = await withoutOne('articles');
      expect(holed.data).toEqual({ article: null, membership: whole.data.membership });
      expect(pathsOf(holed)).toEqual(['article']);
    },
    patience,
  );

  it(
    'keeps the feed whichever other part is missing',
    async () => {
      const { data } = await ask(operation('news-feed'));
      const headlines = (answer: Answer) =>
        answer.data.feed.articles.edges.map(({ node }: { node: { headline: string } }) => node.headline);
      for (const name of ['authors', 'media', 'membership'] as const) {
        await databases[name].shut();
        const answer = await ask(operation('news-feed'));
        expect(headlines(answer)).toEqual(headlines({ data }));
        if (answer.errors) expectMasked(answer);
        await databases[name].open();
      }
    },
    patience,
  );

  it(
    'keeps an author without Articles, and an author page says which part is missing',
    async () => {
      await databases.articles.shut();
      const answer = await ask(operation('author-page'), { slug: 'mara-quist' });
      expectMasked(answer);
      expect(answer.data.author).toMatchObject({
        name: 'Mara Quist',
        bio: expect.any(String),
        articles: null,
      });
      expect(pathsOf(answer).sort()).toEqual(['author.articles', 'latest.articles', 'sections']);
    },
    patience,
  );

  /** The article page with all four, and with one of them down. */
  async function withoutOne(name: SubgraphName): Promise<[Answer, Answer]> {
    const whole = await page();
    expect(whole.errors).toBeUndefined();
    await databases[name].shut();
    const holed = await page();
    expectMasked(holed);
    expect(await statusOf('/health/ready')).toBe(503);
    await databases[name].open();
    expect(await page()).toEqual(whole);
    return [whole, holed];
  }
});

interface Block {
  __typename: string;
  html?: string;
}

const textOf = (body: Block[]) => body.map(({ html }) => html);

const pathsOf = ({ errors = [] }: Answer) =>
  [...new Set(errors.map(({ path }) => (path ?? []).join('.')))].sort();

/** What a caller may know: that a part is missing, where, and a number to name it by. */
function expectMasked({ errors }: Answer) {
  for (const error of errors ?? [])
    expect(error).toEqual({
      message: expect.stringMatching(/^Subgraph request failed \(reference [0-9a-f-]{36}\)\.$/),
      path: expect.any(Array),
      extensions: { code: 'SUBGRAPH_FAILED', id: expect.any(String) },
    });
  expect(errors?.length).toBeGreaterThan(0);
  expect(JSON.stringify(errors)).not.toMatch(
    /127\.0\.0\.1|5432|postgres|dateline_|select|terminat|\.[jt]s:/i,
  );
}
