import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPages } from '../support/pages.ts';
import { cookieOf, makeSessions, ownForm, type TestSessions } from '../support/sessions.ts';

const form = 'application/x-www-form-urlencoded';
const bodies = {
  '/sign-in': 'email=ada%40example.org&token=abc',
  '/account': 'newsletter=1',
  '/sign-out': '',
};
const paths = Object.keys(bodies) as (keyof typeof bodies)[];

describe('a form of the pages', () => {
  let sessions: TestSessions;
  let pages: Awaited<ReturnType<typeof openPages>>;
  beforeAll(async () => {
    sessions = await makeSessions();
    pages = await openPages(() => ({ data: { sections: [], me: null } as never, errors: [] }), {
      verify: sessions.verify,
    });
  });
  afterAll(() => pages.app.close());

  async function post(url: keyof typeof bodies, headers: Record<string, string>, payload = bodies[url]) {
    pages.asked.length = 0;
    const cookie = cookieOf({ access: await sessions.access(), refresh: 'first' });
    const sent = { cookie, 'content-type': form, host: 'asked.example:8080', ...headers };
    return {
      ...(await pages.send({ method: 'POST', url, headers: sent, payload })),
      asked: [...pages.asked],
    };
  }

  const foreign: [string, Record<string, string>][] = [
    ['says nothing of where it comes from', {}],
    ['comes from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['comes from a site beside ours', { 'sec-fetch-site': 'same-site', origin: 'https://x.news.example' }],
    ['says both ways at once', { 'sec-fetch-site': 'cross-site', origin: 'https://news.example' }],
    ['says it in a strange word', { 'sec-fetch-site': 'same-origin, none' }],
    ['has an empty word', { 'sec-fetch-site': '' }],
    ['has another origin', { origin: 'https://evil.example' }],
    ['has our name over http', { origin: 'http://news.example' }],
    ['has our name on another port', { origin: 'https://news.example:8443' }],
    ['has our name before another', { origin: 'https://news.example.evil.example' }],
    ['has our name as a user', { origin: 'https://news.example@evil.example' }],
    ['has no origin that it tells', { origin: 'null' }],
    ['has an origin that is none', { origin: 'news.example' }],
    ['has the host alone as a path', { origin: 'https://evil.example/news.example' }],
    ['comes from a page of ours by Referer alone', { referer: 'https://news.example/account' }],
  ];
  it.each(paths.flatMap((path) => foreign.map(([how, headers]) => [path, how, headers] as const)))(
    '%s is refused in words where it %s, and nothing is done',
    async (path, _how, headers) => {
      const { status, headers: got, page, cookies, asked } = await post(path, headers);
      expect([status, page.text('h1'), asked]).toEqual([403, ['This form came from elsewhere'], []]);
      expect([cookies.size, got['cache-control']]).toEqual([0, 'no-store']);
    },
  );

  const own: [string, Record<string, string>][] = [
    ['from a page of ours', { 'sec-fetch-site': 'same-origin' }],
    ['by the reader themselves', { 'sec-fetch-site': 'none' }],
    ['from a page of ours that hides it', { 'sec-fetch-site': 'same-origin', origin: 'null' }],
    ['with our origin', { origin: 'https://news.example' }],
    ['with the origin that was asked', { origin: 'http://asked.example:8080' }],
  ];
  it.each(paths.flatMap((path) => own.map(([how, headers]) => [path, how, headers] as const)))(
    '%s is taken that was sent %s',
    async (path, _how, headers) => {
      const { status, asked } = await post(path, headers);
      expect(status).not.toBe(403);
      expect(asked.length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['JSON', 'application/json', '{"email":"a@b.example"}', 400],
    ['text', 'text/plain', 'email=a@b.example', 400],
    ['a file', 'multipart/form-data; boundary=x', '--x--', 400],
    ['XML', 'text/xml', '<a/>', 400],
    ['too much', form, `email=${'a'.repeat(20_000)}`, 400],
  ])('that is %s is refused in words', async (_what, type, payload, expected) => {
    const { status, page, asked } = await post('/sign-in', { ...ownForm, 'content-type': type }, payload);
    expect([status, page.text('h1'), asked]).toEqual([expected, ['This form cannot be read'], []]);
  });

  it.each([
    ['nothing', ''],
    ['no value', 'email'],
    ['the names of objects', '__proto__=x&constructor=y&toString=z'],
    ['a list', 'email=&email=a%40b.example'],
    ['brackets', 'email[a]=b'],
    ['thousands of names', Array.from({ length: 1500 }, (_, one) => `a${one}`).join('&')],
  ])('with %s in it asks for an address', async (_what, payload) => {
    const { status, page, asked } = await post('/sign-in', ownForm, payload);
    expect(asked).not.toContain('RequestSignInLink');
    expect([status, page.where('p', 'id', 'email-wrong').length]).toEqual([400, 1]);
  });

  it.each(['PUT', 'PATCH', 'DELETE'] as const)('is not sent by %s', async (method) => {
    for (const url of paths) {
      const { status, headers } = await pages.send({ method, url, headers: ownForm });
      expect([405, 404]).toContain(status);
      expect(headers['set-cookie']).toBeUndefined();
    }
  });
});
