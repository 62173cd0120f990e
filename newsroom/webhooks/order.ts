/** The store of Ghost's webhooks: accepts each event once, and never an older state after a newer one. */
import { eq, lt, sql } from 'drizzle-orm';
import type { Database, Owner } from '../../subgraphs/store/database.ts';
import { recordsOf } from '../../subgraphs/store/writeRows.ts';
import { windowMs } from './signature.ts';
import { latest, received } from './tables.ts';

export const webhooksOwner: Owner = { name: 'webhooks', migrations: 'newsroom/webhooks/migrations' };

/** A state of a record from Ghost. */
export interface State {
  /** "post:6650..." */
  source: string;
  updatedAt: Date;
  sentAt: Date;
  isGone: boolean;
}

export type Order = ReturnType<typeof openOrder>;

/**
 * How long signatures and states are kept. A signature is valid for five minutes around its time, so that after twice
 * that no older state can arrive.
 */
const keptMs = 4 * windowMs;

/** Opens the store; the migrations of the database must be applied. */
export function openOrder({ sql: db }: Database, clock: () => Date) {
  return {
    async wasReceived(signature: string): Promise<boolean> {
      const rows = await db
        .select({ signature: received.signature })
        .from(received)
        .where(eq(received.signature, signature));
      return rows.length > 0;
    },

    /** Stores a signature for as long as it is valid, and deletes older ones. */
    async remember(signature: string): Promise<void> {
      const now = clock();
      await db.insert(received).values({ signature, receivedAt: now }).onConflictDoNothing();
      const end = new Date(now.getTime() - keptMs);
      await db.delete(received).where(lt(received.receivedAt, end));
      await db.delete(latest).where(lt(latest.receivedAt, end));
    },

    /** The states among these that are not older than the stored ones; they become the newest. */
    async claim(states: readonly State[]): Promise<Set<string>> {
      if (states.length === 0) return new Set();
      const rows = [...new Map(states.map((state) => [state.source, state])).values()].map((state) => ({
        ...state,
        receivedAt: clock(),
      }));
      const result = await db.execute(sql`
        insert into ${latest} as l (source, updated_at, sent_at, is_gone, received_at)
        select r.source, r."updatedAt", r."sentAt", r."isGone", r."receivedAt" from ${recordsOf(latest, rows)}
        on conflict (source) do update
          set updated_at = excluded.updated_at, sent_at = excluded.sent_at, is_gone = excluded.is_gone,
            received_at = excluded.received_at
          where l.is_gone <= excluded.is_gone
            and (excluded.is_gone or (l.updated_at, l.sent_at) <= (excluded.updated_at, excluded.sent_at))
        returning source`);
      return new Set((result as unknown as { rows: { source: string }[] }).rows.map(({ source }) => source));
    },
  };
}
