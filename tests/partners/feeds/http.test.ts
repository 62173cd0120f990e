import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statementsOf } from '../../support/databases.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { now, putFeedStories, usageRights } from '../../support/feedStories.ts';
import { headersOf } from '../../support/readers.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

describe('feeds', () => {
  let doors: TestDoors;
  let clock = now;

  beforeAll(async () => {
    doors = await openDoors({ clock: () => clock });
    await putFeedStories(doors);
  });
  afterAll(() => doors?.stop());

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
    ['/feeds/news.rss?after=x', 400, 'BAD_REQUEST', 'Expected "after" to be a cursor of this list'],
  ];
  it.each(refused)('answer %s with %d and %s', async (url, status, code, message) => {
    const response = await doors.get(url);
    const [error] = response.json().errors;
    expect([response.statusCode, error.extensions.code]).toEqual([status, code]);
    expect(error.message).toContain(message);
    expect(response.headers['cache-control']).toBe(
      status === 404 ? 'public, max-age=1, must-revalidate, stale-while-revalidate=0' : 'no-store',
    );
  });

  it.each(['/feeds/news.json', '/feeds/news.rss', '/feeds/news.json?limit=0', '/sitemap.xml'])(
    'are read by pages of any origin, without cookies: %s',
    async (url) => {
      const { headers } = await doors.get(url, { origin: 'https://reader.example' });
      expect(headers['access-control-allow-origin']).toBe('*');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    },
  );

  it('say that they did not change to whoever has them', async () => {
    for (const format of ['rss', 'atom', 'json']) {
      const url = `/feeds/news.${format}`;
      const { headers } = await doors.get(url);
      const etag = String(headers.etag);
      expect(etag).toMatch(/^"[\w-]{27}"$/);
      expect(headers['cache-control']).toBe('public, max-age=1, must-revalidate, stale-while-revalidate=0');
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
    const bearer = await headersOf(doors.tokens, { status: 'PAID' });
    const member = await doors.get('/feeds/news.json', { ...bearer, cookie: 'session=y' });
    expect(member.statusCode).toBe(200);
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
    const datePublished = new Date('2026-05-09T23:00:00Z');
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
