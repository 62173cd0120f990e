/** Where people sign in: from a mailed link to a session, from one token to the next, and out again. */

import { rateLimited, unauthenticated } from '../../errors.ts';
import type { Database, Sql } from '../../store/database.ts';
import { inPut } from '../../store/putContent.ts';
import type { Tokens } from '../../trust/accessTokens.ts';
import { deliveryOf, emailKeyOf } from '../mailbox.ts';
import type { MemberRow } from '../rows.ts';
import { openLinks } from '../sql/links.ts';
import { memberWith } from '../sql/people.ts';
import { openSessions } from '../sql/sessions.ts';
import { openTallies } from '../sql/tallies.ts';
import type { MembershipStore } from '../store.ts';
import { claimsOf } from './claims.ts';
import { openLimits, wrongTokens } from './limits.ts';
import { type Mail, signInMail } from './mail.ts';
import type { MailQueue } from './mailQueue.ts';
import { openMailRoom } from './mailRoom.ts';
import {
  hashesOf,
  hashOfToken,
  isLinkToken,
  isRefreshToken,
  newFamily,
  newLinkToken,
  nextToken,
  successorOf,
} from './secrets.ts';
import { emailOf, returnPathOf } from './signInRequest.ts';

/** How long a mailed link holds. */
const linkMs = 15 * 60_000;
/** How long an access token holds. */
const accessSeconds = 15 * 60;
/** How long a refresh token holds that is not used. */
const refreshMs = 30 * 24 * 60 * 60_000;

const linkRefusal = 'Expected a sign-in link that is in force, but got: another one.';
const refreshRefusal = 'Expected a refresh token that is in force, but got: another one.';

const mailsWait =
  'Expected fewer sign-in links to be mailed at the same time, but got: too many. Ask again in 60 seconds.';

export interface Session {
  accessToken: string;
  refreshToken: string;
  /** When the access token expires. */
  expiresAt: Date;
  member: MemberRow;
}

interface SignInOptions {
  database: Database;
  store: MembershipStore;
  tokens: () => Promise<Tokens>;
  /** Takes a mail away. */
  deliver: (mail: Mail) => Promise<void>;
  /** Work that no answer waits for. */
  queue: MailQueue;
  publicUrl: string;
  clock: () => Date;
}

/** Who asks is told by `client`, an address; null where nobody says. */
export type SignInService = ReturnType<typeof openSignInService>;

