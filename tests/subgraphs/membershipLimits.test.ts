import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseServer } from '../../subgraphs/database.ts';
import { testDatabases } from '../support/databases.ts';
import { openTestDesk, type TestDesk } from '../support/desk.ts';

const hourMs = 60 * 60_000;

/** "ok", or the code and the message of what came instead. */
const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'ok',
    (error) => `${error.extensions?.code} ${error.message}`,
  );

describe.each(testDatabases)('limits of signing in on $name', ({ open }) => {
  let server: DatabaseServer;
  let desk: TestDesk;
  const ask = (email: string, client: string | null) => outcomeOf(desk.requestLink({ email }, client));

  beforeEach(async () => {
    server = await open();
    desk = await openTestDesk(server);
  });
  afterEach(async () => {
    await desk.settle();
    await server.close();
  });

  it('are five links an hour for an address, in whatever form and from wherever', async () => {
    for (const email of ['a@x.example', 'A@x.example', ' a@x.example', 'a@X.EXAMPLE', 'a@x.example '])
      expect(await ask(email, email)).toBe('ok');
    desk.wait(60_000);
    expect(await ask('a@x.example', 'another')).toBe(
      'RATE_LIMITED Expected at most 5 sign-in links for one address in an hour, but got: more. Ask again in 3540 seconds.',
    );
    expect(await ask('b@x.example', 'another')).toBe('ok');
    await desk.settle();
    expect(desk.mails).toHaveLength(6);
    desk.wait(hourMs);
    expect(await ask('a@x.example', 'another')).toBe('ok');
  });

  it('are twenty links an hour for a client; all who are not named are one', async () => {
    for (const client of ['10.0.0.1', null]) {
      const outcomes = [];
      for (let n = 0; n < 22; n++) outcomes.push(await ask(`${n}-${client}@x.example`, client));
      expect(outcomes.filter((one) => one === 'ok')).toHaveLength(20);
      expect(outcomes.at(-1)).toMatch(/^RATE_LIMITED Expected at most 20 sign-in links in an hour/);
    }
    // An address of which too much was asked by a client is not the worse for it.
    expect(await ask('21-null@x.example', '10.0.0.2')).toBe('ok');
  });

  it('keep what 10,000 requests leave behind small, and sweep it', async () => {
    const outcomes = new Map<string, number>();
    for (let n = 0; n < 10_000; n += 50) {
      const round = Array.from({ length: 50 }, (_, at) =>
        ask(`reader-${n + at}@x.example`, `10.0.${(n + at) % 40}.1`),
      );
      for (const outcome of await Promise.all(round)) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    }
    await desk.settle();
    expect(outcomes.get('ok')).toBe(40 * 20);
    expect(desk.mails).toHaveLength(40 * 20);
    expect(await desk.count('sign_in_links')).toBe(40 * 20);
    expect(await desk.count('tallies')).toBe(40 + 1 + 40 * 20);
    desk.wait(2 * hourMs);
    expect(await ask('late@x.example', '10.0.0.1')).toBe('ok');
    await desk.settle();
    expect(await desk.count('sign_in_links')).toBe(1);
    expect(await desk.count('tallies')).toBe(3);
  }, 120_000);

  it('are a thousand links in ten minutes for all together', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 1010 }, (_, n) => ask(`r${n}@x.example`, `client ${n}`)),
    );
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(1000);
    await desk.settle();
    expect(desk.mails).toHaveLength(1000);
    desk.wait(10 * 60_000);
    expect(await ask('late@x.example', 'late')).toBe('ok');
  }, 60_000);

  it('are thirty guesses of tokens for a client, links and refresh tokens together, and keep out nobody who has one', async () => {
    const session = await desk.enter('a@x.example');
    for (let n = 0; n < 15; n++) {
      expect(await outcomeOf(desk.signIn('g'.repeat(43), 'guesser'))).toMatch(/^UNAUTHENTICATED/);
      expect(await outcomeOf(desk.refresh('g'.repeat(65), 'guesser'))).toMatch(/^UNAUTHENTICATED/);
    }
    expect(await outcomeOf(desk.signIn('h'.repeat(43), 'guesser'))).toMatch(
      /^RATE_LIMITED Expected at most 30 tokens that are not in force in 15 minutes, but got: more\. Ask again in \d+ seconds\.$/,
    );
    expect(await outcomeOf(desk.refresh('h'.repeat(65), 'guesser'))).toMatch(/^RATE_LIMITED/);
    // Others may come from the same address.
    expect(await outcomeOf(desk.signIn(await desk.tokenFor('b@x.example'), 'guesser'))).toBe('ok');
    expect(await outcomeOf(desk.renew(session.refreshToken, { leewayMs: 10_000, client: 'guesser' }))).toBe(
      'ok',
    );
  });

  it('count together where several processes have one database', async () => {
    const other = await openTestDesk(server);
    for (let n = 0; n < 3; n++) await desk.requestLink({ email: 'a@x.example' }, 'c');
    for (let n = 0; n < 2; n++) await other.requestLink({ email: 'a@x.example' }, 'c');
    expect(await ask('a@x.example', 'c')).toMatch(/^RATE_LIMITED/);
    await other.settle();
  });

  it('are kept under keys that tell neither address nor client', async () => {
    await desk.requestLink({ email: 'a@x.example' }, '10.0.0.1');
    const { sql } = server.databaseOf({ name: 'membership', migrations: 'subgraphs/membership/migrations' });
    const { rows } = (await sql.execute('select key from membership.tallies')) as unknown as {
      rows: { key: string }[];
    };
    expect(rows).toHaveLength(3);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });
});
