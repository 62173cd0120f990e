import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { idOf } from '../../subgraphs/identity.ts';
import { statementsOf } from '../support/databases.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { readByFeedparser, readByRssParser } from '../support/feedReaders.ts';
import { problemsOfJsonFeed } from '../support/jsonFeed.ts';
import { articleId, authorId, putLists, story } from '../support/stories.ts';

const now = new Date('2026-05-10T12:00:00Z');
const at = (text: string) => new Date(text);
const usageRights = { syndicatable: true, embeddable: true, licence: 'https://news.example/licence' };
const imageId = (name: string) => idOf('image', name);

const harbour = story('harbour', {
  slug: 'harbour-opens',
  headline: 'Harbour & quay open <again>',
  standfirst: 'Boats came in at 5 < 6 &amp; left',
  datePublished: at('2026-05-09T10:00:00Z'),
  dateModified: at('2026-05-09T11:00:00Z'),
  inLanguage: 'en-GB',
  tagSlugs: ['harbour', 'budget'],
  bylines: [{ authorId: authorId('ann'), displayName: 'Ann Lee' }, { displayName: 'Bo Ek' }],
  copyrightNotice: '© 2026 Dateline',
  usageRights,
  leadMedia: { kind: 'image', id: imageId('ours'), caption: 'The quay', altText: 'A quay' },
  corrections: [
    {
      sourceId: 'c1',
      correctionType: 'CORRECTION',
      text: 'It was Monday.',
      datePublished: at('2026-05-09T12:00:00Z'),
    },
  ],
  body: [
    {
      kind: 'paragraph',
      html: 'Read <a href="/articles/other">this</a> &amp; <a href="#top">that</a> ]]&gt; &lt;b&gt;.',
    },
    { kind: 'image', imageId: imageId('theirs'), caption: 'Not to be syndicated' },
    { kind: 'related', slug: 'other-story', linkText: 'A card' },
    { kind: 'related', slug: 'not-there', linkText: 'A secret card' },
    {
      kind: 'embed',
      url: 'https://video.example/1',
      providerName: 'Video',
      html: '<iframe src="x"></iframe>',
    },
    { kind: 'code', code: 'if (a]]>b) {}' },
  ],
});

