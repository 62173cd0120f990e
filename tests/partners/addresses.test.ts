/** What feeds and pages call themselves and one another: names, addresses, languages, icons; and what caches keep of what is gone. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import sharp from 'sharp';
import { withoutSlash } from '../../web/slash.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { articleId, authorId, putLists, story } from '../support/stories.ts';

const name = 'The Almery Courier & Sons';
const escaped = 'The Almery Courier &amp; Sons';
const site = 'https://news.example';

describe('addresses and names', () => {
  let doors: TestDoors;

  beforeAll(async () => {
    doors = await openDoors({ hasAll: true, publicationName: name });
    const { articles, authors } = doors.stores;
    await putLists(articles);
    await authors.putAuthors([{ sourceId: 'ann', name: 'Ann' }], 'test');
    const usageRights = { syndicatable: true, embeddable: true };
    const base = { usageRights, datePublished: new Date(Date.now() - 60_000) };
    await articles.putArticles(
      [
        story('arabic', {
          ...{ ...base, slug: 'arabic', sectionSlug: 'world', inLanguage: 'ar', tagSlugs: ['harbour'] },
          ...{ headline: 'خبر <b>اليوم</b>', body: [{ kind: 'paragraph', html: 'نص الخبر' }] },
          bylines: [{ authorId: authorId('ann'), displayName: 'Ann' }],
        }),
        story('english', {
          ...base,
          slug: 'english',
          tagSlugs: ['harbour'],
          headline: 'A\u0001 head\ufffeline',
        }),
        story('gone', { ...base, slug: 'gone' }),
      ],
      'test',
    );
    await articles.withdraw(articleId('gone'), 'It was wrong.', 'test');
  }, 180_000);
  afterAll(() => doors?.stop());

  it.each([
    ['/articles/english/', '/articles/english'],
    ['/articles/english//?a=b/&c', '/articles/english?a=b/&c'],
    ['/sections/city/', '/sections/city'],
    ['/search/?q=x', '/search?q=x'],
    ['/feeds/news.rss/', '/feeds/news.rss'],
    ['/feeds/section/city.json/?limit=5', '/feeds/section/city.json?limit=5'],
    ['/embed/article/english/', '/embed/article/english'],
    ['/oembed/?url=https%3A%2F%2Fnews.example%2F', '/oembed?url=https%3A%2F%2Fnews.example%2F'],
    ['/sitemap.xml/', '/sitemap.xml'],
    [`/ninjs/articles/${articleId('english')}/`, `/ninjs/articles/${articleId('english')}`],
  ])('%s is %s', async (url, location) => {
    for (const accept of ['text/html', '*/*'])
      for (const method of ['GET', 'HEAD'] as const) {
        const { statusCode, headers } = await doors.app.inject({ method, url, headers: { accept } });
        expect([statusCode, headers.location]).toEqual([308, location]);
      }
  });

  it('never leads to another site, whatever stands in an address', () => {
    const part = fc.constantFrom(
      '/',
      '//',
      '\\',
      '\t',
      ' ',
      'evil.example',
      '..',
      '%2f',
      '?',
      '#',
      'a',
      '@',
      ':',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const url = `/${parts.join('')}`;
        const bare = withoutSlash(url);
        if (bare === undefined) return;
        expect(new URL(bare, site).origin).toBe(site);
        expect(bare.split('?')[0]).not.toMatch(/\/$/);
        expect(bare.split('?').slice(1)).toEqual(url.split('?').slice(1));
      }),
      { numRuns: 2_000 },
    );
    for (const url of ['/', '//', '//evil.example/', '/\\evil.example/', '/a', '/?a=/'])
      expect(withoutSlash(url)).toBeUndefined();
  });

  it.each(['//evil.example/', '//evil.example//', '/%5Cevil.example/', '/\\evil.example/'])(
    'answers %s with nothing that leads away',
    async (url) => {
      const { statusCode, headers } = await doors.get(url, { accept: 'text/html' });
      if (statusCode >= 300 && statusCode < 400)
        expect(new URL(String(headers.location), site).origin).toBe(site);
      expect(statusCode).toBeLessThan(500);
    },
  );

  it('the publication has one name, wherever it is told', async () => {
    const news = (await doors.get('/news-sitemap.xml')).body;
    expect(news).toContain(`<news:name>${escaped}</news:name>`);
    const atom = (await doors.get('/feeds/section/city.atom')).body;
    expect(atom).toContain(`<author><name>${escaped}</name></author>`);
    expect(atom).toContain(`<title type="text">${escaped}: CITY</title>`);
    expect((await doors.get('/feeds/news.rss')).body).toContain(`<title>${escaped}: News Feed</title>`);
    expect((await doors.get('/feeds/news.json')).json()).toMatchObject({
      authors: [{ name }],
      title: `${name}: News Feed`,
    });
    const page = (await doors.get('/articles/english', { accept: 'text/html' })).body;
    expect(page).toContain(`property="og:site_name" content="${escaped}"`);
    expect(page).toMatch(
      /"publisher":\{"@type":"NewsMediaOrganization","name":"The Almery Courier (?:&|\\u0026) Sons"/,
    );
    const oembed = (await doors.get(`/oembed?url=${encodeURIComponent(`${site}/articles/english`)}`)).json();
    expect(oembed.provider_name).toBe(name);
    const partners = (await doors.get('/partners')).body;
    for (const text of [page, partners]) expect(text).not.toContain('>Dateline<');
  });

  it.each([
    ['news', '/'],
    ['section/world', '/sections/world'],
    ['tag/harbour', '/tags/harbour'],
    ['author/ann', '/authors/ann'],
  ])('the feed %s belongs to the page %s', async (feed, path) => {
    expect((await doors.get(`/feeds/${feed}.json`)).json().home_page_url).toBe(`${site}${path}`);
    expect((await doors.get(`/feeds/${feed}.rss`)).body).toContain(`<link>${site}${path}</link>`);
    expect((await doors.get(`/feeds/${feed}.atom`)).body).toContain(`rel="alternate" href="${site}${path}"`);
  });

  it('feeds have a language where all of their stories share one, and text from the right says so', async () => {
    const world = await Promise.all(
      ['rss', 'atom', 'json'].map((form) => doors.get(`/feeds/section/world.${form}`)),
    );
    const [rss = '', atom = '', json = ''] = world.map(({ body }) => body);
    expect(rss).toContain('<language>ar</language>');
    expect(atom).toMatch(/<feed [^>]*xml:lang="ar"/);
    expect(JSON.parse(json).language).toBe('ar');
    expect(JSON.parse(json).items[0].content_html).toMatch(/^<div dir="rtl" lang="ar">[\s\S]*<\/div>$/);
    expect(atom).toContain('<title type="text">خبر &lt;b&gt;اليوم&lt;/b&gt;</title>');
    const mixed = await Promise.all(
      ['rss', 'atom', 'json'].map((form) => doors.get(`/feeds/tag/harbour.${form}`)),
    );
    expect(mixed[0]?.body).not.toContain('<language>');
    expect(mixed[1]?.body).not.toMatch(/<feed [^>]*xml:lang/);
    expect(mixed[2]?.json().language).toBeUndefined();
  });

  it('all formats have the same text, and an icon that is there', async () => {
    const json = (await doors.get('/feeds/section/city.json')).json();
    expect(json.items.map(({ title }: { title: string }) => title)).toEqual(['A headline']);
    const rss = (await doors.get('/feeds/section/city.rss')).body;
    expect(rss).toContain('<title>A headline</title>');
    const [, url = ''] = /<image><url>https:\/\/news\.example([^<]+)<\/url>/.exec(rss) ?? [];
    expect([
      json.favicon,
      (await doors.get('/feeds/news.atom')).body.includes(`<icon>${site}${url}</icon>`),
    ]).toEqual([`${site}${url}`, true]);
    for (const [path, width] of [
      [url, 144],
      [json.icon.slice(site.length), 512],
      ['/favicon.ico', 144],
    ]) {
      const icon = await doors.get(path);
      expect([icon.statusCode, icon.headers['content-type']]).toEqual([200, 'image/png']);
      expect((await sharp(icon.rawPayload).metadata()).width).toBe(width);
    }
  });

  it('a feed names the hub by the topic that the hub takes, or names none', async () => {
    for (const form of ['rss', 'atom', 'json'])
      for (const [query, isTopic] of [
        ['', true],
        ['?utm=1', true],
        ['?limit=5', false],
        ['?limit=1&after=', false],
      ] as const) {
        const { headers, body, statusCode } = await doors.get(`/feeds/news.${form}${query}`);
        if (statusCode !== 200) continue;
        const [, self] = /<([^>]+)>; rel="self"/.exec(String(headers.link)) ?? [];
        expect([
          form,
          query,
          String(headers.link).includes('rel="hub"'),
          body.includes(`${site}/hub`),
        ]).toEqual([form, query, isTopic, isTopic]);
        if (isTopic) expect(self).toBe(`${site}/feeds/news.${form}`);
      }
  });

  it.each([
    ['/articles/gone', 410, 'text/html'],
    ['/articles/missing', 404, 'text/html'],
    [`/ninjs/articles/${articleId('gone')}`, 410, '*/*'],
    [`/ninjs/articles/${articleId('missing')}`, 404, '*/*'],
    ['/embed/article/gone', 404, 'text/html'],
    ['/embed/data/article/gone.json', 404, '*/*'],
    [`/oembed?url=${encodeURIComponent(`${site}/articles/gone`)}`, 404, '*/*'],
    ['/feeds/section/none.rss', 404, '*/*'],
  ])(
    '%s is kept for a second, so that it takes the place of what a cache has',
    async (url, status, accept) => {
      const kept = 'public, max-age=1, must-revalidate, stale-while-revalidate=0';
      const anybody = await doors.get(url, { accept });
      expect([anybody.statusCode, anybody.headers['cache-control']]).toEqual([status, kept]);
      expect(String(anybody.headers.vary).toLowerCase()).toContain('cookie');
      const somebody = await doors.get(url, { accept, cookie: 'a=b' });
      expect([somebody.statusCode, String(somebody.headers['cache-control'])]).toEqual([
        status,
        expect.not.stringContaining('public'),
      ]);
    },
  );
});
