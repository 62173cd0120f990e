import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { openReaders } from '../../newsroom/readers.ts';
import type { MemberRow } from '../../subgraphs/membership/rows.ts';
import type { StatusChange } from '../../subgraphs/membership/sql/people.ts';

const issuer = 'https://news.example';
const changedAt = new Date('2026-03-10T12:00:00.123Z');

/** Readers over members that stand in a list, looked at every millisecond. */
async function openWith({ changes = [], asked = [] }: { changes?: StatusChange[]; asked?: Date[] } = {}) {
  const logged: string[] = [];
  let isDown = false;
  let looks = 0;
  let told = () => {};
  const readers = await openReaders({
    members: {
      memberByAddress: async (email) => {
        if (isDown) throw new Error('down');
        const row = { id: 'm-1', status: 'PAID', tierIds: ['t'], standingChangedAt: changedAt };
        return email.toLowerCase() === 'a@x.example' ? (row as MemberRow) : null;
      },
      statusChanges: async (since) => {
        looks += 1;
        asked.push(since);
        told();
        if (isDown) throw new Error('down');
        return changes.filter((one) => one.changedAt > since);
      },
    },
    tokens: { issuer, keysFor: () => [Buffer.alloc(32, 1)] },
    log: pino({ base: null }, { write: (line) => void logged.push(line) }),
    everyMs: 1,
    now: () => changedAt.getTime() + 1000,
  });
  /** Resolves when it has looked twice more, so that the first of these is done. */
  const looked = async () => {
    const until = looks + 2;
    while (looks < until)
      await new Promise<void>((resolve) => {
        told = resolve;
      });
  };
  const down = (isSo: boolean) => {
    isDown = isSo;
  };
  return { readers, logged, looked, down };
}

describe('readers of the newsroom', () => {
  it.each([
    ['email that is verified', { email: 'a@x.example', email_verified: true, sub: '7' }, 'm-1'],
    ['subject that is an address', { sub: 'A@x.example' }, 'm-1'],
    ['email that is not verified', { email: 'a@x.example', sub: '7' }, '7'],
    ['email that is said not to be', { email: 'a@x.example', email_verified: false, sub: '7' }, '7'],
    [
      'subject that is an address beside another email',
      { sub: 'a@x.example', email: 'b@x.example' },
      undefined,
    ],
    ['email of nobody', { email: 'b@x.example', email_verified: true, sub: '7' }, '7'],
    ['subject that is nobody’s address', { sub: 'b@x.example', member_status: 'GIFT' }, undefined],
    ['other claim that is an address', { sub: '7', upn: 'a@x.example' }, '7'],
  ])('are known by the %s as it may be believed, and never named by it', async (_, claims, sub) => {
    const { readers } = await openWith();
    const told = await readers.complete({ iss: 'https://id.example', scope: 's', ...claims });
    await readers.stop();
    expect(told).toMatchObject({
      iss: 'https://id.example',
      scope: 's',
      sub: sub ?? expect.stringMatching(/^reader-[\w-]{22}$/),
    });
    expect(JSON.stringify(told)).not.toContain('@');
    if (sub === 'm-1')
      expect(told).toMatchObject({
        member_status: 'PAID',
        member_tiers: ['t'],
        member_as_of: changedAt.getTime(),
      });
    // What another issuer says of somebody whom we do not know, it says.
    else expect(told.member_status).toBe('member_status' in claims ? 'GIFT' : undefined);
  });

  it('with tokens of our own are as these say', async () => {
    const { readers } = await openWith();
    const claims = { iss: issuer, sub: 'a@x.example' };
    expect(await readers.complete(claims)).toBe(claims);
    await readers.stop();
  });

  it('whose standing changed a while before the start are known at once', async () => {
    const asked: Date[] = [];
    const { readers } = await openWith({ asked, changes: [{ memberId: 'm-1', changedAt }] });
    expect(readers.stillHolds({ sub: 'm-1', member_as_of: changedAt.getTime() - 1 })).toBe(false);
    expect(readers.stillHolds({ sub: 'm-1' })).toBe(false);
    expect(readers.stillHolds({ sub: 'm-1', member_as_of: changedAt.getTime() })).toBe(true);
    expect(readers.stillHolds({ sub: 'm-2' })).toBe(true);
    expect(readers.stillHolds({})).toBe(true);
    expect(changedAt.getTime() - (asked[0]?.getTime() ?? 0)).toBeGreaterThan(20 * 60_000);
    await readers.stop();
  });

  it('whose standing changes are known at the next look, also after looks that failed', async () => {
    const changes: StatusChange[] = [];
    const { readers, logged, looked, down } = await openWith({ changes });
    down(true);
    await looked();
    await looked();
    expect(logged).toHaveLength(1);
    changes.push({ memberId: 'm-1', changedAt });
    expect(readers.stillHolds({ sub: 'm-1', member_as_of: 0 })).toBe(true);
    down(false);
    await looked();
    expect(readers.stillHolds({ sub: 'm-1', member_as_of: 0 })).toBe(false);
    await readers.stop();
  });
});
