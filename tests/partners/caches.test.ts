/** What caches between us and whoever asks may keep: nothing that is one partner's, and no word that something is not there. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { putFeedStories } from '../support/feedStories.ts';

const pages = { accept: 'text/html' };

describe('a cache between', () => {
  let doors: TestDoors;
  let key = '';
  beforeAll(async () => {
    doors = await openDoors({ hasAll: true });
    await putFeedStories(doors);
    key = await doors.newKey('The Courier');
  }, 60_000);
  afterAll(() => doors?.stop());

  const url = encodeURIComponent('https://news.example/articles/harbour-opens');
  const doorsOfPartners = [
    '/feeds/news.rss',
    `/oembed?url=${url}`,
    '/embed/data/feed/news.json',
    '/embed/data/article/harbour-opens.json',
    '/embed/article/harbour-opens',
    '/embed/feed/news',
  ];
  it.each(doorsOfPartners)('keeps %s, and not for whoever says who they are', async (path) => {
    const open = await doors.get(path);
    expect([open.statusCode, open.headers['cache-control']]).toEqual([
      200,
      'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    ]);
    for (const name of ['authorization', 'cookie', 'x-partner-key']) {
      expect(String(open.headers.vary).toLowerCase()).toContain(name);
      const { headers } = await doors.get(path, {
        [name]: name === 'x-partner-key' ? key : 'somebody',
        'if-none-match': String(open.headers.etag),
      });
      expect(String(headers['cache-control'])).toMatch(/^private, /);
    }
  });

  it.each([...doorsOfPartners, '/embed.js', '/'])(
    'reads If-None-Match for %s as RFC 9110 does',
    async (path) => {
      const etag = String((await doors.get(path, pages)).headers.etag);
      const status = async (sent: string) =>
        (await doors.get(path, { ...pages, 'if-none-match': sent })).statusCode;
      expect(etag).toMatch(/^"[^"]+"$/);
      for (const sent of [etag, `W/${etag}`, `"other", ${etag}`, '*', `${etag.slice(0, -1)}-br"`])
        expect([sent, await status(sent)]).toEqual([sent, 304]);
      for (const sent of ['"other"', `"x${etag}x"`, '', etag.slice(1, -1)])
        expect([sent, await status(sent)]).toEqual([sent, 200]);
    },
  );

  it.each([
    '/embed/data/article/none.json',
    '/embed/data/feed/none.json',
    '/oembed?url=https%3A%2F%2Fnews.example%2Farticles%2Fnone',
    '/oembed',
    '/nothing',
    '/ninjs/articles/none',
    '/embed/article/none',
  ])('keeps for no longer than a second that %s is not there: it may come the next moment', async (path) => {
    const { statusCode, headers } = await doors.get(path);
    expect(statusCode).toBeGreaterThanOrEqual(400);
    const isKept = statusCode === 404 && path !== '/nothing';
    expect(headers['cache-control']).toBe(
      isKept ? 'public, max-age=1, must-revalidate, stale-while-revalidate=0' : 'no-store',
    );
  });

  it('tells hosts apart where links lead to wherever the request came to', async () => {
    const anywhere = await openDoors({ publicUrl: '' });
    const { headers } = await anywhere.get('/sitemap.xml');
    expect(headers.vary).toContain('Host, X-Forwarded-Host, X-Forwarded-Proto');
    await anywhere.stop();
  });

  it.each([
    '/feeds/news.rss',
    '/feeds/news.atom',
    '/feeds/news.json',
    '/feeds/about.md',
    '/feeds/none',
    '/ninjs/articles/none',
    '/sitemap.xml',
    '/news-sitemap.xml',
    '/robots.txt',
    '/oembed?url=https://a.example',
    '/embed.js',
    '/hub',
    '/graphql',
    '/graphiql/client.js',
    '/health/live',
    '/media/none',
    '/none',
    '/%zz',
  ])('gets %s to be taken for what its media type says', async (path) => {
    const { headers } = await doors.get(path);
    expect([path, headers['x-content-type-options']]).toEqual([path, 'nosniff']);
  });

  it.each(['/graphiql', '/graphql', '/', '/partners', '/embed/article/none', '/none'])(
    'gets %s with a policy that says who may frame it',
    async (path) => {
      const { headers } = await doors.get(path, pages);
      expect(headers['content-type']).toMatch(/^text\/html/);
      expect(headers['content-security-policy']).toContain('frame-ancestors');
      expect(headers['x-content-type-options']).toBe('nosniff');
    },
  );
});
