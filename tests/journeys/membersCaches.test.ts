import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Mailbox, openMailbox } from '../support/mailbox.ts';
import { startTestNewsroom, type TestNewsroom } from '../support/newsroom.ts';
import { demoPages, openHtml } from '../support/pages.ts';
import { ownForm } from '../support/sessions.ts';

/** A newsroom that starts on a busy machine. */
const patience = 180_000;
/** A story that is closed to whoever does not pay, its last words, and one of each other kind. */
const paid = '/articles/slow-train-over-sorrel-pass';
const gated = 'The geese travelled free.';
const stories = {
  MEMBERS: '/articles/mayor-halloran-interview',
  PAID: paid,
  TIERS: '/articles/container-terminal-night-shift',
};

describe('what is kept of pages where members read', () => {
  let newsroom: TestNewsroom;
  let mails: Mailbox;
  const cookies: Record<string, string> = {};
  beforeAll(async () => {
    newsroom = await startTestNewsroom();
    mails = await openMailbox(newsroom.dataDir);
    for (const name of ['reader', 'supporter', 'patron']) cookies[name] = await signIn(`${name}@example.org`);
  }, patience);
  afterAll(async () => {
    mails?.close();
    await newsroom?.stop();
  });

  const post = (path: string, fields: Record<string, string>) =>
    fetch(newsroom.address + path, {
      method: 'POST',
      redirect: 'manual',
      headers: ownForm,
      body: String(new URLSearchParams(fields)),
    });

  async function signIn(email: string): Promise<string> {
    await post('/sign-in', { email });
    const token = new URL(await mails.nextLink()).searchParams.get('token') ?? '';
    const { headers } = await post('/sign-in', { token });
    return headers
      .getSetCookie()
      .map((one) => one.split(';', 1)[0])
      .join('; ');
  }

  async function open(path: string, headers: Record<string, string> = {}) {
    const response = await fetch(newsroom.address + path, {
      redirect: 'manual',
      headers: { accept: 'text/html', ...headers },
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  }

  it.each(Object.values(demoPages))(
    '%s is for members what nobody keeps, and for anybody the same as before',
    async (path) => {
      const before = await open(path);
      const member = await open(path, { cookie: cookies.patron as string });
      expect(member.headers.get('cache-control')).toBe('private, no-store');
      expect([member.headers.get('etag'), member.headers.get('last-modified')]).toEqual([null, null]);
      expect(openHtml(member.body).where('a', 'href', '/account')).toHaveLength(1);
      const after = await open(path);
      expect(after.body).toBe(before.body);
      expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
      expect(after.headers.get('cache-control')).toBe(
        'public, max-age=1, must-revalidate, stale-while-revalidate=0',
      );
      expect(after.headers.get('vary')?.toLowerCase().split(/, */)).toContain('cookie');
    },
  );

  const opens: [keyof typeof stories, string, boolean][] = [
    ['MEMBERS', '', false],
    ['MEMBERS', 'reader', true],
    ['MEMBERS', 'patron', true],
    ['PAID', '', false],
    ['PAID', 'reader', false],
    ['PAID', 'supporter', true],
    ['PAID', 'patron', true],
    ['TIERS', '', false],
    ['TIERS', 'reader', false],
    ['TIERS', 'supporter', false],
    ['TIERS', 'patron', true],
  ];
  it.each(opens)('a story for %s, as "%s" opens it, is whole: %s', async (kind, name, isWhole) => {
    const cookie = cookies[name];
    const { body } = await open(stories[kind], cookie ? { cookie } : {});
    const page = openHtml(body);
    expect(page.where('section', 'class', 'paywall')).toHaveLength(isWhole ? 0 : 1);
    const { isAccessibleForFree, hasPart } = page.jsonLd('NewsArticle');
    expect([isAccessibleForFree, hasPart === undefined]).toEqual([false, isWhole]);
    if (kind === 'PAID') expect(body.includes(gated)).toBe(isWhole);
  });

  it('does not mix readers who ask for the same story at the same time', async () => {
    const readers = ['', 'reader', 'supporter', 'patron', '', 'supporter', 'reader', 'patron', ''];
    const pages = await Promise.all(
      readers.map((name) => open(paid, cookies[name] ? { cookie: cookies[name] as string } : {})),
    );
    const whole = pages.map(({ body }) => body.includes(gated));
    expect(whole).toEqual(readers.map((name) => name === 'supporter' || name === 'patron'));
  });

  it.each([
    [
      '/graphql',
      {
        method: 'POST',
        body: JSON.stringify({
          query:
            '{ me { id } article(slug: "slow-train-over-sorrel-pass") { body { ... on CalloutBlock { html } } } }',
        }),
      },
    ],
    ['/feeds/news.json', {}],
    [`/oembed?url=${encodeURIComponent(`https://news.example${paid}`)}`, {}],
  ] as const)('%s knows nobody by cookies', async (path, init) => {
    const ask = async (cookie: string) => {
      const headers = { 'content-type': 'application/json', ...(cookie && { cookie }) };
      const response = await fetch(newsroom.address + path, { ...init, headers });
      return { status: response.status, body: await response.text(), sets: response.headers.getSetCookie() };
    };
    const anybody = await ask('');
    expect(await ask(cookies.patron as string)).toEqual({ ...anybody, body: expect.anything() });
    expect(anybody.body).not.toContain(gated);
    expect((await ask(cookies.patron as string)).body).not.toContain(gated);
  });
});