describe('feeds', () => {
  let doors: TestDoors;
  let clock = now;
  let partner: { rights: { text: boolean; pictures: boolean } } | undefined;

  const rss = (url: string) => doors.get(url).then(({ body }) => readByRssParser(body));
  const json = (url: string) => doors.get(url).then((response) => response.json());

  beforeAll(async () => {
    doors = await openDoors({
      clock: () => clock,
      onRequest: (request) => Object.assign(request, { partner }),
    });
    const { articles, media } = doors.stores;
    await putLists(doors.open.articles.store);
    await media.putImages(
      [
        {
          sourceId: 'ours',
          width: 1600,
          height: 900,
          encodingFormat: 'image/jpeg',
          credit: { creatorName: 'Mara Quist', agency: 'Dateline' },
          copyrightNotice: '© Mara Quist',
          rights: { syndicatable: true, licence: 'https://news.example/picture-licence' },
        },
        { sourceId: 'theirs', credit: { creatorName: 'Somebody', agency: 'Agency' } },
      ],
      'test',
    );
    await articles.putArticles(
      [
        harbour,
        story('other', {
          slug: 'other-story',
          headline: 'The other story',
          standfirst: 'What else there was',
          datePublished: at('2026-05-08T10:00:00Z'),
          leadMedia: { kind: 'image', id: imageId('ours') },
        }),
        story('gated', {
          headline: 'For members',
          visibility: 'PAID',
          usageRights,
          sectionSlug: 'world',
          datePublished: at('2026-05-07T10:00:00Z'),
          body: [
            { kind: 'paragraph', html: 'Free words.' },
            { kind: 'paywall' },
            { kind: 'paragraph', html: 'Gated words.' },
            { kind: 'image', imageId: imageId('ours'), caption: 'A gated caption' },
          ],
        }),
        story('withdrawn', {
          headline: 'Taken back',
          usageRights,
          datePublished: at('2026-05-06T10:00:00Z'),
        }),
      ],
      'test',
    );
    await doors.open.articles.store.withdraw(articleId('withdrawn'), 'It was wrong.', 'test');
  });
  afterAll(() => doors?.stop());

  it('are read by two readers of RSS, with text, byline, picture and credit', async () => {
    const { body, headers } = await doors.get('/feeds/news.rss');
    expect(headers['content-type']).toBe('application/rss+xml; charset=utf-8');
    const feed = await readByRssParser(body);
    expect(feed.title).toBe('News Feed');
    expect(feed.paginationLinks?.self).toBe('https://news.example/feeds/news.rss');
    expect(body).toContain('<atom:link rel="hub" href="https://news.example/hub"/>');
    expect(feed.items.map(({ title }) => title)).toEqual([
      'Harbour & quay open <again>',
      'The other story',
      'For members',
    ]);
    const [first] = feed.items;
    expect(first).toMatchObject({
      guid: `urn:uuid:${articleId('harbour')}`,
      link: 'https://news.example/articles/harbour-opens',
      categories: ['CITY', 'HARBOUR', 'BUDGET'],
      isoDate: '2026-05-09T10:00:00.000Z',
    });
    expect(first).toMatchObject({
      media: [
        {
          $: {
            type: 'image/jpeg',
            medium: 'image',
            url: expect.stringMatching(/^https:\/\/news\.example\/media\//),
          },
          'media:credit': ['Mara Quist/Dateline'],
          'media:description': [{ _: 'The quay' }],
          'media:copyright': ['© Mara Quist'],
        },
      ],
    });
    // What is HTML by the specification reads as the text that it was.
    expect(first?.contentSnippet).toBe('Boats came in at 5 < 6 &amp; left');
    expect(body).toContain('<description>Boats came in at 5 &amp;#60; 6 &amp;#38;amp; left</description>');
    expect(body).toContain('<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Ek</dc:creator>');
    const { items, meta } = await readByFeedparser(body);
    expect(meta.link).toBe('https://news.example/');
    expect(items.map(({ guid }) => guid)).toEqual(feed.items.map(({ guid }) => guid));
    expect(items[0]?.description).toBe((first as unknown as Record<string, string>)['content:encoded']);
  });

  it('show a story in HTML that stands alone: corrections first, links absolute, pictures with credit, nothing embedded', async () => {
    const { items } = await json('/feeds/news.json');
    const html: string = items[0].content_html;
    expect(html.split('\n')).toEqual([
      '<aside><p><strong>Correction, 9 May 2026:</strong> It was Monday.</p></aside>',
      expect.stringMatching(
        /^<figure><img src="https:\/\/news\.example\/media\/\S+" alt="A quay" width="1280" height="720"><figcaption>The quay \(Mara Quist\/Dateline\)<\/figcaption><\/figure>$/,
      ),
      '<p>Read <a href="https://news.example/articles/other">this</a> &amp; <a href="https://news.example/articles/harbour-opens#top">that</a> ]]&gt; &lt;b&gt;.</p>',
      '<p><a href="https://news.example/articles/other-story">The other story</a></p>',
      '<p><a href="https://video.example/1">Video</a></p>',
      '<pre><code>if (a]]&#62;b) {}</code></pre>',
    ]);
    const fromRss = (await rss('/feeds/news.rss')).items[0] as unknown as Record<string, string>;
    expect(fromRss['content:encoded']).toBe(html);
    const fromAtom = (await readByRssParser((await doors.get('/feeds/news.atom')).body)).items[0];
    expect(fromAtom?.content).toBe(html);
  });

  it('are read by two readers of Atom, with tombstones for what was withdrawn', async () => {
    const { body, headers } = await doors.get('/feeds/news.atom');
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const { items, meta } = await readByFeedparser(body);
    expect(meta.title).toBe('News Feed');
    expect(items.map(({ guid, title, link }) => ({ guid, title, link }))[0]).toEqual({
      guid: `urn:uuid:${articleId('harbour')}`,
      title: 'Harbour & quay open <again>',
      link: 'https://news.example/articles/harbour-opens',
    });
    const others = (await readByRssParser(body)).items;
    expect(others).toHaveLength(3);
    expect(others[0]).toMatchObject({ author: 'Ann Lee', summary: 'Boats came in at 5 < 6 &amp; left' });
    expect(body).toContain(
      `<at:deleted-entry ref="urn:uuid:${articleId('withdrawn')}" when="${now.toISOString()}"><at:comment>It was wrong.</at:comment></at:deleted-entry>`,
    );
    // A correction is a change, whatever the story itself says.
    expect(body).toContain('<updated>2026-05-09T12:00:00.000Z</updated>');
  });

  it('are valid JSON Feeds, with credit and rights in our extension', async () => {
    const feed = await json('/feeds/news.json');
    expect(problemsOfJsonFeed(feed)).toEqual([]);
    expect(feed.hubs).toEqual([{ type: 'WebSub', url: 'https://news.example/hub' }]);
    expect(feed.items[0]._dateline).toEqual({
      about: 'https://news.example/feeds/about.md',
      credit: 'Ann Lee and Bo Ek/news.example',
      rights: {
        syndicatable: true,
        requiredCredit: 'news.example',
        licence: 'https://news.example/licence',
      },
      access: { level: 'FULL' },
      pictures: [
        {
          url: feed.items[0].image,
          credit: 'Mara Quist/Dateline',
          copyright: '© Mara Quist',
          syndicatable: true,
        },
      ],
      corrections: [{ type: 'CORRECTION', text: 'It was Monday.', date: '2026-05-09T12:00:00.000Z' }],
    });
    expect((await doors.get('/feeds/about.md')).body).toContain('_dateline');
  });

  it('give of a story that may not be syndicated its headline, summary and link alone', async () => {
    const { items } = await json('/feeds/news.json');
    const { content_html, content_text, image, _dateline } = items[1];
    expect([content_html, content_text, image]).toEqual([undefined, 'What else there was', undefined]);
    expect(_dateline).toMatchObject({ rights: { syndicatable: false }, pictures: [] });
    const { body } = await doors.get('/feeds/news.rss');
    expect(body).not.toContain('The text of other');
    expect(body.match(/<media:content/g)).toHaveLength(1);
  });

  it('end at the paywall with a link, in every format', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      const { body } = await doors.get(`/feeds/section/world.${format}`);
      expect(body).toContain('Free words.');
      expect(body).toContain('Read the whole story on news.example.');
      expect(body).not.toMatch(/Gated words|gated caption|<media|<img/);
    }
    const { items } = await json('/feeds/section/world.json');
    expect(items[0]._dateline.access).toEqual({ level: 'PREVIEW' });
  });

  it('are there for sections, tags and authors, also for those without a story', async () => {
    const titles = async (name: string) =>
      (await json(`/feeds/${name}.json`)).items.map(({ title }: { title: string }) => title);
    expect(await titles('section/city')).toEqual(['Harbour & quay open <again>', 'The other story']);
    expect(await titles('tag/budget')).toEqual(['Harbour & quay open <again>']);
    expect(await titles('author/ann')).toEqual(['Harbour & quay open <again>']);
    for (const format of ['rss', 'atom', 'json']) {
      const empty = await doors.get(`/feeds/tag/sport.${format}`);
      expect([empty.statusCode, empty.headers['last-modified']]).toEqual([200, undefined]);
      if (format !== 'json') expect((await readByRssParser(empty.body)).items).toEqual([]);
      else expect([problemsOfJsonFeed(empty.json()), empty.json().items]).toEqual([[], []]);
    }
  });

  const refused: [string, number, string, string][] = [
    ['/feeds/nope.rss', 404, 'FEED_NOT_FOUND', 'but got: nope.'],
    ['/feeds/section/nope.rss', 404, 'FEED_NOT_FOUND', 'but got: section/nope.'],
    ['/feeds/section/%00.rss', 404, 'FEED_NOT_FOUND', 'Expected "news"'],
    ['/feeds/news.xml', 404, 'FEED_FORMAT_NOT_FOUND', '.rss, .atom or .json, but got: news.xml.'],
    ['/feeds/news', 404, 'FEED_FORMAT_NOT_FOUND', 'but got: news.'],
    ['/feeds/news.constructor', 404, 'FEED_FORMAT_NOT_FOUND', 'but got: news.constructor.'],
    ['/feeds/news.rss?limit=0', 400, 'BAD_REQUEST', 'from 1 to 100, but got: 0.'],
    ['/feeds/news.rss?limit=101', 400, 'BAD_REQUEST', 'from 1 to 100, but got: 101.'],
    ['/feeds/news.rss?limit=1e1', 400, 'BAD_REQUEST', 'from 1 to 100, but got: 1e1.'],
    ['/feeds/news.rss?limit=1&limit=2', 400, 'BAD_REQUEST', 'Expected "limit" once'],
    ['/feeds/news.rss?after=x', 400, 'BAD_REQUEST', 'Expected "after" to be a cursor that this list gave'],
  ];
  it.each(refused)('answer %s with %d and %s', async (url, status, code, message) => {
    const response = await doors.get(url);
    const [error] = response.json().errors;
    expect([response.statusCode, error.extensions.code]).toEqual([status, code]);
    expect(error.message).toContain(message);
  });

  it('give a partner what its rights name', async () => {
    try {
      partner = { rights: { text: true, pictures: false } };
      expect((await doors.get('/feeds/news.json')).headers['cache-control']).toBe('private, max-age=1');
      const words = await json('/feeds/news.json');
      expect(words.items[0].content_html).toContain('>that</a>');
      expect(JSON.stringify(words)).not.toMatch(/<img|"image"|news\.example\/media/);
      partner = { rights: { text: false, pictures: true } };
      const links = await json('/feeds/news.json');
      expect(links.items[0].content_text).toBe('Boats came in at 5 < 6 &amp; left');
      expect(JSON.stringify(links)).not.toMatch(/content_html|<img|"image"|news\.example\/media/);
    } finally {
      partner = undefined;
    }
  });

  it('say that they did not change to whoever has them', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      const url = `/feeds/news.${format}`;
      const { headers } = await doors.get(url);
      const etag = String(headers.etag);
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      expect(headers['cache-control']).toBe('public, max-age=1');
      expect(headers['last-modified']).toBe('Sun, 10 May 2026 12:00:00 GMT');
      const status = async (sent: Record<string, string>) => {
        const { statusCode, body } = await doors.get(url, sent);
        return statusCode === 304 && body !== '' ? body : statusCode;
      };
      expect(await status({ 'if-none-match': etag })).toBe(304);
      expect(await status({ 'if-none-match': `"other", W/${etag}` })).toBe(304);
      expect(await status({ 'if-none-match': '*' })).toBe(304);
      expect(await status({ 'if-none-match': '"other"' })).toBe(200);
      const since = String(headers['last-modified']);
      expect(await status({ 'if-modified-since': since })).toBe(304);
      expect(await status({ 'if-modified-since': 'Sun, 10 May 2026 11:59:59 GMT' })).toBe(200);
      expect(await status({ 'if-modified-since': 'yesterday' })).toBe(200);
      // The validator that tells more decides.
      expect(await status({ 'if-none-match': '"other"', 'if-modified-since': since })).toBe(200);
    }
  });

  it('come compressed to whoever takes that, each encoding with a validator of its own', async () => {
    const plain = await doors.get('/feeds/news.rss');
    const unpack = { gzip: gunzipSync, br: brotliDecompressSync };
    const tags = new Set([plain.headers.etag]);
    for (const encoding of ['gzip', 'br'] as const) {
      const packed = await doors.get('/feeds/news.rss', { 'accept-encoding': encoding });
      expect(packed.headers['content-encoding']).toBe(encoding);
      expect(unpack[encoding](packed.rawPayload).toString()).toBe(plain.body);
      tags.add(packed.headers.etag);
      const again = await doors.get('/feeds/news.rss', {
        'accept-encoding': encoding,
        'if-none-match': String(packed.headers.etag),
      });
      expect([again.statusCode, again.headers.etag]).toEqual([304, packed.headers.etag]);
    }
    expect(tags.size).toBe(3);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(plain.headers.vary).toMatch(/accept-encoding/i);
  });

  it('answer HEAD as GET, without a body', async () => {
    const got = await doors.get('/feeds/news.rss');
    const head = await doors.app.inject({ method: 'HEAD', url: '/feeds/news.rss' });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    for (const name of ['etag', 'last-modified', 'content-type', 'content-length', 'link'])
      expect([name, head.headers[name]]).toEqual([name, got.headers[name]]);
  });

  it('take no notice of who is signed in, and let nobody else keep what they are sent', async () => {
    const anybody = await doors.get('/feeds/news.json');
    const member = await doors.get('/feeds/news.json', { authorization: 'Bearer x', cookie: 'session=y' });
    expect(member.body).toBe(anybody.body);
    expect(member.headers['cache-control']).toBe('private, max-age=1');
  });

  it('are given without pictures while Media is down, and kept by nobody', async () => {
    doors.down.add('media');
    try {
      const { statusCode, headers, body } = await doors.get('/feeds/news.rss');
      expect([statusCode, headers['cache-control'], headers.etag]).toEqual([200, 'no-store', undefined]);
      expect(body).toContain('>that</a>');
      expect(body).not.toMatch(/<media:content|<img/);
    } finally {
      doors.down.clear();
    }
  });

  it('are refused with 503 and no word of why while Articles is down', async () => {
    doors.down.add('articles');
    try {
      for (const url of ['/feeds/news.rss', '/sitemap.xml', `/ninjs/articles/${articleId('harbour')}`]) {
        const { statusCode, body } = await doors.get(url);
        expect([statusCode, JSON.parse(body).errors[0].extensions.code]).toEqual([
          503,
          'CONTENT_UNAVAILABLE',
        ]);
        expect(body).not.toMatch(/down|at .*:\d/);
      }
    } finally {
      doors.down.clear();
    }
  });

  it('cost two calls and a fixed number of SQL statements, however long they are', async () => {
    const cost = async (url: string) => {
      doors.calls.length = 0;
      const statements = await statementsOf(() => doors.get(url));
      return { calls: [...doors.calls], statements: statements.map(({ subgraph }) => subgraph).sort() };
    };
    const short = await cost('/feeds/news.rss?limit=1');
    expect(await cost('/feeds/news.json?limit=100')).toEqual(short);
    expect(short.calls).toEqual(['articles', 'media']);
    expect(short.statements.filter((name) => name === 'media')).toHaveLength(1);
    expect(short.statements.length).toBeLessThanOrEqual(7);
  });

  it('change at the moment when an embargo ends, also for whoever asks by date alone', async () => {
    const until = new Date(now.getTime() + 60_000);
    const datePublished = at('2026-05-09T23:00:00Z');
    const quiet = story('quiet', { datePublished, embargoedUntil: until, usageRights });
    await doors.stores.articles.putArticles([quiet], 'test');
    const ask = (headers = {}) => doors.get('/feeds/news.rss', headers);
    const before = await ask();
    expect(before.body).not.toContain('Story quiet');
    const since = { 'if-modified-since': String(before.headers['last-modified']) };
    expect((await ask(since)).statusCode).toBe(304);
    clock = until;
    try {
      const after = await ask(since);
      expect([after.statusCode, after.headers['last-modified']]).toEqual([200, until.toUTCString()]);
      expect(after.body).toContain('Story quiet');
    } finally {
      clock = now;
    }
  });

  it('keep the id of a story when its slug changes', async () => {
    const before = (await json('/feeds/news.json')).items[0];
    await doors.stores.articles.putArticles([{ ...harbour, slug: 'harbour-is-open' }], 'test');
    const after = (await json('/feeds/news.json')).items[0];
    expect(after.id).toBe(before.id);
    expect([before.url, after.url]).toEqual([
      'https://news.example/articles/harbour-opens',
      'https://news.example/articles/harbour-is-open',
    ]);
  });
});

