import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DatabaseServer, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { openTestDesk, type TestDesk, tokenIn } from '../../support/desk.ts';

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

  beforeAll(async () => {
    server = await open();
  });
  beforeEach(async () => {
    desk = await openTestDesk(server);
    // Limits are kept in these two; members that tests before have made count for nothing.
    await server
      .databaseOf(subgraphOwner('membership'))
      .sql.execute('truncate membership.tallies, membership.sign_in_links');
  });
  afterEach(() => desk.settle());
  afterAll(() => server?.close());

  /** What comes of so many requests, fifty at a time: each waits for a connection, and none for long. */
  async function inRounds(count: number, askOne: (n: number) => Promise<string>): Promise<string[]> {
    const outcomes: string[] = [];
    while (outcomes.length < count) {
      const size = Math.min(50, count - outcomes.length);
      const round = Array.from({ length: size }, (_, at) => askOne(outcomes.length + at));
      outcomes.push(...(await Promise.all(round)));
    }
    return outcomes;
  }

  it('are mails to an address, in whatever form it is asked for, and no refusals', async () => {
    const forms = ['a@x.example', 'A@x.example', ' a@x.example', 'a@X.EXAMPLE', 'a\u200b@x.example'];
    for (const email of forms) expect(await ask(email, '203.0.113.66')).toBe('ok');
    await desk.settle();
    expect(desk.mails).toHaveLength(3);
    // Whoever has the mailbox asks from elsewhere, and gets a mail of their own.
    expect(await ask('a@x.example', '198.51.100.7')).toBe('ok');
    await desk.settle();
    expect(desk.mails).toHaveLength(4);
    for (const client of ['192.0.2.1', '192.0.3.1', '192.0.4.1', '192.0.5.1'])
      expect(await ask('a@x.example', client)).toBe('ok');
    await desk.settle();
    expect(desk.mails).toHaveLength(6);
    expect(await desk.count('sign_in_links')).toBe(6);
    // When there are no more, one that was mailed is in force.
    desk.wait(10 * 60_000 - 1);
    expect(await ask('a@x.example', '192.0.6.1')).toBe('ok');
    expect(await outcomeOf(desk.signIn(tokenIn(desk.mails[5]?.text ?? ''), 'reader'))).toBe('ok');
    desk.wait(1);
    expect(await ask('a@x.example', '203.0.113.66')).toBe('ok');
    await desk.settle();
    expect(desk.mails).toHaveLength(7);
  });

  it('rise with the network: a client, a part of a site, a site', async () => {
    const flood = async (clients: string[], each: number) => {
      const outcomes = [];
      for (const client of clients)
        for (let n = 0; n < each; n++)
          outcomes.push(await ask(`${client.length}-${outcomes.length}@x.example`, client));
      return outcomes.filter((one) => one === 'ok').length;
    };
    const inPart = Array.from({ length: 5 }, (_, n) => `2001:db8:1:${n.toString(16)}::/64`);
    expect(await flood(inPart, 21)).toBe(60);
    // Another customer of the same network is not shut out by it, and what was refused took nothing from them.
    const inSite = Array.from({ length: 8 }, (_, n) => `2001:db8:1:${(n + 1).toString(16)}00::/64`);
    expect(await flood(inSite, 20)).toBe(140);
    expect(await ask('other@x.example', '2001:db8:1:ff00::/64')).toMatch(
      /^RATE_LIMITED Expected at most 200 sign-in links in an hour from one network, but got: more\. Retry after \d+ seconds\.$/,
    );
    expect(await ask('other@x.example', '2001:db8:2:ff00::/64')).toBe('ok');
    expect(
      await flood(
        Array.from({ length: 11 }, (_, n) => `203.0.113.${n}`),
        20,
      ),
    ).toBe(200);
    expect(await ask('other@x.example', '203.0.114.1')).toBe('ok');
  }, 60_000);

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
    const outcomes = await inRounds(10_000, (n) => ask(`reader-${n}@x.example`, `10.0.${n % 40}.1`));
    await desk.settle();
    expect(outcomes.filter((one) => one === 'ok')).toHaveLength(40 * 20);
    expect(desk.mails).toHaveLength(700);
    expect(await desk.count('sign_in_links')).toBe(40 * 20);
    expect(await desk.count('tallies')).toBe(2 * 40 + 1 + 2 * 40 * 20);
    desk.wait(2 * hourMs);
    expect(await ask('late@x.example', '10.0.0.1')).toBe('ok');
    await desk.settle();
    expect(await desk.count('sign_in_links')).toBe(1);
    expect(await desk.count('tallies')).toBe(5);
  }, 120_000);

  it('are a thousand mails in ten minutes to all together, with a share for newcomers and one for members', async () => {
    await desk.enter('member@x.example');
    const flood = (count: number, network: (n: number) => string) =>
      inRounds(count, (n) => ask(`${network(n)}.${n}@x.example`, network(n)));
    const mailed = async () => {
      await desk.settle();
      return desk.mails.length - 1;
    };
    // One of them from each of 200 networks, and then all the others.
    await flood(200, (n) => `10.1.${n}.1`);
    const all = await flood(800, (n) => `10.1.${n % 200}.${2 + Math.floor(n / 200)}`);
    expect(new Set(all)).toEqual(new Set(['ok']));
    expect(await mailed()).toBe(699);
    // Whoever comes from elsewhere is mailed to, and so are members.
    expect(await ask('new@x.example', '10.2.0.1')).toBe('ok');
    expect(await mailed()).toBe(700);
    expect(await ask('stranger@x.example', '10.2.0.2')).toBe('ok');
    expect(await mailed()).toBe(700);
    expect(await ask('member@x.example', '10.2.0.2')).toBe('ok');
    expect(await mailed()).toBe(701);
    await flood(160, (n) => `10.3.${n}.1`);
    expect(await mailed()).toBe(701 + 149);
    expect(await ask('member@x.example', '10.4.0.2')).toBe('ok');
    expect(await mailed()).toBe(702 + 149);
    // What was not mailed has used up nothing of the address.
    desk.wait(10 * 60_000);
    expect(await ask('stranger@x.example', '10.2.0.2')).toBe('ok');
    expect(await mailed()).toBe(703 + 149);
  }, 60_000);

  it('are thirty guesses of tokens for a client, links and refresh tokens together, and keep out nobody who has one', async () => {
    const session = await desk.enter('a@x.example');
    for (let n = 0; n < 15; n++) {
      expect(await outcomeOf(desk.signIn('g'.repeat(43), 'guesser'))).toMatch(/^INVALID_TOKEN/);
      expect(await outcomeOf(desk.refresh('g'.repeat(65), 'guesser'))).toMatch(/^INVALID_TOKEN/);
    }
    expect(await outcomeOf(desk.signIn('h'.repeat(43), 'guesser'))).toMatch(
      /^RATE_LIMITED Expected at most 30 invalid tokens in 15 minutes, but got: more\. Retry after \d+ seconds\.$/,
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
    for (let n = 0; n < 12; n++) await desk.requestLink({ email: `a${n}@x.example` }, 'c');
    for (let n = 0; n < 8; n++) await other.requestLink({ email: `b${n}@x.example` }, 'c');
    expect(await ask('c@x.example', 'c')).toMatch(/^RATE_LIMITED/);
    await other.settle();
  });

  it('are kept under keys that tell neither address nor client', async () => {
    await desk.requestLink({ email: 'a@x.example' }, '10.0.0.1');
    const { sql } = server.databaseOf(subgraphOwner('membership'));
    const { rows } = (await sql.execute('select key from membership.tallies')) as unknown as {
      rows: { key: string }[];
    };
    expect(rows).toHaveLength(5);
    for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/);
  });
});
