/** Rate limit counters in the database, shared by all replicas. */
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { tallies } from '../tables.ts';

export interface Tally {
  count: number;
  /** When the window ends and counting starts again. */
  endsAt: Date;
}

export function openTallies(db: Sql) {
  const givenTime = sql`${sql.placeholder('now')}::timestamptz`;
  const isOver = sql`${tallies.endsAt} <= ${givenTime}`;
  // Each sign-in counts several times, so the statements are built once and prepared on the server.
  const addOne = db
    .insert(tallies)
    .values({ key: sql.placeholder('key'), count: 1, endsAt: sql.placeholder('endsAt') })
    .onConflictDoUpdate({
      target: tallies.key,
      set: {
        count: sql`case when ${isOver} then 1 else least(${tallies.count} + 1, 1000000) end`,
        endsAt: sql`case when ${isOver} then excluded.ends_at else ${tallies.endsAt} end`,
      },
    })
    .returning({ count: tallies.count, endsAt: tallies.endsAt })
    .prepare('tally_add');
  const takeOne = db
    .update(tallies)
    .set({ count: sql`greatest(${tallies.count} - 1, 0)` })
    .where(and(eq(tallies.key, sql.placeholder('key')), gt(tallies.endsAt, givenTime)))
    .prepare('tally_give_back');

  return {
    /** Increments a counter and returns it. */
    async add(key: string, { now, windowMs }: { now: Date; windowMs: number }): Promise<Tally> {
      const endsAt = new Date(now.getTime() + windowMs);
      const [tally] = await addOne.execute({ key, now: now.toISOString(), endsAt });
      return tally as Tally;
    },

    /** Decrements a counter within its window. */
    async giveBack(key: string, now: Date): Promise<void> {
      await takeOne.execute({ key, now: now.toISOString() });
    },

    /** Deletes expired counters; resolves to whether there may be more. */
    async sweep(now: Date, atMost: number): Promise<boolean> {
      const old = db.select({ key: tallies.key }).from(tallies).where(lte(tallies.endsAt, now)).limit(atMost);
      const deleted = await db
        .delete(tallies)
        .where(sql`${tallies.key} in ${old}`)
        .returning({ one: sql`1` });
      return deleted.length === atMost;
    },
  };
}