describe('feeds of many stories', () => {
  let doors: TestDoors;

  beforeAll(async () => {
    doors = await openDoors({ publicUrl: '' });
    await putLists(doors.open.articles.store);
    const stories = Array.from({ length: 205 }, (_, n) =>
      // Three have the same moment, so that ids alone tell them apart.
      story(`s${n}`, {
        datePublished: new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 1000),
        usageRights,
      }),
    );
    await doors.stores.articles.putArticles(stories, 'test');
  });
  afterAll(() => doors?.stop());

  const pathOf = (url: string) => url.replace('http://feeds.example', '');

  it.each(['json', 'atom', 'rss'])('show each once, a page at a time, as %s', async (format) => {
    const seen: string[] = [];
    let url: string | undefined = `/feeds/section/city.${format}?limit=40`;
    for (let pages = 0; url !== undefined; pages++) {
      expect(pages).toBeLessThan(10);
      const { body } = await doors.get(url, { host: 'feeds.example' });
      const next = /(?:"next_url":|rel="next" href=)"([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&');
      const ids = body.match(/urn:uuid:[\w-]+/g) ?? [];
      seen.push(...ids);
      url = next && pathOf(next);
      if (next) expect(next).toMatch(/^http:\/\/feeds\.example\/feeds\/section\/city\.\w+\?limit=40&after=/);
    }
    expect(seen).toHaveLength(205);
    expect(new Set(seen).size).toBe(205);
  });

  it('have the address by which they were asked where no other is set, and refuse one that is none', async () => {
    const { body } = await doors.get('/feeds/news.json?limit=1&unknown=1', { host: 'feeds.example:8080' });
    expect(JSON.parse(body).feed_url).toBe('http://feeds.example:8080/feeds/news.json?limit=1');
    expect((await doors.get('/feeds/news.json', { host: 'a b' })).statusCode).toBe(400);
  });

  it('give a hundred stories with pictures and tags without being too large for the graph', async () => {
    const { statusCode, body } = await doors.get('/feeds/news.json?limit=100');
    expect([statusCode, JSON.parse(body).items.length]).toEqual([200, 100]);
  });
});
