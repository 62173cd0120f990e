/** One mailbox, however it is written. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliveryOf, emailKeyOf } from '../../../subgraphs/membership/mailbox.ts';
import { rekeyMembers } from '../../../subgraphs/membership/sql/rekey.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { openTestDesk, type TestDesk } from '../../support/desk.ts';

const spellings = [
  'patron@example.org',
  'Patron@EXAMPLE.org',
  'patron\u200b@example.org',
  'pat\u00adron@example.org',
  'patron\ufe0f@example.org',
  'ｐａｔｒｏｎ@example.org',
  'patron@example\u00ad.org',
  'patron@ｅxample.org',
  'patron@e\u200bxample.org',
  'patron@exam\u2060ple.org',
  'patron@example。org',
];

describe('the key of an address', () => {
  it.each(spellings)('is the same for %j', (email) => expect(emailKeyOf(email)).toBe('patron@example.org'));

  it.each([
    ['é@x.example', 'e\u0301@x.example'],
    ['a@MÜNCHEN.example', 'a@xn--mnchen-3ya.example'],
    ['a@bücher.example', 'a@bu\u0308cher.example'],
  ])('is the same for %j and %j', (one, other) => expect(emailKeyOf(one)).toBe(emailKeyOf(other)));

  it.each([
    ['a.b@x.example', 'ab@x.example'],
    ['a+b@x.example', 'a@x.example'],
    ['a@x.example', 'a@y.example'],
    ['é@x.example', 'e@x.example'],
    ['a@straße.example', 'a@strasse.example'],
  ])('tells %j from %j', (one, other) => expect(emailKeyOf(one)).not.toBe(emailKeyOf(other)));

  it('is the key of itself, and of what is plain only the case differs', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((text) => !text.includes('@'));
    fc.assert(
      fc.property(part, part, (local, host) => {
        const key = emailKeyOf(`${local}@${host}.example`);
        expect(emailKeyOf(key)).toBe(key);
      }),
    );
    const plain = fc.stringMatching(/^[a-zA-Z0-9._-]{1,20}$/);
    fc.assert(
      fc.property(plain, (local) =>
        expect(emailKeyOf(`${local}@x.Example`)).toBe(`${local.toLowerCase()}@x.example`),
      ),
    );
  });

  it('is where mail goes to, but for what somebody typed of their own name', () => {
    expect(deliveryOf('Ann.Lee@X.example')).toBe('Ann.Lee@X.example');
    expect(deliveryOf('Ann\u200b@ｅxample\u00ad.org')).toBe('Ann@example.org');
    expect(deliveryOf('Zoë@münchen.example')).toBe('Zoë@münchen.example');
  });
});

describe.each(testDatabases)('members on $name', ({ open }) => {
  let server: DatabaseServer;
  let desk: TestDesk;
  beforeAll(async () => {
    server = await open();
    desk = await openTestDesk(server);
  });
  afterAll(() => server.close());

  it('are one by all spellings of their address, which is shown as they typed it', async () => {
    const joined = await desk.enter('Patron@ｅxample.org');
    expect(joined.member.email).toBe('Patron@ｅxample.org');
    desk.wait(60 * 60_000);
    for (const [n, email] of spellings.slice(1, 6).entries()) {
      const again = await desk.signIn(await desk.tokenFor(email, `10.0.${n}.1`), 'reader');
      expect(again.member.id).toBe(joined.member.id);
      expect(desk.mails.at(-1)?.to).toBe('Patron@example.org');
    }
    expect(await desk.count('members')).toBe(1);
  });

  it('that were stored before get the key that holds now, unless another member has it', async () => {
    const database = server.databaseOf({ name: 'membership', migrations: 'subgraphs/membership/migrations' });
    const stored: [string, string][] = [
      ['old@exam\u00adple.net', 'old@exam\u00adple.net'],
      ['ö@xn--mnchen-3ya.example', 'ö@xn--mnchen-3ya.example'],
      ['plain@example.net', 'plain@example.net'],
      ['patron\u2060@example.org', 'patron\u2060@example.org'],
    ];
    for (const [n, [email, key]] of stored.entries()) {
      await desk.enter(`stored-${n}@example.net`);
      await database.sql.execute(
        `update membership.members set email = '${email}', email_key = '${key}' where email = 'stored-${n}@example.net'`,
      );
    }
    expect(await rekeyMembers(database.sql)).toBe(1);
    const { rows } = (await database.sql.execute(
      'select email_key from membership.members order by member_since, email_key',
    )) as unknown as { rows: { email_key: string }[] };
    expect(rows.map(({ email_key: key }) => key).sort()).toEqual(
      [
        'old@example.net',
        'ö@münchen.example',
        'plain@example.net',
        'patron@example.org',
        'patron\u2060@example.org',
      ].sort(),
    );
    expect(await rekeyMembers(database.sql)).toBe(1);
  });
});
