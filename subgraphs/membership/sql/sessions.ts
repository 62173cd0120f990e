/**
 * Families of refresh tokens: created, rotated and ended, each by one statement, so that one of several concurrent
 * requests wins.
 */
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { sessions } from '../tables.ts';

export interface Family {
  familyHash: string;
  tokenHash: string;
  memberId: string;
}

interface Renewal {
  familyHash: string;
  /** The hash of the presented token. */
  tokenHash: string;
  /** The hash of the next token. */
  nextHash: string;
  now: Date;
  expiresAt: Date;
  /**
   * How long the previous token is accepted without counting as theft, if the current token is one of these successors.
   */
  leewayMs: number;
  successorHashes: readonly string[];
}

/** The member of a family, and the hash of its current token. */
export interface RenewedSession {
  memberId: string;
  tokenHash: string;
}

/** The maximum number of families for one member; beyond it, the one renewed longest ago ends. */
export const sessionsAtMost = 50;

export function openSessions(db: Sql) {
  return {
    /** Within a transaction of its own or of the caller. */
    async begin(
      { familyHash, tokenHash, memberId }: Family,
      times: { now: Date; expiresAt: Date },
      within: Sql = db,
    ) {
      const { now, expiresAt } = times;
      await within
        .insert(sessions)
        .values({ familyHash, tokenHash, memberId, renewedAt: now, expiresAt, previousHash: null });
      await within.execute(sql`delete from ${sessions} where ${sessions.familyHash} in (
        select ${sessions.familyHash} from ${sessions} where ${sessions.memberId} = ${memberId}
        order by ${sessions.renewedAt} desc, ${sessions.familyHash} = ${familyHash} desc offset ${sessionsAtMost})`);
    },

    /** Undefined if the token is not valid. If its family exists, the family ends. */
    async renew(renewal: Renewal): Promise<RenewedSession | undefined> {
      const { familyHash, tokenHash, nextHash, now, expiresAt, leewayMs, successorHashes } = renewal;
      const isOfFamily = eq(sessions.familyHash, familyHash);
      const [rotated] = await db
        .update(sessions)
        .set({ tokenHash: nextHash, previousHash: tokenHash, renewedAt: now, expiresAt })
        .where(and(isOfFamily, eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
        .returning({ memberId: sessions.memberId, tokenHash: sessions.tokenHash });
      if (rotated) return rotated;
      const [family] = await db.select().from(sessions).where(isOfFamily);
      if (!family) return undefined;
      const isRecent = now.getTime() - family.renewedAt.getTime() < leewayMs && family.expiresAt > now;
      if (isRecent && family.previousHash === tokenHash && successorHashes.includes(family.tokenHash))
        return family;
      await db.delete(sessions).where(isOfFamily);
      return undefined;
    },

    async end(familyHash: string): Promise<void> {
      await db.delete(sessions).where(eq(sessions.familyHash, familyHash));
    },

    /** Deletes expired rows; resolves to whether there may be more. */
    async sweep(now: Date, atMost: number): Promise<boolean> {
      const old = db
        .select({ familyHash: sessions.familyHash })
        .from(sessions)
        .where(lte(sessions.expiresAt, now))
        .limit(atMost);
      const deleted = await db
        .delete(sessions)
        .where(sql`${sessions.familyHash} in ${old}`)
        .returning({ one: sql`1` });
      return deleted.length === atMost;
    },
  };
}

/** Ends all sessions of these members. */
export async function endSessionsOf(transaction: Sql, memberIds: readonly string[]): Promise<void> {
  if (memberIds.length === 0) return;
  await transaction
    .delete(sessions)
    .where(sql`${sessions.memberId} = any(${sql.param([...memberIds])}::uuid[])`);
}
