import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { mainStory } from '../support/pages.ts';

const patience = 180_000;
const browser = { accept: 'text/html,application/xhtml+xml' };

describe('what no door of a newsroom takes', () => {
  let newsroom: TestNewsroom;
  beforeAll(async () => {
    newsroom = await startTestNewsroom();
  }, patience);
  afterAll(() => newsroom?.stop());

  const send = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${newsroom.address}${path}`, init);
    const { status, headers } = response;
    return { status, type: headers.get('content-type'), headers, text: await response.text() };
  };
  /** What a socket answers to these bytes. */
  const sendBytes = async (bytes: string): Promise<string> => {
    const { port } = new URL(newsroom.address);
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    socket.on('error', () => {});
    socket.write(bytes);
    await once(socket, 'close');
    return answer;
  };

  it.each([
    ['/', 'GET, HEAD'],
    [`/articles/${mainStory}`, 'GET, HEAD'],
    ['/search', 'GET, HEAD'],
    ['/partners', 'GET, HEAD'],
    ['/feeds/section/world.atom', 'GET, HEAD'],
    ['/sitemap/2026-03.xml', 'GET, HEAD'],
    ['/oembed?url=x', 'GET, HEAD'],
    ['/embed.js', 'GET, HEAD'],
    ['/embed/data/feed/news.json', 'GET, HEAD'],
    ['/graphiql', 'GET, HEAD'],
    ['/health/live', 'GET, HEAD'],
    ['/media/images/x', 'GET, HEAD'],
    ['/hub', 'POST'],
    ['/graphql', 'GET, POST'],
  ])('answers 405 with what is served to a DELETE of %s', async (path, allowed) => {
    const { status, headers, text } = await send(path, { method: 'DELETE' });
    expect([status, headers.get('allow')]).toEqual([405, allowed]);
    expect(JSON.parse(text).errors).toEqual([
      {
        message: `Expected the method to be ${allowed.replace(', ', ' or ')}, but got: DELETE.`,
        extensions: { code: 'METHOD_NOT_ALLOWED' },
      },
    ]);
  });

  it('answers 404 whatever the method where there is nothing', async () => {
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await send('/nothing', { method })).status).toBe(404);
    expect((await send('/hub')).status).toBe(405);
  });

  it.each([
    '/%zz',
    '/articles/%E0%A4%A',
    '/feeds/section/%ff.rss',
    '/ninjs/articles/%zz',
    '/embed/feed/%zz',
    '/hub/%',
  ])('answers 400 to %s: with a page for a browser, else with an error', async (path) => {
    const error = await send(path);
    expect([error.status, JSON.parse(error.text).errors]).toEqual([
      400,
      [
        {
          message: 'Expected a percent-encoded path in UTF-8, but got: another encoding.',
          extensions: { code: 'BAD_REQUEST' },
        },
      ],
    ]);
    const page = await send(path, { headers: browser });
    expect([page.status, page.type]).toEqual([400, 'text/html; charset=utf-8']);
    expect(page.text).toContain('This address cannot be read');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('answers 401 at every door to a key that is not in force, with a page where pages are', async () => {
    for (const path of [
      '/graphql',
      '/feeds/news.rss',
      '/oembed',
      '/embed/data/feed/news.json',
      '/sitemap.xml',
    ])
      expect((await send(`${path}?key=dl_x`)).text).toContain('UNAUTHENTICATED');
    for (const path of ['/', '/search', '/embed/feed/news', '/partners']) {
      const { status, type } = await send(`${path}?key=dl_x`);
      expect([path, status, type]).toEqual([path, 401, 'text/html; charset=utf-8']);
    }
  });

  it.each([
    [`GET /?${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431, 'HEADERS_TOO_LARGE'],
    ['not http at all\r\n\r\n', 400, 'BAD_REQUEST'],
  ])('answers what is no request in the words of the register (%#)', async (bytes, status, code) => {
    const [head = '', body = ''] = (await sendBytes(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toContain('Content-Type: application/json; charset=utf-8');
    expect(JSON.parse(body).errors).toEqual([
      { message: expect.stringMatching(/^Expected .*, but got: .*\.$/), extensions: { code } },
    ]);
  });

  it('offers oEmbed only of stories that may be embedded', async () => {
    const offered = async (slug: string) =>
      (await send(`/articles/${slug}`)).text.includes('application/json+oembed');
    expect(await offered(mainStory)).toBe(true);
    // For members.
    expect(await offered('in-praise-of-the-bench')).toBe(false);
  });
});
