/** WebSub subscriptions and pending verifications. */
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { deliveries, type Intent, subscriptions } from '../tables.ts';

export type Subscription = typeof subscriptions.$inferSelect;

/** The numbers of subscriptions and of pending verifications. */
export interface Taken {
  subscriptions: number;
  verifications: number;
}

export function openSubscriptions(db: Sql) {
  async function taken(now: Date, host?: string): Promise<Taken> {
    const count = sql<number>`count(*)::int`;
    const active = [eq(subscriptions.state, 'active'), gt(subscriptions.leaseEndsAt, now)];
    const waiting = [eq(deliveries.kind, 'verification'), eq(deliveries.state, 'pending')];
    if (host !== undefined) {
      active.push(eq(subscriptions.host, host));
      waiting.push(eq(deliveries.host, host));
    }
    const [standing] = await db
      .select({ count })
      .from(subscriptions)
      .where(and(...active));
    const [pending] = await db
      .select({ count })
      .from(deliveries)
      .where(and(...waiting));
    return { subscriptions: standing?.count ?? 0, verifications: pending?.count ?? 0 };
  }

  return {
    /** The numbers for one host, or for all. */
    taken,

    /** The active subscription of a callback to a topic. */
    async subscriptionOf({ topic, callback }: Pick<Intent, 'topic' | 'callback'>, now: Date) {
      const [row] = await db
        .select()
        .from(subscriptions)
        .where(
          and(
            eq(subscriptions.topic, topic),
            eq(subscriptions.callback, callback),
            eq(subscriptions.state, 'active'),
            gt(subscriptions.leaseEndsAt, now),
          ),
        );
      return row;
    },

    /** Adds a verification of intent and its delivery; resolves to the id of the delivery. */
    async ask(intent: Intent, host: string, now: Date): Promise<string> {
      const id = crypto.randomUUID();
      await db
        .insert(deliveries)
        .values({ id, kind: 'verification', host, intent, at: now, nextAttemptAt: now });
      return id;
    },
  };
}

/** Applies a verified intent. */
export async function fulfil(
  transaction: Sql,
  { mode, topic, callback, leaseSeconds, secret }: Intent,
  host: string,
  now: Date,
): Promise<void> {
  if (mode === 'unsubscribe') {
    await transaction
      .update(subscriptions)
      .set({ state: 'ended', secret: null, leaseEndsAt: now })
      .where(and(eq(subscriptions.topic, topic), eq(subscriptions.callback, callback)));
    return;
  }
  const granted = {
    secret,
    leaseEndsAt: new Date(now.getTime() + leaseSeconds * 1000),
    state: 'active' as const,
  };
  await transaction
    .insert(subscriptions)
    .values({ topic, callback, host, ...granted })
    .onConflictDoUpdate({ target: [subscriptions.topic, subscriptions.callback], set: granted });
}
