import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PagesWith } from '../support/pages.ts';
import { openPages, textOf } from '../support/pages.ts';
import { cookieOf, makeSessions, type TestSessions } from '../support/sessions.ts';
import { forge } from '../support/tokens.ts';

const front = { feed: { articles: { nodes: [], pageInfo: {} } }, sections: [{ slug: 'city', name: 'City' }] };
const names = ['__Host-dateline-access', '__Host-dateline-refresh'] as const;

describe('the session of a reader with the pages', () => {
  let sessions: TestSessions;
  const opened: { app: { close(): Promise<void> } }[] = [];
  beforeAll(async () => {
    sessions = await makeSessions();
  });
  afterAll(async () => {
    for (const { app } of opened) await app.close();
  });

  /** The front page, whose graph notes who asked. */
  async function doors(given: PagesWith = {}, data: object = front) {
    const readers: (string | undefined)[] = [];
    const pages = await openPages(
      (_name, { reader }) => {
        readers.push(reader?.isSignedIn ? reader.subject : undefined);
        return { data, errors: [] };
      },
      { verify: sessions.verify, ...given },
    );
    opened.push(pages);
    const open = (cookie?: string, headers: Record<string, string> = {}) =>
      pages.send({ url: '/', headers: { ...(cookie !== undefined && { cookie }), ...headers } });
    return { ...pages, readers, open };
  }

  const linksOf = ({ page }: { page: { where(tag: string, name: string, value: string): unknown[] } }) =>
    ['/sign-in', '/account'].filter((href) => page.where('a', 'href', href).length > 0);

  it('asks the graph as whoever the access token says', async () => {
    const { open, readers } = await doors();
    const anybody = await open();
    const member = await open(cookieOf({ access: await sessions.access() }));
    expect(readers).toEqual([undefined, 'reader-1']);
    expect([linksOf(anybody), linksOf(member)]).toEqual([['/sign-in'], ['/account']]);
    expect(member.cookies.size).toBe(0);
  });

  it('asks nobody to become a member who is one', async () => {
    const campaign = {
      ...{ name: 'Thirty thousand', roundedTotal: 600, goal: 30_000, percent: 2 },
      ...{ callToAction: 'Become a member', url: 'https://news.example/membership' },
    };
    const asks: unknown[] = [];
    for (const running of [null, campaign]) {
      const membership = {
        memberCount: { rounded: 600, display: '600+' },
        thankYouMessage: 'Thank you.',
        campaign: running,
      };
      const { send } = await doors({}, { ...front, membership });
      for (const claims of [undefined, { member_status: undefined }, { member_status: 'FREE' }]) {
        const cookie = claims && cookieOf({ access: await sessions.access(claims) });
        const { page } = await send({ url: '/', headers: cookie ? { cookie } : {} });
        const banner = page.where('aside', 'class', 'banner').map(textOf).join();
        asks.push([banner.includes('Thank you.'), banner.includes('Become a member')]);
      }
    }
    const both = [
      [true, true],
      [true, true],
      [true, false],
    ];
    expect(asks).toEqual([...both, ...both]);
  });

  it('has nobody keep a page that was made for somebody, nor another site read it', async () => {
    const { open } = await doors();
    const anybody = await open();
    expect(anybody.headers['cache-control']).toBe(
      'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    );
    expect(anybody.headers.vary).toMatch(/(^|, )cookie(,|$)/);
    const access = await sessions.access();
    for (const headers of [{ cookie: cookieOf({ access }) }, { authorization: `Bearer ${access}` }]) {
      const member = await open(undefined, { ...headers, 'if-none-match': String(anybody.headers.etag) });
      expect([member.status, member.headers['cache-control']]).toEqual([200, 'private, no-store']);
      expect(member.headers.etag).toBeUndefined();
      expect(member.headers['access-control-allow-origin']).toBeUndefined();
    }
    const after = await open(undefined, { 'if-none-match': String(anybody.headers.etag) });
    expect(after.status).toBe(304);
  });

  it('is renewed while a page is made, and the browser gets both tokens anew', async () => {
    const renewals: string[][] = [];
    const accessToken = await sessions.access({ sub: 'reader-2' });
    const { open, readers } = await doors({
      renew: async (...all) => {
        renewals.push(all);
        return { accessToken, refreshToken: 'second' };
      },
    });
    for (const access of [{ access: await sessions.expired() }, {}]) {
      const { status, cookies, headers } = await open(cookieOf({ ...access, refresh: 'first' }));
      expect([status, headers['cache-control']]).toEqual([200, 'private, no-store']);
      for (const [name, value] of [
        [names[0], accessToken],
        [names[1], 'second'],
      ] as const) {
        const kept = { value, path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 2_592_000 };
        expect(cookies.get(name)).toMatchObject(kept);
        expect(cookies.get(name)).not.toHaveProperty('domain');
      }
    }
    expect(renewals).toEqual([
      ['first', '127.0.0.1'],
      ['first', '127.0.0.1'],
    ]);
    expect(readers).toEqual(['reader-2', 'reader-2']);
  });

  it('has names without a prefix over plain http, which takes no others', async () => {
    const accessToken = await sessions.access();
    const renew = async () => ({ accessToken, refreshToken: 'second' });
    const { open, readers } = await doors({ publicUrl: 'http://localhost:4000', renew });
    const { cookies } = await open(cookieOf({ refresh: 'first' }, ''));
    expect(cookies.get('dateline-refresh')).toMatchObject({
      value: 'second',
      httpOnly: true,
      sameSite: 'Lax',
    });
    expect(cookies.get('dateline-refresh')).not.toHaveProperty('secure');
    await open(cookieOf({ refresh: 'first' }));
    expect(readers).toEqual(['reader-1', undefined]);
  });

  it('is renewed once for all tabs that come at the same time', async () => {
    let renewals = 0;
    let go = () => {};
    const all = new Promise<void>((resolve) => {
      go = resolve;
    });
    const accessToken = await sessions.access();
    const { open } = await doors({
      renew: async () => {
        renewals += 1;
        await all;
        return { accessToken, refreshToken: 'second' };
      },
    });
    const tabs = Array.from({ length: 5 }, () => open(cookieOf({ refresh: 'first' })));
    setImmediate(() => setImmediate(() => setImmediate(go)));
    const values = (await Promise.all(tabs)).map(({ cookies }) => cookies.get(names[1])?.value);
    expect([renewals, values]).toEqual([1, Array(5).fill('second')]);
  });

  it('ends where it is not renewed: the cookies go, and the page is that of anybody', async () => {
    const { open, readers } = await doors();
    const anybody = await open();
    const { status, body, cookies, headers } = await open(
      cookieOf({ access: await sessions.expired(), refresh: 'stale' }),
    );
    expect([status, body]).toEqual([200, anybody.body]);
    for (const name of names)
      expect(cookies.get(name)).toMatchObject({ value: '', path: '/', secure: true, expires: new Date(0) });
    expect(headers['cache-control']).toBe('private, no-store');
    expect(readers).toEqual([undefined, undefined]);
  });

  it.each([
    ['cannot be asked', async () => Promise.reject(new Error('insert into x values (secret)'))],
    ['does not answer', () => new Promise<never>(() => {})],
  ])('outlasts a Membership that %s: the page stands, and the cookies stay', async (_how, renew) => {
    const { open, logged } = await doors({ renew, timeoutMs: 10 });
    const page = await open(cookieOf({ access: await sessions.expired(), refresh: 'first' }));
    expect([page.status, page.cookies.size]).toEqual([200, 0]);
    expect(page.headers['cache-control']).toBe('private, no-store');
    expect(linksOf(page)).toEqual(['/account']);
    expect(logged.join()).toContain('session could not be verified');
    expect(logged.join()).not.toMatch(/secret|first/);
  });

  it('is not looked at where a reader says in another way who they are', async () => {
    const { open, readers } = await doors();
    const authorization = `Bearer ${await sessions.access({ sub: 'by header' })}`;
    const page = await open(cookieOf({ access: 'forged', refresh: 'stale' }), { authorization });
    expect([page.cookies.size, readers]).toEqual([0, ['by header']]);
  });

  const claims = {
    iss: 'https://id.paper.test',
    aud: 'https://graph.paper.test',
    sub: 'x',
    exp: 9_999_999_999,
  };
  it.each([
    ['nothing', ''],
    ['one letter', 'x'],
    ['an unsigned token', forge({ alg: 'none' }, claims)],
    ['a forged token', forge({ alg: 'EdDSA', kid: 'k1' }, claims, 'AAAA')],
    ['a token by a shared secret', forge({ alg: 'HS256', kid: 'k1' }, claims, 'AAAA')],
    ['a huge one', 'a'.repeat(12_000)],
    ['quotes', '"x"'],
    ['half of an escape', '%'],
    ['half a letter', '%C3'],
    ['a line end', '%0d%0aset-cookie:%20a=b'],
    ['markup', '%3Cscript%3Ealert(1)%3C/script%3E'],
    ['an attribute', 'x=y=z'],
    ['a letter beyond ASCII', 'gr\u00fc\u00dfe'],
    ['null', '%00'],
    ['JSON', 'j:%7B%7D'],
  ])('takes a cookie with %s for nobody', async (_what, value) => {
    const { open } = await doors();
    const anybody = await open();
    for (const cookie of [cookieOf({ access: value, refresh: value }), cookieOf({ access: value })]) {
      const { status, body, headers, cookies } = await open(cookie);
      expect([status, body === anybody.body]).toEqual([200, true]);
      expect(headers['cache-control']).toBe('private, no-store');
      expect([...cookies.keys()].sort()).toEqual([...names]);
    }
  });

  it.each(['__proto__=x', '=', ';;;=;', 'dateline-access', 'constructor=a; toString=b'])(
    'sees no session in "%s"',
    async (cookie) => {
      const { open } = await doors();
      const anybody = await open();
      const { status, body, cookies } = await open(cookie);
      expect([status, body === anybody.body, cookies.size]).toEqual([200, true, 0]);
    },
  );

  it('asks nobody about a refresh token that cannot be one', async () => {
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      return undefined;
    };
    const { open } = await doors({ renew });
    for (const refresh of ['', 'a b', '%00', 'x'.repeat(5000)]) await open(cookieOf({ refresh }));
    expect(renewals).toBe(0);
  });

  it('is nothing to the files of the pages', async () => {
    let renewals = 0;
    const renew = async () => {
      renewals += 1;
      return undefined;
    };
    const { send, open } = await doors({ renew });
    const { page } = await open();
    const script = page.all('script').find(({ attribs }) => attribs.src)?.attribs.src ?? '';
    const { headers, cookies } = await send({ url: script, headers: { cookie: cookieOf({ refresh: 'x' }) } });
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect([renewals, cookies.size]).toEqual([0, 0]);
  });
});