export function openSignInService({
  database,
  store,
  tokens,
  deliver,
  queue,
  publicUrl,
  clock,
}: SignInOptions) {
  const { sql: db } = database;
  const links = openLinks(db);
  const sessions = openSessions(db);
  const tallies = openTallies(db);
  const limits = openLimits(tallies, {
    secret: async () => (await tokens()).keysFor('limits')[0] as Buffer,
    clock,
  });
  const roomFor = openMailRoom(limits);
  const sweep = sweeper([links, sessions, tallies], clock);

  /**
   * What a token that somebody shows leads to. Where it leads nowhere that is counted: nobody guesses for long. Whoever shows one
   * that is in force is let in all the same, so that nobody keeps out those who come from the same address.
   */
  async function shown<Found>(
    client: string | null,
    refusal: string,
    find: () => Promise<Found | undefined>,
  ): Promise<Found> {
    const found = await find();
    if (found !== undefined) return found;
    await limits.take(wrongTokens, client);
    throw unauthenticated(refusal);
  }

  async function sessionOf(member: MemberRow, refreshToken: string): Promise<Session> {
    const { token, expiresAt } = await (await tokens()).sign(claimsOf(member), accessSeconds);
    return { accessToken: token, refreshToken, expiresAt, member };
  }

  async function renewed(refreshToken: string, leewayMs: number): Promise<Session | undefined> {
    if (!isRefreshToken(refreshToken)) return undefined;
    const keys = (await tokens()).keysFor('refresh tokens');
    const successors = keys.map((key) => successorOf(refreshToken, key));
    // Where two may come at once, the second has to find what the first one got.
    const next = leewayMs > 0 ? (successors[0] as string) : nextToken(refreshToken);
    const now = clock();
    const { familyHash, tokenHash } = hashesOf(refreshToken);
    const times = { now, expiresAt: new Date(now.getTime() + refreshMs), leewayMs };
    const became = await sessions.renew({
      familyHash,
      tokenHash,
      nextHash: hashOfToken(next),
      successorHashes: successors.map(hashOfToken),
      ...times,
    });
    if (!became) return undefined;
    const [member] = await store.membersByIds([became.memberId]);
    if (!member) {
      await sessions.end(familyHash);
      return undefined;
    }
    // The one that another tab got a moment ago, or the next.
    const holds = successors.find((one) => hashOfToken(one) === became.tokenHash) ?? next;
    return sessionOf(member, holds);
  }

  async function begin(token: string, transaction: Sql) {
    const now = clock();
    const email = await links.take(hashOfToken(token), now, transaction);
    if (email === undefined) return undefined;
    const member = await memberWith(transaction, email, now);
    const refreshToken = newFamily();
    const family = { ...hashesOf(refreshToken), memberId: member.id };
    await sessions.begin(family, { now, expiresAt: new Date(now.getTime() + refreshMs) }, transaction);
    return { member, refreshToken };
  }

  async function mailLink({
    email,
    token,
    returnTo,
    isFor,
  }: {
    email: string;
    token: string;
    returnTo: string | undefined;
    isFor: (isMember: boolean) => Promise<boolean>;
  }) {
    const url = new URL(`${publicUrl}/sign-in`);
    url.searchParams.set('token', token);
    if (returnTo !== undefined) url.searchParams.set('returnTo', returnTo);
    const member = await store.memberByAddress(email);
    if (!(await isFor(member !== null))) return;
    // To the address as the member has it: another that counts as the same one may be somebody else's.
    const to = deliveryOf(member?.email ?? email);
    const mail = { to, isMember: member !== null, url: url.href, publicUrl, minutes: linkMs / 60_000 };
    await deliver(signInMail(mail));
  }

  return {
    /**
     * Mails a link that signs in whoever has the address, or has them join; where the mailbox has some already that are in force, or
     * too many are asked for by all, it may be that none is mailed, and the answer is the same. Whether somebody has it is looked at when the
     * answer is given already, so that neither the answer nor its time tells.
     */
    async requestLink(
      asked: { email: string; returnTo?: string | null | undefined },
      client: string | null,
    ): Promise<{ accepted: true; expiresAt: Date }> {
      const email = emailOf(asked.email);
      const returnTo = returnPathOf(asked.returnTo, publicUrl);
      if (queue.isFull()) throw rateLimited(mailsWait);
      const from = await limits.takeLink(client);
      const expiresAt = new Date(clock().getTime() + linkMs);
      const isFor = await roomFor(emailKeyOf(email), from);
      // Nothing tells that there is one already, nor that all of them wait.
      if (!isFor) {
        queue.add(sweep);
        return { accepted: true, expiresAt };
      }
      const token = newLinkToken();
      await links.add({ tokenHash: hashOfToken(token), email, expiresAt });
      queue.add(async () => {
        await mailLink({ email, token, returnTo, isFor });
        await sweep();
      });
      return { accepted: true, expiresAt };
    },

    /** Uses a link up. Whoever has no membership gets one by it, for free. Throws UNAUTHENTICATED where it is not in force. */
    async signIn(token: string, client: string | null): Promise<Session> {
      const { member, refreshToken } = await shown(client, linkRefusal, async () => {
        if (!isLinkToken(token)) return undefined;
        return inPut(db, (transaction) => begin(token, transaction as Sql));
      });
      return sessionOf(member, refreshToken);
    },

    /**
     * The next session for a refresh token, which holds no more by that. Throws UNAUTHENTICATED where it does not hold; where
     * it held before, all that came of it ends.
     */
    refresh: (refreshToken: string, client: string | null): Promise<Session> =>
      shown(client, refreshRefusal, () => renewed(refreshToken, 0)),

    /**
     * The same for whoever may come with one token several times at once, as the tabs of a browser do: within `leewayMs` all
     * of them get the same refresh token. For our own pages, where script cannot read it.
     */
    renew: (
      refreshToken: string,
      { leewayMs, client }: { leewayMs: number; client: string | null },
    ): Promise<Session> => shown(client, refreshRefusal, () => renewed(refreshToken, leewayMs)),

    /** Ends the family of a refresh token, and does nothing where there is none. */
    async signOut(refreshToken: string): Promise<void> {
      if (isRefreshToken(refreshToken)) await sessions.end(hashesOf(refreshToken).familyHash);
    },
  };
}

const sweptAtOnce = 5000;
const sweepEveryMs = 60_000;

/** Forgets what has expired, once in a minute at most and so much at a time: more than can come in between. */
function sweeper(
  tables: readonly { sweep: (now: Date, atMost: number) => Promise<boolean> }[],
  clock: () => Date,
): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = clock();
    if (now.getTime() < next) return;
    next = now.getTime() + sweepEveryMs;
    for (const table of tables) if (await table.sweep(now, sweptAtOnce)) next = 0;
  };
}
