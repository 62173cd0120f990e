import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { callerError } from '../../gateway/errors.ts';
import type { Reply } from '../../gateway/server/graphClient.ts';
import { openPages } from '../support/pages.ts';
import { cookieOf, makeSessions, ownForm, type TestSessions } from '../support/sessions.ts';

const token = 'Zq0_link-token-of-forty-three-characters-0001';
/** The graph refuses what was sent; `failed`: it does not run the operation. */
const refused = (name: string, code: string, retryAfterSeconds: number | null = null): Reply<unknown> => ({
  data: {
    [name]: { userErrors: [{ field: null, code, message: 'Expected something else.', retryAfterSeconds }] },
  },
  errors: [],
});
const failed = (code: string, message = 'Expected something else.'): Reply<unknown> => ({
  data: null,
  errors: [{ message, extensions: { code } }],
});

describe('signing in on the pages', () => {
  let sessions: TestSessions;
  let pages: Awaited<ReturnType<typeof openPages>>;
  /** What the graph answers to an operation; what it says to none of these it says of the sections. */
  let answers: Record<string, Reply<unknown> | (() => Reply<unknown>)> = {};
  let sent: { name: string; variables: Record<string, unknown> }[] = [];
  beforeAll(async () => {
    sessions = await makeSessions();
    pages = await openPages(
      (name, { variables }) => {
        sent.push({ name, variables });
        const answer = answers[name] ?? { data: { sections: [{ slug: 'city', name: 'City' }] }, errors: [] };
        return typeof answer === 'function' ? answer() : answer;
      },
      { verify: sessions.verify },
    );
  });
  beforeEach(() => {
    answers = {};
    sent = [];
  });
  afterAll(() => pages.app.close());

  const post = (fields: Record<string, string>, cookie = '') =>
    pages.send({
      method: 'POST',
      url: '/sign-in',
      headers: { ...ownForm, ...(cookie && { cookie }) },
      payload: String(new URLSearchParams(fields)),
    });
  const linkSent = { data: { requestSignInLink: { userErrors: [] } }, errors: [] };
  const mutations = () => sent.filter(({ name }) => name !== 'SignInPage');

  it('begins with one field for an address, which keeps where the reader was', async () => {
    const { status, headers, page } = await pages.open('/sign-in?return=/articles/one');
    expect([status, headers['cache-control']]).toEqual([200, 'private, no-store']);
    const [email] = page.where('input', 'name', 'email');
    expect(email?.attribs).toMatchObject({ type: 'email', autocomplete: 'email', required: '' });
    expect(page.where('label', 'for', 'email')).toHaveLength(1);
    expect(page.where('input', 'name', 'return')[0]?.attribs.value).toBe('/articles/one');
    expect(page.meta('robots')).toBe('noindex');
  });

  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('forgets a way back that is %j, in links and forms', async (back) => {
    const query = new URLSearchParams({ return: back });
    const form = await pages.open(`/sign-in?${query}`);
    const link = await pages.open(`/sign-in?${query}&token=${token}`);
    expect(form.body + link.body).not.toContain('evil');
    expect([
      ...form.page.where('input', 'name', 'return'),
      ...link.page.where('input', 'name', 'return'),
    ]).toEqual([]);
    answers = {
      SignIn: {
        data: { signIn: { session: { accessToken: 'a', refreshToken: 'r' }, userErrors: [] } },
        errors: [],
      },
    };
    expect((await post({ token, return: back })).headers.location).toBe('/account');
    answers = { RequestSignInLink: linkSent };
    await post({ email: 'ada@example.org', return: back });
    expect(mutations().at(-1)).toEqual({
      name: 'RequestSignInLink',
      variables: { email: 'ada@example.org' },
    });
  });

  it('has a link mailed, and says the same to everybody', async () => {
    answers = { RequestSignInLink: linkSent };
    const { status, headers } = await post({ email: ' ada@example.org ', return: '/articles/one' });
    expect([status, headers.location]).toEqual([303, '/sign-in/sent']);
    expect(mutations()).toEqual([
      { name: 'RequestSignInLink', variables: { email: 'ada@example.org', returnTo: '/articles/one' } },
    ]);
    const told = await pages.open('/sign-in/sent');
    expect([told.status, told.page.text('h1')]).toEqual([200, ['Check your mail']]);
    expect(told.body).not.toContain('ada');
  });

  it('says beside the field what was expected, and keeps what was typed', async () => {
    answers = { RequestSignInLink: refused('requestSignInLink', 'BAD_USER_INPUT') };
    const { status, page, headers } = await post({ email: 'ada"><b>', return: '/articles/one' });
    expect([status, headers['cache-control']]).toEqual([400, 'private, no-store']);
    const [email] = page.where('input', 'name', 'email');
    expect(email?.attribs).toMatchObject({
      value: 'ada"><b>',
      'aria-invalid': 'true',
      'aria-describedby': 'email-wrong',
      autofocus: '',
    });
    expect(page.where('p', 'id', 'email-wrong')).toHaveLength(1);
    expect(page.where('input', 'name', 'return')[0]?.attribs.value).toBe('/articles/one');
  });

  it.each([
    ['for sign-in', refused('requestSignInLink', 'RATE_LIMITED', 700)],
    [
      'for the quota of their network',
      failed('RATE_LIMITED', 'Expected at most 5, but got: more. Retry after 700 seconds.'),
    ],
  ])('says when to come again to whoever came too often %s', async (_what, answer) => {
    answers = { RequestSignInLink: answer };
    const { status, headers, page } = await post({ email: 'ada@example.org' });
    expect([status, headers['retry-after']]).toEqual([429, '700']);
    expect(page.where('p', 'role', 'alert').map((one) => pages.textOf(one))[0]).toContain('in 12 minutes');
  });

  it.each([
    ['answers nothing', () => failed('SUBGRAPH_FAILED')],
    ['answers half', () => ({ data: { requestSignInLink: null }, errors: [] })],
    [
      'takes no more operations',
      () => {
        throw callerError('PLANNER_BUSY');
      },
    ],
  ])('says that it is not the reader’s fault where the graph %s', async (_how, answer) => {
    answers = { RequestSignInLink: answer as () => Reply<unknown> };
    const { status, page } = await post({ email: 'ada@example.org' });
    expect([status, page.where('p', 'role', 'alert').length]).toEqual([503, 1]);
    expect(page.where('input', 'name', 'email')[0]?.attribs.value).toBe('ada@example.org');
  });

  it('uses no link that is only opened: programs open the links of mails', async () => {
    const { status, headers, page, body, cookies } = await pages.open(
      `/sign-in?token=${token}&returnTo=%2Farticles%2Fone`,
    );
    expect([status, mutations(), cookies.size]).toEqual([200, [], 0]);
    expect([headers['cache-control'], headers['referrer-policy']]).toEqual([
      'private, no-store',
      'strict-origin',
    ]);
    expect(page.where('input', 'name', 'token')[0]?.attribs).toMatchObject({ type: 'hidden', value: token });
    expect(page.where('input', 'name', 'return')[0]?.attribs.value).toBe('/articles/one');
    // The token stands in the form alone.
    expect(body.split(token)).toHaveLength(2);
    expect(pages.logged.join('')).not.toContain(token);
  });

  it('uses it by a button, and goes back to where the reader was', async () => {
    answers = {
      SignIn: {
        data: { signIn: { session: { accessToken: 'aa', refreshToken: 'rr' }, userErrors: [] } },
        errors: [],
      },
    };
    const { status, headers, cookies } = await post({ token, return: '/articles/one' });
    expect([status, headers.location]).toEqual([303, '/articles/one']);
    expect(headers['cache-control']).toBe('private, no-store');
    expect(cookies.get('__Host-dateline-access')).toMatchObject({
      value: 'aa',
      httpOnly: true,
      secure: true,
    });
    expect(cookies.get('__Host-dateline-refresh')).toMatchObject({
      value: 'rr',
      httpOnly: true,
      secure: true,
    });
    expect(mutations()).toEqual([{ name: 'SignIn', variables: { token } }]);
  });

  it('ends the session that was there before', async () => {
    answers = {
      SignIn: {
        data: { signIn: { session: { accessToken: 'aa', refreshToken: 'rr' }, userErrors: [] } },
        errors: [],
      },
    };
    const cookie = cookieOf({ access: await sessions.access(), refresh: 'old' });
    const { headers, cookies } = await post({ token }, cookie);
    expect([headers.location, cookies.get('__Host-dateline-refresh')?.value]).toEqual(['/account', 'rr']);
    expect(mutations().at(-1)).toEqual({ name: 'SignOut', variables: { refreshToken: 'old' } });
  });

  it.each(['INVALID_TOKEN', 'BAD_USER_INPUT'])(
    'says of a link that is over that it is, with the form (%s)',
    async (code) => {
      answers = { SignIn: refused('signIn', code) };
      const { status, page, cookies, body } = await post({ token, return: '/articles/one' });
      expect([status, page.text('h1')]).toEqual([410, ['This link opens nothing any more']]);
      expect([page.where('input', 'name', 'email').length, cookies.size]).toEqual([1, 0]);
      expect(page.where('input', 'name', 'return')[0]?.attribs.value).toBe('/articles/one');
      expect(body).not.toContain(token);
    },
  );

  it('says when to try a link again after many that were wrong', async () => {
    answers = { SignIn: refused('signIn', 'RATE_LIMITED', 61) };
    const { status, headers, page } = await post({ token });
    expect([status, headers['retry-after']]).toEqual([429, '61']);
    expect(page.where('p', 'role', 'alert').map((one) => pages.textOf(one))[0]).toContain('in 2 minutes');
  });

  it('tells whoever is signed in that they are', async () => {
    const { page } = await pages.send({
      url: '/sign-in?return=/articles/one',
      headers: { cookie: cookieOf({ access: await sessions.access() }) },
    });
    expect(page.where('a', 'href', '/articles/one')).toHaveLength(1);
  });

  describe('and out', () => {
    const signOut = (cookie: string) =>
      pages.send({ method: 'POST', url: '/sign-out', headers: { ...ownForm, cookie }, payload: '' });

    it.each([
      ['where that is done', { data: { signOut: { userErrors: [] } }, errors: [] }],
      ['even where Membership cannot be told', failed('SUBGRAPH_FAILED')],
    ])('makes the browser forget the session %s', async (_how, answer) => {
      answers = { SignOut: answer };
      const { status, headers, cookies } = await signOut(cookieOf({ access: 'aa', refresh: 'rr' }));
      expect([status, headers.location]).toEqual([303, '/sign-in?done=signed-out']);
      for (const name of ['access', 'refresh'])
        expect(cookies.get(`__Host-dateline-${name}`)).toMatchObject({ value: '', expires: new Date(0) });
      expect(mutations()).toEqual([{ name: 'SignOut', variables: { refreshToken: 'rr' } }]);
      const told = await pages.open('/sign-in?done=signed-out');
      expect(told.page.where('p', 'role', 'status').map((one) => pages.textOf(one))).toContain(
        'You are signed out.',
      );
    });

    it('is not done by a link', async () => {
      const { status, headers, cookies } = await pages.send({
        url: '/sign-out',
        headers: { cookie: cookieOf({ refresh: 'rr' }) },
      });
      expect([status, headers.location, cookies.size, mutations()]).toEqual([303, '/account', 0, []]);
    });
  });
});
