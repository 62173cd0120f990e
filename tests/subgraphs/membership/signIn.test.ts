import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';
import { openTestDesk, type TestDesk } from '../../support/desk.ts';

const minuteMs = 60_000;
const linkRefusal = 'Expected a valid sign-in link, but got: one that is unknown, used or expired.';

const member = (email: string, more: object = {}) => ({
  sourceId: `ghost-member:${email.toLowerCase()}`,
  email,
  status: 'FREE' as const,
  memberSince: new Date('2025-01-01T00:00:00Z'),
  ...more,
});

describe.each(testDatabases)('signing in by a mailed link on $name', ({ open }) => {
  let server: DatabaseServer;
  let desk: TestDesk;

  beforeAll(async () => {
    server = await open();
    desk = await openTestDesk(server);
    await desk.store.putTiers(
      [{ sourceId: 'gold', slug: 'gold', name: 'Gold', type: 'PAID', prices: [] }],
      'test',
    );
    await desk.store.putMembers(
      [
        member('Known@x.example', { status: 'PAID', tierSlugs: ['gold'], name: 'Kim' }),
        member('left@x.example', { status: 'PAID', deletedAt: new Date('2026-01-01T00:00:00Z') }),
      ],
      'test',
    );
  });
  afterAll(() => server.close());

  it('signs in a member that was imported, whatever the case of the address', async () => {
    const token = await desk.tokenFor('kNOWN@X.example');
    expect(desk.mails.at(-1)).toMatchObject({ to: 'Known@x.example', subject: 'Sign in to Dateline' });
    const { accessToken, expiresAt, member: who } = await desk.signIn(token, 'a');
    const [gold] = await desk.store.tiers();
    expect(who).toMatchObject({ email: 'Known@x.example', name: 'Kim', status: 'PAID' });
    expect(decodeJwt(accessToken)).toMatchObject({
      sub: who.id,
      member_status: 'PAID',
      member_tiers: [gold?.id],
      iss: 'https://news.example',
      exp: expiresAt.getTime() / 1000,
    });
    expect(expiresAt.getTime() - desk.now().getTime()).toBeGreaterThan(14 * minuteMs);
    expect(expiresAt.getTime() - desk.now().getTime()).toBeLessThanOrEqual(15 * minuteMs);
    expect(accessToken).not.toContain('x.example');
  });

  it('mails to the address that the member has, not to one that only counts as the same', async () => {
    await desk.tokenFor('\u212anown@x.example');
    expect(desk.mails.at(-1)).toMatchObject({ to: 'Known@x.example', subject: 'Sign in to Dateline' });
  });

  it('makes a free member of whoever has no membership, and the count follows', async () => {
    const before = await desk.store.memberCount();
    const token = await desk.tokenFor('new@x.example');
    expect(desk.mails.at(-1)?.subject).toBe('Join Dateline');
    expect(await desk.store.memberCount()).toBe(before);
    const { member: who } = await desk.signIn(token, 'a');
    expect(who).toMatchObject({ email: 'new@x.example', status: 'FREE', tierIds: [] });
    expect(await desk.store.memberCount()).toBe(before + 1);
    expect((await desk.enter('NEW@x.example')).member.id).toBe(who.id);
    expect(await desk.store.memberCount()).toBe(before + 1);
    // A list that has them too finds them again.
    const [outcome] = await desk.store.putMembers([member('new@x.example', { name: 'Nia' })], 'import');
    expect(outcome).toMatchObject({ id: who.id, outcome: 'updated' });
    expect(await desk.store.memberCount()).toBe(before + 1);
  });

  it('brings back who has left, as a free member', async () => {
    const before = await desk.store.memberCount();
    const token = await desk.tokenFor('left@x.example');
    expect(desk.mails.at(-1)?.subject).toBe('Join Dateline');
    const { member: who } = await desk.signIn(token, 'a');
    expect(who).toMatchObject({ status: 'FREE', tierIds: [], deletedAt: null });
    expect(await desk.store.memberCount()).toBe(before + 1);
  });

  it('makes one member where two links of one address are used at once', async () => {
    const before = await desk.store.memberCount();
    const tokens = [await desk.tokenFor('twins@x.example'), await desk.tokenFor('twins@x.example')];
    const [one, two] = await Promise.all(tokens.map((token) => desk.signIn(token, 'a')));
    expect(one?.member.id).toBe(two?.member.id);
    expect(await desk.store.memberCount()).toBe(before + 1);
  });

  it('takes a link once, even from two who come at once', async () => {
    const token = await desk.tokenFor('once@x.example');
    const came = await Promise.allSettled([desk.signIn(token, 'a'), desk.signIn(token, 'b')]);
    expect(came.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(desk.signIn(token, 'a')).rejects.toThrow(linkRefusal);
  });

  it('refuses a link that was used, has expired or was guessed with the same words', async () => {
    const used = await desk.tokenFor('late@x.example');
    await desk.signIn(used, 'a');
    const late = await desk.tokenFor('late@x.example');
    desk.wait(15 * minuteMs);
    const guesses = ['', 'x', 'A'.repeat(43), `${late}x`, late.slice(1), 'ü'.repeat(43), 'x'.repeat(100_000)];
    for (const token of [used, late, ...guesses])
      await expect(desk.signIn(token, 'guesser')).rejects.toMatchObject({
        message: linkRefusal,
        code: 'INVALID_TOKEN',
      });
  });

  it('keeps no token and no refresh token as they are', async () => {
    const token = await desk.tokenFor('kept@x.example');
    const { refreshToken } = await desk.signIn(await desk.tokenFor('kept@x.example'), 'a');
    const database = server.databaseOf({ name: 'membership', migrations: 'subgraphs/membership/migrations' });
    const kept = await Promise.all(
      ['sign_in_links', 'sessions', 'tallies'].map((table) =>
        database.sql.execute(`select * from membership.${table}`),
      ),
    );
    const text = JSON.stringify(kept.map((one) => (one as unknown as { rows: object[] }).rows));
    for (const secret of [token, refreshToken, refreshToken.slice(0, 22), refreshToken.slice(22)])
      expect(text).not.toContain(secret);
  });

  it('does the same work before its answer, whether or not it knows the address', async () => {
    const workFor = async (email: string) => {
      let answer: object | undefined;
      const statements = await statementsOf(async () => {
        answer = await desk.requestLink({ email }, email);
      });
      await desk.settle();
      return { answer, statements: statements.map(({ statement }) => statement) };
    };
    // What is done after the answer has to be out of the way.
    desk.wait(1);
    await workFor('warm@x.example');
    const known = await workFor('known@x.example');
    const unknown = await workFor('nobody@x.example');
    expect(known.answer).toEqual(unknown.answer);
    expect(known.statements.slice(0, 4)).toEqual(unknown.statements.slice(0, 4));
    expect(known.statements.slice(0, 4).join()).not.toContain('"members"');
  });

  it.each([
    '',
    'x',
    'a@b',
    'a b@x.example',
    'a@x.example,b@x.example',
    'a@x.example\r\nBcc: b@x.example',
    '<a@x.example>',
    `${'a'.repeat(65)}@x.example`,
    `${'a@'.repeat(200)}x.example`,
  ])('refuses %j as an address, without repeating it', async (email) => {
    await expect(desk.requestLink({ email }, 'z')).rejects.toMatchObject({
      message: 'Expected "email" to be an e-mail address, but got: another value.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('has the link lead back to where the reader was', async () => {
    await desk.requestLink({ email: 'back@x.example', returnTo: '/articles/a-b?c=d#e' }, 'back');
    await desk.settle();
    const { text = '', html = '' } = desk.mails.at(-1) ?? {};
    expect(text).toMatch(/\/sign-in\?token=[\w-]{43}&returnTo=%2Farticles%2Fa-b%3Fc%3Dd%23e\s/);
    expect(text).toContain('15 minutes');
    expect(text).toContain('Dateline (news.example)');
    expect(html).toMatch(/href="https:\/\/news\.example\/sign-in\?token=[\w-]{43}&#38;returnTo=/);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'articles/one',
    '/a b',
    '/a\\b',
    'javascript:alert(1)',
    `/${'x'.repeat(1000)}`,
    '',
  ])('refuses to lead back to %j', async (returnTo) => {
    await expect(desk.requestLink({ email: 'back@x.example', returnTo }, 'z')).rejects.toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });
});
