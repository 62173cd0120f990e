/** Families of refresh tokens: begun, renewed and ended, each by one statement that decides who was first. */
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
  /** Of the token that came. */
  tokenHash: string;
  /** Of the one that is to hold from now on. */
  nextHash: string;
  now: Date;
  expiresAt: Date;
  /** For how long the token before the one that holds is no sign of theft, where the one that holds is known by these. */
  leewayMs: number;
  successorHashes: readonly string[];
}

/** Whose family it is, and which token of it holds now. */
export interface Renewed {
  memberId: string;
  tokenHash: string;
}

/** So many families of one member at most: with another the one that was not renewed for longest ends. */
export const sessionsAtMost = 50;

export function openSessions(db: Sql) {
  return {
    /** Within a transaction of its own or of the caller's. */
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

    /** Undefined where the token does not hold. Where it is of a family that there is, the family has ended by that. */
    async renew(renewal: Renewal): Promise<Renewed | undefined> {
      const { familyHash, tokenHash, nextHash, now, expiresAt, leewayMs, successorHashes } = renewal;
      const isOfFamily = eq(sessions.familyHash, familyHash);
      const [renewed] = await db
        .update(sessions)
        .set({ tokenHash: nextHash, previousHash: tokenHash, renewedAt: now, expiresAt })
        .where(and(isOfFamily, eq(sessions.tokenHash, tokenHash), gt(sessions.expiresAt, now)))
        .returning({ memberId: sessions.memberId, tokenHash: sessions.tokenHash });
      if (renewed) return renewed;
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

    /** Forgets some of those that have expired: whether there may be more. */
    async sweep(now: Date, atMost: number): Promise<boolean> {
      const old = db
        .select({ familyHash: sessions.familyHash })
        .from(sessions)
        .where(lte(sessions.expiresAt, now))
        .limit(atMost);
      const gone = await db
        .delete(sessions)
        .where(sql`${sessions.familyHash} in ${old}`)
        .returning({ one: sql`1` });
      return gone.length === atMost;
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
