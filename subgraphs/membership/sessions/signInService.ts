/** The sign-in service: exchanges mailed links for sessions, rotates refresh tokens, and signs out. */

import { invalidToken, rateLimited } from '../../errors.ts';
import type { Database, Sql } from '../../store/database.ts';
import { inPut } from '../../store/putContent.ts';
import type { Tokens } from '../../trust/accessTokens.ts';
import { deliveryOf, emailKeyOf } from '../mailbox.ts';
import type { MemberRow } from '../rows.ts';
import { openLinks } from '../sql/links.ts';
import { memberAtAddress } from '../sql/people.ts';
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

/** The lifetime of a mailed link. */
const linkMs = 15 * 60_000;
/** The lifetime of an access token. */
const accessSeconds = 15 * 60;
/** The lifetime of an unused refresh token. */
const refreshMs = 30 * 24 * 60 * 60_000;

const linkRefusal = {
  field: 'token',
  message: 'Expected a valid sign-in link, but got: one that is unknown, used or expired.',
};
const refreshRefusal = {
  field: 'refreshToken',
  message: 'Expected a valid refresh token, but got: one that is unknown, used or expired.',
};

const mailsWait = 'Expected fewer sign-in e-mails at the same time, but got: too many.';

export interface SignInSession {
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
  /** Delivers a mail. */
  deliver: (mail: Mail) => Promise<void>;
  /** The queue for work after the response. */
  queue: MailQueue;
  publicUrl: string;
  clock: () => Date;
}

/** `client` is the address of the client; null if unknown. */
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
  const mailDecisionFor = openMailRoom(limits);
  const sweep = sweeper([links, sessions, tallies], clock);

  /**
   * Resolves a token. Invalid tokens are counted against the client, which bounds guessing. A valid token is accepted
   * even if the limit is reached, so that a client cannot lock out others at the same address.
   */
  async function resolveToken<Value>(
    client: string | null,
    refusal: { message: string; field: string },
    find: () => Promise<Value | undefined>,
  ): Promise<Value> {
    const value = await find();
    if (value !== undefined) return value;
    await limits.take(wrongTokens, client);
    throw invalidToken(refusal.message, refusal.field);
  }

  async function sessionOf(member: MemberRow, refreshToken: string): Promise<SignInSession> {
    const { token, expiresAt } = await (await tokens()).sign(claimsOf(member), accessSeconds);
    return { accessToken: token, refreshToken, expiresAt, member };
  }

  async function renewSession(refreshToken: string, leewayMs: number): Promise<SignInSession | undefined> {
    if (!isRefreshToken(refreshToken)) return undefined;
    const keys = (await tokens()).keysFor('refresh tokens');
    const successors = keys.map((key) => successorOf(refreshToken, key));
    // If two requests may use the same token at once, the second must get the successor that the first one got.
    const next = leewayMs > 0 ? (successors[0] as string) : nextToken(refreshToken);
    const now = clock();
    const { familyHash, tokenHash } = hashesOf(refreshToken);
    const times = { now, expiresAt: new Date(now.getTime() + refreshMs), leewayMs };
    const renewal = await sessions.renew({
      familyHash,
      tokenHash,
      nextHash: hashOfToken(next),
      successorHashes: successors.map(hashOfToken),
      ...times,
    });
    if (!renewal) return undefined;
    const [member] = await store.membersByIds([renewal.memberId]);
    if (!member) {
      await sessions.end(familyHash);
      return undefined;
    }
    // The successor that another tab has just got, or the next token.
    const current = successors.find((one) => hashOfToken(one) === renewal.tokenHash) ?? next;
    return sessionOf(member, current);
  }

  async function begin(token: string, transaction: Sql) {
    const now = clock();
    const email = await links.take(hashOfToken(token), now, transaction);
    if (email === undefined) return undefined;
    const member = await memberAtAddress(transaction, email, now);
    const refreshToken = newFamily();
    const family = { ...hashesOf(refreshToken), memberId: member.id };
    await sessions.begin(family, { now, expiresAt: new Date(now.getTime() + refreshMs) }, transaction);
    return { member, refreshToken };
  }

  async function mailLink({
    email,
    token,
    returnTo,
    decide,
  }: {
    email: string;
    token: string;
    returnTo: string | undefined;
    decide: (isMember: boolean) => Promise<boolean>;
  }) {
    const url = new URL(`${publicUrl}/sign-in`);
    url.searchParams.set('token', token);
    if (returnTo !== undefined) url.searchParams.set('returnTo', returnTo);
    const member = await store.memberByAddress(email);
    if (!(await decide(member !== null))) return;
    // To the address that the member has stored: an equivalent one may belong to somebody else.
    const to = deliveryOf(member?.email ?? email);
    const mail = { to, isMember: member !== null, url: url.href, publicUrl, minutes: linkMs / 60_000 };
    await deliver(signInMail(mail));
  }

  return {
    /**
     * Mails a link that signs in the owner of the address, or creates a membership. If the mailbox has enough valid
     * links, or the total limit is reached, no mail may be sent; the response is the same. The member is looked up
     * after the response, so that neither its content nor its timing reveals whether the address is known.
     */
    async requestLink(
      request: { email: string; returnTo?: string | null | undefined },
      client: string | null,
    ): Promise<{ expiresAt: Date }> {
      const email = emailOf(request.email);
      const returnTo = returnPathOf(request.returnTo, publicUrl);
      if (queue.isFull()) throw rateLimited(mailsWait, 60);
      const clientNetwork = await limits.takeLink(client);
      const expiresAt = new Date(clock().getTime() + linkMs);
      const decide = await mailDecisionFor(emailKeyOf(email), clientNetwork);
      // The response reveals neither an existing link nor a reached limit.
      if (!decide) {
        queue.add(sweep);
        return { expiresAt };
      }
      const token = newLinkToken();
      await links.add({ tokenHash: hashOfToken(token), email, expiresAt });
      queue.add(async () => {
        await mailLink({ email, token, returnTo, decide });
        await sweep();
      });
      return { expiresAt };
    },

    /** Redeems a link. A new address gets a free membership. Throws INVALID_TOKEN if the link is not valid. */
    async signIn(token: string, client: string | null): Promise<SignInSession> {
      const { member, refreshToken } = await resolveToken(client, linkRefusal, async () => {
        if (!isLinkToken(token)) return undefined;
        return inPut(db, (transaction) => begin(token, transaction as Sql));
      });
      return sessionOf(member, refreshToken);
    },

    /**
     * Rotates a refresh token: returns the next session and invalidates the token. Throws INVALID_TOKEN if the token
     * is invalid; if it was valid before, its whole family ends.
     */
    refresh: (refreshToken: string, client: string | null): Promise<SignInSession> =>
      resolveToken(client, refreshRefusal, () => renewSession(refreshToken, 0)),

    /**
     * The same for clients that may use one token concurrently, such as the tabs of a browser: within `leewayMs` all of
     * them get the same next token. For our own pages, where scripts cannot read it.
     */
    renew: (
      refreshToken: string,
      { leewayMs, client }: { leewayMs: number; client: string | null },
    ): Promise<SignInSession> =>
      resolveToken(client, refreshRefusal, () => renewSession(refreshToken, leewayMs)),

    /** Ends the family of a refresh token; does nothing if there is none. */
    async signOut(refreshToken: string): Promise<void> {
      if (isRefreshToken(refreshToken)) await sessions.end(hashesOf(refreshToken).familyHash);
    },
  };
}

const sweptAtOnce = 5000;
const sweepEveryMs = 60_000;

/** Deletes expired rows, at most once a minute and in limited batches, which are larger than the growth in between. */
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
