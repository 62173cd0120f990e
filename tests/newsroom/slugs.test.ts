import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { now } from '../support/feedStories.ts';
import { putLists, story } from '../support/stories.ts';

/** Each has another spelling in NFD. */
const slug = 'їжак-на-березі';
const section = 'ガス';
const tag = 'хай-йде';

describe('slugs in any script at the doors', () => {
  let doors: TestDoors;

  beforeAll(async () => {
    doors = await openDoors({ clock: () => now, hasAll: true });
    const { articles, authors } = doors.stores;
    await putLists(articles);
    await articles.putSections([{ sourceId: 'gas', slug: section, name: 'Gas' }], 'test');
    await articles.putTags([{ sourceId: 'go', slug: tag, name: 'Go' }], 'test');
    await authors.putAuthors([{ sourceId: 'gai', name: 'Гай Їжакевич' }], 'test');
    const formerSlugs = ['Їжак На Березі', 'Upper-Case', 'x'.repeat(191), 'y'.repeat(192), ''];
    await articles.putArticles(
      [story('hedgehog', { slug, sectionSlug: section, tagSlugs: [tag], formerSlugs })],
      'test',
    );
  });
  afterAll(() => doors?.stop());

  const html = { accept: 'text/html' };
  const get = (path: string) => doors.get(path, html);

  it('the page of a story is at the slug in NFC, and the other form leads to it', async () => {
    expect((await get(`/articles/${encodeURIComponent(slug)}`)).statusCode).toBe(200);
    const { statusCode, headers } = await get(`/articles/${encodeURIComponent(slug.normalize('NFD'))}`);
    expect([statusCode, headers.location]).toEqual([308, `/articles/${encodeURIComponent(slug)}`]);
  });

  it.each(['Їжак На Березі', 'Їжак На Березі'.normalize('NFD'), 'Upper-Case', 'x'.repeat(191)])(
    'where it stood in its source, %s, leads to it for good',
    async (former) => {
      const { statusCode, headers } = await get(`/articles/${encodeURIComponent(former)}`);
      expect([statusCode, headers.location]).toEqual([308, `/articles/${encodeURIComponent(slug)}`]);
      const { data } = await doors.ask('query ($slug: String!) { article(slug: $slug) { slug } }', {
        slug: former,
      });
      expect(data.article).toEqual({ slug });
    },
  );

  it('what is longer than any slug was is left out', async () => {
    expect((await get(`/articles/${'y'.repeat(192)}`)).statusCode).toBe(404);
  });

  it('a former slug of one story is not taken from another', async () => {
    const put = doors.stores.articles.putArticles;
    await put([story('second', { slug: 'second', formerSlugs: ['Upper-Case', slug] })], 'test');
    await put([story('third', { slug: 'third', formerSlugs: ['Second'] })], 'test');
    for (const [asked, found] of [
      ['Upper-Case', slug],
      [slug, slug],
      ['Second', 'third'],
    ]) {
      const { data } = await doors.ask(`{ article(slug: "${asked}") { slug } }`);
      expect(data.article).toEqual({ slug: found });
    }
  });

  it.each([section, section.normalize('NFD')])('sections, their feeds and filters take %j', async (asked) => {
    const path = encodeURIComponent(asked);
    const page = await get(`/sections/${path}`);
    expect([page.statusCode, page.body.includes('Story hedgehog')]).toEqual([200, true]);
    const feed = await doors.get(`/feeds/section/${path}.json`);
    expect([feed.statusCode, feed.json().items.length]).toEqual([200, 1]);
    const { data } = await doors.ask(
      'query ($section: [String!]) { articles(filter: { sectionSlugs: $section }) { nodes { slug } } }',
      { section: [asked] },
    );
    expect(data.articles.nodes).toEqual([{ slug }]);
  });

  it.each(['NFC', 'NFD'])('tags and authors are found in %s', async (form) => {
    const at = (kind: string, name: string) => get(`/${kind}/${encodeURIComponent(name.normalize(form))}`);
    expect((await at('tags', tag)).statusCode).toBe(200);
    expect((await at('authors', 'гай-їжакевич')).statusCode).toBe(200);
  });

  it('the sitemap and the feed name the story percent-encoded in NFC', async () => {
    const address = `https://news.example/articles/${encodeURIComponent(slug)}`;
    const { body: index } = await doors.get('/sitemap.xml');
    const [, month] = /<loc>https:\/\/news\.example(\/sitemap\/[^<]+)/.exec(index) ?? [];
    expect((await doors.get(month ?? '')).body).toContain(`<loc>${address}</loc>`);
    expect((await doors.get('/feeds/news.rss')).body).toContain(address);
  });
});
