import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { create } from 'xmlbuilder2';
import { business } from '../../../newsroom/demo/stories/business.ts';
import { city } from '../../../newsroom/demo/stories/city.ts';
import { opinion } from '../../../newsroom/demo/stories/opinion.ts';
import { politics } from '../../../newsroom/demo/stories/politics.ts';
import { science } from '../../../newsroom/demo/stories/science.ts';
import { world } from '../../../newsroom/demo/stories/world.ts';
import { startTestNewsroom, type TestNewsroom } from '../../support/newsroom.ts';

const patience = 180_000;
const site = 'https://news.example';
const story = 'port-almery-night-trams-approved';
const addressOf = (slug: string) => `${site}/articles/${slug}`;

describe('the doors of embeds', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await startTestNewsroom();
  }, patience);
  afterAll(() => newsroom?.stop());

  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${newsroom.address}${path}`, { headers });
  const oembed = (query: Record<string, string>) => get(`/oembed?${new URLSearchParams(query)}`);
  const toldBy = async (answer: Response) => {
    const { errors } = (await answer.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    return { status: answer.status, code: errors[0]?.extensions.code, message: errors[0]?.message };
  };

  describe('GET /oembed', () => {
    it('tells what a site needs to embed a story', async () => {
      const answer = await oembed({ url: addressOf(story) });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(await answer.json()).toEqual({
        version: '1.0',
        type: 'rich',
        title: 'Port Almery votes to run its trams all night',
        author_name: 'Ines Okoro-Lind and Tomas Verrin',
        author_url: `${site}/authors/ines-okoro-lind`,
        provider_name: 'Dateline',
        provider_url: `${site}/`,
        cache_age: 300,
        thumbnail_url: expect.stringMatching(/^https:\/\/news\.example\/media\/images\/.*\/640x427$/),
        thumbnail_width: 640,
        thumbnail_height: 427,
        thumbnail_credit: 'Mara Quist/Dateline',
        html: `<iframe src="${site}/embed/article/${story}" title="Port Almery votes to run its trams all night" width="600" height="360" loading="lazy" frameborder="0" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>`,
        width: 600,
        height: 360,
      });
    });

    it('says the same in XML', async () => {
      const answer = await oembed({ url: addressOf(story), format: 'xml' });
      expect(answer.headers.get('content-type')).toBe('text/xml; charset=utf-8');
      const root = create(await answer.text()).root().node;
      expect(root.nodeName).toBe('oembed');
      const told = Object.fromEntries([...root.childNodes].map((node) => [node.nodeName, node.textContent]));
      const json = (await (await oembed({ url: addressOf(story) })).json()) as Record<string, unknown>;
      expect(told).toEqual(
        Object.fromEntries(Object.entries(json).map(([name, value]) => [name, `${value}`])),
      );
    });

    it.each([
      ['http for https', `http://news.example/articles/${story}`],
      ['what a campaign adds', `${addressOf(story)}?utm_source=letter#comments`],
      ['a slash at the end', `${addressOf(story)}/`],
    ])('knows a story with %s', async (_, url) => {
      expect((await oembed({ url })).status).toBe(200);
    });

    it.each([
      ['one for members', 'mayor-halloran-interview', 401, 'EMBED_GATED'],
      ['one for a tier', 'container-terminal-night-shift', 401, 'EMBED_GATED'],
      ['one that was withdrawn', 'ferry-fares-to-double', 404, 'EMBED_NOT_FOUND'],
      ['one before its time', 'free-school-meals-report', 404, 'EMBED_NOT_FOUND'],
      ['one that nobody may embed', 'strait-of-orrin-talks', 404, 'EMBED_NOT_FOUND'],
      ['one that is not there', 'no-such-story', 404, 'EMBED_NOT_FOUND'],
    ])('refuses a story: %s', async (_, slug, status, code) => {
      expect(await toldBy(await oembed({ url: addressOf(slug) }))).toMatchObject({ status, code });
    });

    it.each([
      ['another site', `https://elsewhere.example/articles/${story}`],
      ['our front page', `${site}/`],
      ['no address', 'trams'],
      ['no address of the web', 'javascript:alert(1)'],
    ])('has nothing for %s', async (_, url) => {
      expect(await toldBy(await oembed({ url }))).toMatchObject({ status: 404, code: 'EMBED_NOT_FOUND' });
    });

    const url = addressOf(story);
    it.each([
      [`maxwidth=-1`, 'Expected "maxwidth" to be a whole number from 1 to 10,000, but got: -1.'],
      [`maxwidth=0`, 'Expected "maxwidth" to be a whole number from 1 to 10,000, but got: 0.'],
      [`maxwidth=10001`, 'Expected "maxwidth" to be a whole number from 1 to 10,000, but got: 10001.'],
      [
        `maxwidth=1000000000`,
        'Expected "maxwidth" to be a whole number from 1 to 10,000, but got: 1000000000.',
      ],
      [`maxheight=1e9`, 'Expected "maxheight" to be a whole number from 1 to 10,000, but got: 1e9.'],
      [`maxheight=tall`, 'Expected "maxheight" to be a whole number from 1 to 10,000, but got: tall.'],
      [`maxheight=1.5`, 'Expected "maxheight" to be a whole number from 1 to 10,000, but got: 1.5.'],
      [`maxwidth=1&maxwidth=2`, 'Expected "maxwidth" once, but got: 2 of them.'],
      [`url=again`, 'Expected "url" once, but got: 2 of them.'],
    ])('says what is wrong with %s', async (query, message) => {
      const answer = await get(`/oembed?${new URLSearchParams({ url })}&${query}`);
      expect(await toldBy(answer)).toEqual({ status: 400, code: 'BAD_USER_INPUT', message });
    });

    it('says that an address is missing', async () => {
      const message = 'Expected "url" to be the address of a story, but got: none.';
      expect(await toldBy(await get('/oembed'))).toEqual({ status: 400, code: 'BAD_USER_INPUT', message });
      expect(await toldBy(await get('/oembed?url='))).toMatchObject({ status: 400, message });
    });

    it('knows no other format', async () => {
      expect(await toldBy(await oembed({ url, format: 'yaml' }))).toEqual({
        status: 501,
        code: 'EMBED_FORMAT_UNKNOWN',
        message: 'Expected "format" to be json or xml, but got: yaml.',
      });
    });
  });

  describe('the frames', () => {
    it('show a story in its language, with its picture and credit, and may do next to nothing', async () => {
      const answer = await get(`/embed/article/${story}`);
      expect(answer.status).toBe(200);
      const { headers } = answer;
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+'; img-src https:\/\/news\.example; frame-ancestors \*; sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox$/,
      );
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
      expect(headers.get('cache-control')).toBe(
        'public, max-age=1, must-revalidate, stale-while-revalidate=0',
      );
      const html = await answer.text();
      expect(html).toContain('<html lang="en" dir="ltr"');
      expect(html).toContain(`href="${addressOf(story)}"`);
      expect(html).toContain('Mara Quist/Dateline');
      expect(html).not.toMatch(/ (style|on[a-z]+)="/);
    });

    it('run a story in Arabic from the right', async () => {
      expect(await (await get('/embed/article/ittifaq-madiq-orrin')).text()).toContain(
        '<html lang="ar" dir="rtl"',
      );
    });

    it('show a feed, without the stories that may not be embedded', async () => {
      const html = await (await get('/embed/feed/section/world?limit=20')).text();
      expect(html).toContain('The slow train over Sorrel Pass');
      expect(html).toContain('For members');
      expect(html).not.toContain('strait-of-orrin-talks');
    });

    it.each([
      ['/embed/article/no-such-story', 404],
      ['/embed/article/ferry-fares-to-double', 404],
      ['/embed/article/strait-of-orrin-talks', 404],
      ['/embed/feed/section/nowhere', 404],
      ['/embed/feed/nonsense', 404],
      ['/embed/feed/news?limit=0', 400],
      ['/embed/feed/news?limit=21', 400],
      ['/embed/feed/news?theme=pink', 400],
    ])('answer %s with a page that says why, and where to go', async (path, status) => {
      const answer = await get(path);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(answer.headers.get('cache-control')).toBe(
        status === 404 ? 'public, max-age=1, must-revalidate, stale-while-revalidate=0' : 'no-store',
      );
      const html = await answer.text();
      expect(html).toMatch(/Expected .*, but got: /);
      expect(html).toContain(`href="${site}/"`);
    });
  });

  it('give scripts of any site what they show, without leave and without cookies', async () => {
    const answer = await get('/embed/data/feed/tag/trams.json?limit=2', {
      origin: 'https://partner.example',
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    const { cards } = (await answer.json()) as { cards: unknown[] };
    expect(cards).toHaveLength(2);
    const missing = await get('/embed/data/article/no-such-story.json');
    expect(missing.headers.get('access-control-allow-origin')).toBe('*');
    expect(await toldBy(missing)).toMatchObject({ status: 404, code: 'EMBED_NOT_FOUND' });
  });

  it.each([
    `/oembed?url=${encodeURIComponent(addressOf(story))}`,
    `/embed/article/${story}`,
    '/embed/feed/news',
    '/embed/data/feed/news.json',
    `/embed/data/article/${story}.json`,
    '/embed.js',
  ])('answer nothing new where %s still holds, and set no cookie', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const again = await get(path, { 'if-none-match': answer.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('let through no line that stands behind the paywall', async () => {
    const hidden = [...business, ...city, ...opinion, ...politics, ...science, ...world].flatMap((one) => {
      const end = one.body.findIndex(({ kind }) => kind === 'paywall');
      return end < 0
        ? []
        : one.body.slice(end).flatMap((block) => (block.kind === 'paragraph' ? [block.html] : []));
    });
    expect(hidden.length).toBeGreaterThan(5);
    const slugs = [...business, ...opinion, ...politics, ...science, ...world].map(({ slug }) => slug);
    const paths = slugs.flatMap((slug) => [
      `/embed/article/${slug}`,
      `/embed/data/article/${slug}.json`,
      `/oembed?url=${encodeURIComponent(addressOf(slug))}`,
    ]);
    for (const path of [...paths, '/embed/feed/news?limit=20', '/embed/data/feed/news.json?limit=20']) {
      const text = await (await get(path)).text();
      for (const line of hidden) expect(text).not.toContain(line.slice(0, 40));
    }
  });

  describe('GET /partners', () => {
    it('gives the code of the feed that was picked, without a script', async () => {
      const answer = await get('/partners?feed=section%2Fcity&limit=3&theme=dark');
      expect(answer.status).toBe(200);
      const html = await answer.text();
      expect(html).toContain(
        [
          '&lt;dateline-feed feed=&quot;section/city&quot; limit=&quot;3&quot; theme=&quot;dark&quot;>',
          `  &lt;a href=&quot;${site}/&quot;>City on Dateline&lt;/a>`,
        ].join('\n'),
      );
      expect(html).toContain(`${site}/feeds/section/city.rss`);
      expect(html).toContain('<option value="section/city" selected>City</option>');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(answer.headers.get('set-cookie')).toBeNull();
    });

    it('says that there is no such feed, as text', async () => {
      const answer = await get('/partners?feed=%3Cb%3Enone');
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('Expected the name of a feed, but got: &lt;b>none.');
    });
  });
});
