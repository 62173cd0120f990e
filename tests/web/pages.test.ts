import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assetOf } from '../../web/asset.ts';
import { statementsOf } from '../support/databases.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { demoPages, figureOf, mainStory, openHtml, textOf } from '../support/pages.ts';
import { story } from '../support/stories.ts';

const site = 'https://news.example';
/** A newsroom that starts on a busy machine. */
const patience = 180_000;
const paths = Object.values(demoPages);

describe('the reader’s pages', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await startTestNewsroom();
  }, patience);
  afterAll(() => newsroom?.stop());

  async function open(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(newsroom.address + path, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...headers },
    });
    const body = await response.text();
    return { status: response.status, headers: response.headers, body, page: openHtml(body) };
  }

  it.each(paths)('%s is a whole document with a title, one heading and the ways on', async (path) => {
    const { status, headers, page } = await open(path);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text('title')[0]).toMatch(/\w.* \| Dateline$|^Dateline: /);
    expect(page.all('h1')).toHaveLength(1);
    expect(page.all('html')[0]?.attribs.lang).toBe('en');
    for (const landmark of ['header', 'nav', 'main', 'footer'])
      expect(page.all(landmark).length).toBeGreaterThan(0);
    expect(page.where('a', 'class', 'skip')[0]?.attribs.href).toBe('#main');
    const feeds = page.where('link', 'rel', 'alternate').map(({ attribs }) => attribs.href);
    expect(feeds).toEqual(
      expect.arrayContaining(['rss', 'atom', 'json'].map((ending) => `${site}/feeds/news.${ending}`)),
    );
  });

  it.each(paths)('%s may load only what is ours, sets no cookie, and is kept for a second', async (path) => {
    const { headers } = await open(path);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|data:/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('cache-control')).toBe('public, max-age=1, must-revalidate, stale-while-revalidate=0');
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{27}"$/);
    const again = await open(path, { 'if-none-match': etag });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  it('names the host of pictures in its policy', async () => {
    const { headers } = await open('/');
    expect(headers.get('content-security-policy')).toContain(`img-src 'self' ${site};`);
  });

  it('keeps nothing for others of what it answers to somebody', async () => {
    const { headers } = await open('/', { cookie: 'theme=dark' });
    expect(headers.get('cache-control')).toBe('private, no-cache');
    expect(headers.get('etag')).toBeNull();
  });

  it('answers an unknown address with a page for readers and JSON for programs', async () => {
    for (const path of ['/nothing', '/articles/none', '/sections/none', '/tags/none', '/authors/none']) {
      const { status, headers, page } = await open(path);
      expect([path, status]).toEqual([path, 404]);
      expect(headers.get('cache-control')).toBe(
        'public, max-age=1, must-revalidate, stale-while-revalidate=0',
      );
      expect(page.meta('robots')).toBe('noindex');
      expect(page.where('form', 'action', '/search')).toHaveLength(2);
      expect(page.where('ol', 'class', 'teasers rows')[0]?.children).toHaveLength(6);
    }
    const { status, body } = await open('/nothing', { accept: '*/*' });
    expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([404, 'NOT_FOUND']);
  });

  it('answers 410 for a story that was withdrawn, with the reason', async () => {
    const { status, body } = await open('/articles/ferry-fares-to-double');
    expect(status).toBe(410);
    expect(body).toContain('It was based on a draft that had already been rejected.');
  });

  it('sends whoever comes by an old slug to the new one, for good', async () => {
    await newsroom.stores.articles.putArticles([story('moved', { slug: 'first-name' })], 'test');
    await newsroom.stores.articles.putArticles([story('moved', { slug: 'second-name' })], 'test');
    const { status, headers } = await open('/articles/first-name');
    expect([status, headers.get('location')]).toEqual([308, '/articles/second-name']);
    expect((await open('/articles/second-name')).status).toBe(200);
  });

  it('finds a story by a slug as long as slugs get, in any letters', async () => {
    const slug = '港'.repeat(120);
    await newsroom.stores.articles.putArticles([story('long', { slug, inLanguage: 'zh' })], 'test');
    const { status, page } = await open(`/articles/${encodeURIComponent(slug)}`);
    expect(status).toBe(200);
    expect(page.where('article', 'lang', 'zh')[0]?.attribs.dir).toBe('ltr');
  });

  it.each(['/', '/sections/city', '/tags/trams', '/authors/mara-quist', '/search'])(
    'answers 400 for a cursor that %s never gave',
    async (path) => {
      const { status, page } = await open(`${path}?q=tram&after=abc`);
      expect(status).toBe(400);
      expect(page.text('h1')).toEqual(['This address cannot be read']);
    },
  );

  it('leads through the whole News Feed without script, each story once', async () => {
    const { data } = await newsroom.ask('{ articles(first: 100) { nodes { id } } }');
    const seen = new Set<string>();
    let path: string | undefined = '/';
    let { page } = await open(path);
    const leads = page.all('article').length;
    while (path) {
      ({ page } = await open(path));
      for (const { attribs } of page.all('li')) if (attribs['data-id']) seen.add(attribs['data-id']);
      path = page.all('a').find(({ attribs }) => 'data-more' in attribs)?.attribs.href;
    }
    // The front page's first seven stand above the list.
    expect(leads).toBe(19);
    expect(seen.size).toBe(data.articles.nodes.length - 7);
  });

  describe('of a story', () => {
    it('has the headline, the parts and the credits of the page', async () => {
      const { page, body } = await open(`/articles/${mainStory}`);
      expect(page.text('h1')).toEqual(['Port Almery votes to run its trams all night']);
      expect(body).toContain('2 min read');
      expect(page.where('aside', 'class', 'card')).toHaveLength(2);
      expect(page.where('article', 'class', 'author')).toHaveLength(2);
      expect(page.where('section', 'class', 'corrections')).toHaveLength(1);
      expect(textOf(page.where('figure', 'class', 'lead')[0] as never)).toBe(
        'A line 2 tram in Lantern Street. From September the same trams will run until morning. (Mara Quist/Dateline)',
      );
      const lead = page.where('img', 'fetchpriority', 'high');
      expect(lead).toHaveLength(1);
      expect(lead[0]?.attribs).toMatchObject({
        srcset: expect.stringContaining(' 320w'),
        sizes: expect.any(String),
        width: expect.any(String),
        height: expect.any(String),
      });
      expect(lead[0]?.attribs.loading).toBeUndefined();
    });

    it('tells machines what it is', async () => {
      const { page } = await open(`/articles/${mainStory}`);
      const url = `${site}/articles/${mainStory}`;
      expect(page.where('link', 'rel', 'canonical')[0]?.attribs.href).toBe(url);
      expect(page.meta('og:type')).toBe('article');
      expect(page.meta('og:title')).toBe('Port Almery votes to run its trams all night');
      expect(page.meta('og:image')).toMatch(/^https:\/\/news\.example\/media\/images\/.*\.jpg$/);
      expect(page.meta('twitter:card')).toBe('summary_large_image');
      for (const [type, format] of [
        ['application/json+oembed', 'json'],
        ['text/xml+oembed', 'xml'],
      ] as const)
        expect(page.where('link', 'type', type)[0]?.attribs.href).toBe(
          `${site}/oembed?url=${encodeURIComponent(url)}&format=${format}`,
        );
      expect(page.jsonLd('NewsArticle')).toMatchObject({
        '@context': 'https://schema.org',
        url,
        headline: 'Port Almery votes to run its trams all night',
        datePublished: expect.stringMatching(/^\d{4}-/),
        dateModified: expect.stringMatching(/^\d{4}-/),
        author: [
          { '@type': 'Person', name: 'Ines Okoro-Lind', url: `${site}/authors/ines-okoro-lind` },
          { '@type': 'Person', name: 'Tomas Verrin' },
        ],
        publisher: { name: 'Dateline', logo: { '@type': 'ImageObject' } },
        image: [
          {
            '@type': 'ImageObject',
            creditText: 'Mara Quist/Dateline',
            copyrightNotice: expect.stringContaining('©'),
            width: expect.any(Number),
          },
        ],
        articleSection: 'City',
        wordCount: expect.any(Number),
        timeRequired: 'PT2M',
        inLanguage: 'en',
        isAccessibleForFree: true,
      });
      expect(page.jsonLd('NewsArticle').hasPart).toBeUndefined();
      expect(page.jsonLd('BreadcrumbList').itemListElement.map(({ name }: { name: string }) => name)).toEqual(
        ['Dateline', 'City', 'Port Almery votes to run its trams all night'],
      );
    });

    it('shows a right-to-left story from the right', async () => {
      const { data } = await newsroom.ask(
        '{ articles(first: 1, filter: { inLanguage: "ar" }) { nodes { slug } } }',
      );
      const { page } = await open(`/articles/${data.articles.nodes[0].slug}`);
      expect(page.where('article', 'lang', 'ar')[0]?.attribs.dir).toBe('rtl');
    });

    it('ends at the paywall with the way in, and tells no line behind it on any page', async () => {
      const secret = 'Xylographers unlocked quayside vaults.';
      const gated = story('gated', {
        slug: 'gated',
        visibility: 'MEMBERS',
        datePublished: new Date(Date.now() - 1000),
        body: [
          { kind: 'paragraph', html: 'Vaults stand open for all to read of.' },
          { kind: 'paywall' },
          { kind: 'paragraph', html: secret },
        ],
      });
      await newsroom.stores.articles.putArticles([gated], 'test');
      const { page, body } = await open('/articles/gated');
      expect(body).toContain('Vaults stand open for all to read of.');
      const paywall = page.where('section', 'class', 'paywall');
      expect(paywall).toHaveLength(1);
      expect(page.where('a', 'class', 'button').map(({ attribs }) => attribs.href)).toContain('/membership');
      expect(page.jsonLd('NewsArticle')).toMatchObject({
        isAccessibleForFree: false,
        hasPart: { '@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall' },
      });
      for (const path of [...paths, '/articles/gated', '/search?q=vaults', '/search?q=xylographers']) {
        const { body: other } = await open(path);
        expect([path, other.includes('unlocked quayside')]).toEqual([path, false]);
      }
    });
  });

  it.each([...paths, '/articles/last-marigold-crossing', '/authors/mara-quist'])(
    '%s shows each picture with its credit',
    async (path) => {
      const { page } = await open(path);
      for (const image of page.all('img')) {
        const figure = figureOf(image);
        expect([image.attribs.src, figure && textOf(figure)]).toEqual([
          expect.stringContaining(`${site}/media/images/`),
          expect.stringMatching(/\(\S.*\)$/),
        ]);
        expect(Number(image.attribs.width) * Number(image.attribs.height)).toBeGreaterThan(0);
      }
    },
  );

  it('leaves the credit out where the editors say so, and only there', async () => {
    const { data } = await newsroom.ask(
      `{ article(slug: "${mainStory}") { leadMedia { ... on ImageUse { image { id creditText } } } } }`,
    );
    const { id, creditText } = data.article.leadMedia.image;
    const lead = { kind: 'image' as const, id, displayCredit: false };
    await newsroom.stores.articles.putArticles([story('quiet', { slug: 'quiet', leadMedia: lead })], 'test');
    const { page } = await open('/articles/quiet');
    expect(textOf(page.where('figure', 'class', 'lead')[0] as never)).toBe('');
    expect(page.jsonLd('NewsArticle').image[0].creditText).toBe(creditText);
  });

  it('asks a fixed number of SQL statements for each page', async () => {
    const counted: Record<string, number> = {};
    for (const path of paths) counted[path] = (await statementsOf(() => open(path))).length;
    for (const [path, count] of Object.entries(counted))
      expect([path, count > 0 && count <= 24]).toEqual([path, true]);
    const many = Array.from({ length: 30 }, (_, number) => story(`more-${number}`));
    await newsroom.stores.articles.putArticles(many, 'test');
    const again = (await statementsOf(() => open('/sections/city'))).length;
    expect(again).toBe(counted['/sections/city']);
  });

  it('serves script, style and mark for ever, at addresses that change with them', async () => {
    const { page } = await open('/');
    const files = [
      page.all('script').find(({ attribs }) => attribs.src)?.attribs.src,
      page.where('link', 'rel', 'stylesheet')[0]?.attribs.href,
      page.where('link', 'rel', 'icon')[0]?.attribs.href,
    ];
    expect(files[0]).toBe(`/assets/page-${assetOf('page').version}.js`);
    for (const file of files) {
      const { status, headers } = await open(file ?? '');
      expect([file, status]).toEqual([file, 200]);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    }
    expect((await open('/assets/page-000000000000.js', { accept: '*/*' })).status).toBe(404);
  });

  it('sends a script of less than 5 kB, and pages packed', async () => {
    expect(gzipSync(assetOf('page').text).length).toBeLessThan(5 * 1024);
    const { headers } = await open('/', { 'accept-encoding': 'br' });
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('vary')).toContain('accept-encoding');
  });
});
