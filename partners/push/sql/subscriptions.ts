/** Who takes feeds by WebSub, and what they have asked for. */
import { and, eq, gt, sql } from 'drizzle-orm';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { deliveries, type Intent, subscriptions } from '../tables.ts';

export type Subscription = typeof subscriptions.$inferSelect;

/** How many subscriptions there are, and how many wait to be meant. */
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
    const [asked] = await db
      .select({ count })
      .from(deliveries)
      .where(and(...waiting));
    return { subscriptions: standing?.count ?? 0, verifications: asked?.count ?? 0 };
  }

  return {
    /** What there is of a host, or in all. */
    taken,

    /** The subscription of a callback to a topic, as long as it goes on. */
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

    /** Keeps what somebody asked for, to be asked back whether they meant it; gives the number of that question. */
    async ask(intent: Intent, host: string, now: Date): Promise<string> {
      const id = crypto.randomUUID();
      await db
        .insert(deliveries)
        .values({ id, kind: 'verification', host, intent, at: now, nextAttemptAt: now });
      return id;
    },
  };
}

/** What was asked for holds from now on. */
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
