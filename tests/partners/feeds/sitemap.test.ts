import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spanOf, writeSitemapIndex } from '../../../partners/feeds/sitemap.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const hour = 60 * 60 * 1000;
const urlsOf = (xml: string) => [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => url);

describe('the sitemap', () => {
  let doors: TestDoors;
  const march = Array.from({ length: 250 }, (_, n) =>
    story(`m${n}`, { slug: `march-${n}`, datePublished: new Date(Date.UTC(2026, 2, 1 + (n % 31))) }),
  );

  beforeAll(async () => {
    doors = await openDoors();
    await putLists(doors.open.articles.store);
    const ago = (hours: number) => new Date(Date.now() - hours * hour);
    await doors.stores.articles.putArticles(
      [
        ...march,
        story('elsewhere', {
          datePublished: new Date('2026-02-05T00:00:00Z'),
          canonicalUrl: 'https://other.example/story',
        }),
        story('news', {
          slug: 'news',
          headline: 'Now & <here>',
          inLanguage: 'zh-Hant',
          datePublished: ago(1),
        }),
        story('older', { slug: 'older', datePublished: ago(47) }),
        story('old', { slug: 'old', datePublished: ago(49) }),
        story('embargoed', {
          slug: 'embargoed',
          datePublished: ago(1),
          embargoedUntil: new Date('2999-01-01'),
        }),
        story('withdrawn', { slug: 'withdrawn', datePublished: ago(1) }),
      ],
      'test',
    );
    await doors.open.articles.store.withdraw(articleId('withdrawn'), 'It was wrong.', 'test');
  });
  afterAll(() => doors?.stop());

  it('is an index of months, each with all of its stories once', async () => {
    const { body, headers } = await doors.get('/sitemap.xml');
    expect(headers['content-type']).toBe('application/xml; charset=utf-8');
    const pages = urlsOf(body);
    expect(pages).toContain('https://news.example/sitemap/2026-03.xml');
    const page = await doors.get('/sitemap/2026-03.xml');
    const urls = urlsOf(page.body);
    expect(new Set(urls).size).toBe(250);
    expect(new Set(urls)).toEqual(new Set(march.map(({ slug }) => `https://news.example/articles/${slug}`)));
    expect(page.body).toContain('<lastmod>2026-03-01T00:00:00.000Z</lastmod>');
    const { etag = '' } = page.headers;
    expect((await doors.get('/sitemap/2026-03.xml', { 'if-none-match': String(etag) })).statusCode).toBe(304);
  });

  it('asks the graph once for the index, and once for each hundred stories', async () => {
    const callsOf = async (url: string) => {
      doors.calls.length = 0;
      await doors.get(url);
      return doors.calls.length;
    };
    expect(await callsOf('/sitemap.xml')).toBe(1);
    expect(await callsOf('/sitemap/2026-03.xml')).toBe(3);
    expect(await callsOf('/sitemap/2026-03-05.xml')).toBe(1);
  });

  it('has days too, no story that is at home elsewhere, and no page that is no time', async () => {
    expect(urlsOf((await doors.get('/sitemap/2026-03-31.xml')).body)).toHaveLength(8);
    expect(urlsOf((await doors.get('/sitemap/2026-02.xml')).body)).toEqual([]);
    for (const page of ['2026-13', '2026-02-30', 'x', '2026-3', '0000-01', '2026-03-05-01']) {
      const { statusCode, body } = await doors.get(`/sitemap/${page}.xml`);
      expect([page, statusCode, JSON.parse(body).errors[0].extensions.code]).toEqual([
        page,
        404,
        'NOT_FOUND',
      ]);
    }
  });

  it('divides a month that is longer than a page into its days', () => {
    const month = { month: '2028-02', articleCount: 10_001, dateModified: '2028-02-03T00:00:00.000Z' };
    const pages = urlsOf(writeSitemapIndex([month], 'https://news.example'));
    expect([pages.length, pages[0], pages[28]]).toEqual([
      29,
      'https://news.example/sitemap/2028-02-01.xml',
      'https://news.example/sitemap/2028-02-29.xml',
    ]);
    expect(spanOf('2028-02-29')).toEqual({ from: new Date('2028-02-29'), until: new Date('2028-03-01') });
    expect(spanOf('2026-12')).toEqual({ from: new Date('2026-12-01'), until: new Date('2027-01-01') });
  });

  it('names the stories of the last two days for Google News', async () => {
    const { body } = await doors.get('/news-sitemap.xml');
    expect(urlsOf(body)).toEqual([
      'https://news.example/articles/news',
      'https://news.example/articles/older',
    ]);
    expect(body).toContain('xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"');
    expect(body).toContain('<news:name>Dateline</news:name><news:language>zh-tw</news:language>');
    expect(body).toContain('<news:title>Now &amp; &lt;here&gt;</news:title>');
  });

  it('is named in robots.txt', async () => {
    const { body, headers } = await doors.get('/robots.txt');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toContain('Sitemap: https://news.example/sitemap.xml\n');
    expect(body).toContain('Sitemap: https://news.example/news-sitemap.xml\n');
  });
});
