import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { SignInSession } from '../../../subgraphs/membership/sessions/signInService.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';
import { openTestDesk, type TestDesk } from '../../support/desk.ts';

const dayMs = 24 * 60 * 60_000;
const refused = {
  message: 'Expected a valid refresh token, but got: one that is unknown, used or expired.',
  code: 'INVALID_TOKEN',
};

describe.each(testDatabases)('sessions on $name', ({ open }) => {
  let server: DatabaseServer;
  let desk: TestDesk;
  let clients = 0;

  beforeAll(async () => {
    server = await open();
    desk = await openTestDesk(server);
  });
  afterAll(() => server.close());

  const client = () => `client ${++clients}`;
  const enter = () => desk.enter(`reader-${++clients}@x.example`);
  const refresh = ({ refreshToken }: SignInSession) => desk.refresh(refreshToken, client());
  const renew = ({ refreshToken }: SignInSession, leewayMs = 10_000) =>
    desk.renew(refreshToken, { leewayMs, client: client() });

  it('go on from one refresh token to the next, for thirty days after each', async () => {
    let session = await enter();
    for (let n = 0; n < 3; n++) {
      desk.wait(29 * dayMs);
      const next = await refresh(session);
      expect(next.refreshToken).not.toBe(session.refreshToken);
      expect(next.member.id).toBe(session.member.id);
      session = next;
    }
    desk.wait(30 * dayMs);
    await expect(refresh(session)).rejects.toMatchObject(refused);
  });

  it('end with all that came of them when a refresh token comes again', async () => {
    const first = await enter();
    const second = await refresh(first);
    const third = await refresh(second);
    await expect(refresh(first)).rejects.toMatchObject(refused);
    await expect(refresh(third)).rejects.toMatchObject(refused);
    await expect(renew(third)).rejects.toMatchObject(refused);
  });

  it('end when two renew them at once without leeway, of whom one was answered', async () => {
    const first = await enter();
    const came = await Promise.allSettled([refresh(first), refresh(first)]);
    const [answered] = came.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(came.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(refresh(answered as SignInSession)).rejects.toMatchObject(refused);
  });

  it('go on as one when tabs renew them at once with leeway', async () => {
    const first = await enter();
    const tabs = await Promise.all([renew(first), renew(first), renew(first)]);
    expect(new Set(tabs.map(({ refreshToken }) => refreshToken)).size).toBe(1);
    desk.wait(9_999);
    expect((await renew(first)).refreshToken).toBe(tabs[0]?.refreshToken);
    expect((await refresh(tabs[0] as SignInSession)).member.id).toBe(first.member.id);
  });

  it('end when a tab comes too late, or with the token before the one before', async () => {
    const first = await enter();
    const second = await renew(first);
    desk.wait(10_000);
    await expect(renew(first)).rejects.toMatchObject(refused);
    await expect(refresh(second)).rejects.toMatchObject(refused);
    const other = await enter();
    const next = await renew(await renew(other));
    await expect(renew(other)).rejects.toMatchObject(refused);
    await expect(renew(next)).rejects.toMatchObject(refused);
  });

  it('have no leeway for what was renewed without', async () => {
    const first = await enter();
    const second = await refresh(first);
    await expect(renew(first)).rejects.toMatchObject(refused);
    await expect(refresh(second)).rejects.toMatchObject(refused);
  });

  it('end by signing out, with any of their tokens, as often as one likes; others go on', async () => {
    const first = await enter();
    const second = await refresh(first);
    const elsewhere = await desk.enter(first.member.email);
    for (const token of [first.refreshToken, second.refreshToken, 'none', '']) await desk.signOut(token);
    await expect(refresh(second)).rejects.toMatchObject(refused);
    expect((await refresh(elsewhere)).member.id).toBe(first.member.id);
  });

  it('end for who leaves, and do not come back with them', async () => {
    const { refreshToken, member } = await enter();
    const content = {
      ...{ sourceId: member.sourceId, email: member.email, memberSince: member.memberSince },
      status: 'FREE' as const,
    };
    await desk.store.putMembers([{ ...content, deletedAt: desk.now() }], 'test');
    await desk.enter(member.email);
    await expect(desk.refresh(refreshToken, client())).rejects.toMatchObject(refused);
  });

  it('tell of the member as they are when they are renewed', async () => {
    const first = await enter();
    const { sourceId, email, memberSince, id } = first.member;
    await desk.store.putMembers([{ sourceId, email, memberSince, status: 'COMPED' }], 'test');
    expect((await refresh(first)).member).toMatchObject({ id, status: 'COMPED' });
  });

  it('are fifty for a member at most: the one that was not renewed for longest ends', async () => {
    const email = 'many@x.example';
    const all: SignInSession[] = [];
    for (let n = 0; n < 51; n++) {
      all.push(await desk.enter(email));
      desk.wait(15 * 60_000);
    }
    await expect(refresh(all[0] as SignInSession)).rejects.toMatchObject(refused);
    expect((await refresh(all[1] as SignInSession)).member.email).toBe(email);
  });

  /** What a family is, in few words: which token holds, which one before it may come again and until when. */
  interface Model {
    holds: number;
    renewedMs: number;
    expiresMs: number;
    again: number | undefined;
  }

  type Step = { do: 'refresh' | 'renew' | 'signOut'; token: number } | { do: 'wait'; ms: number };

  it('do what few words say of them, whatever comes in whatever order', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({
          do: fc.constant('wait' as const),
          ms: fc.constantFrom(1, 9_999, 10_000, 29 * dayMs, 30 * dayMs),
        }),
        {
          weight: 4,
          arbitrary: fc.record({
            do: fc.constantFrom('refresh' as const, 'renew' as const, 'renew' as const, 'signOut' as const),
            token: fc.nat({ max: 3 }),
          }),
        },
      ),
      { maxLength: 12 },
    );
    await fc.assert(fc.asyncProperty(steps, runAgainstModel), { numRuns: 60 });
  }, 120_000);

  async function runAgainstModel(steps: readonly Step[]): Promise<void> {
    const nowMs = () => desk.now().getTime();
    const begun = await enter();
    /** All tokens that the family ever had, the newest last; a step names one counting from there. */
    const tokens = [begun.refreshToken];
    let model: Model | undefined = {
      ...{ holds: 0, renewedMs: nowMs(), expiresMs: nowMs() + 30 * dayMs, again: undefined },
    };
    for (const step of steps) {
      if (step.do === 'wait') {
        desk.wait(step.ms);
        continue;
      }
      const at = Math.max(0, tokens.length - 1 - step.token);
      const token = tokens[at] as string;
      if (step.do === 'signOut') {
        await desk.signOut(token);
        model = undefined;
        continue;
      }
      const isAlive = model !== undefined && nowMs() < model.expiresMs;
      const isSecond =
        isAlive && step.do === 'renew' && model?.again === at && nowMs() - model.renewedMs < 10_000;
      const came = await (step.do === 'renew'
        ? desk.renew(token, { leewayMs: 10_000, client: client() })
        : desk.refresh(token, client())
      ).catch(() => undefined);
      if (isSecond) expect(came?.refreshToken).toBe(tokens[model?.holds ?? -1]);
      else if (isAlive && model?.holds === at) {
        expect(tokens).not.toContain(came?.refreshToken);
        tokens.push(came?.refreshToken ?? 'none');
        model = {
          holds: tokens.length - 1,
          renewedMs: nowMs(),
          expiresMs: nowMs() + 30 * dayMs,
          again: step.do === 'renew' ? at : undefined,
        };
      } else {
        expect(came).toBeUndefined();
        model = undefined;
      }
    }
  }
});
