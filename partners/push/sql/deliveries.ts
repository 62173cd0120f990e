/** The queue of deliveries: taken under a lease, then ended or retried. */
import { and, asc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { type Attempt, deliveries, type Intent, subscriptions, webhooks } from '../tables.ts';
import { fulfil, type Subscription } from './subscriptions.ts';
import type { Delivery, Webhook } from './webhooks.ts';

/** A delivery under a lease, with its target; `to` is undefined when the target has ended. */
export type TakenDelivery = Pick<Delivery, 'id' | 'host' | 'attempts' | 'at'> &
  (
    | { kind: 'verification'; intent: Intent }
    | { kind: 'feed'; to: Subscription | undefined }
    | {
        kind: 'event';
        to: Webhook | undefined;
        event: NonNullable<Delivery['event']>;
        storyId: string;
        slug: string;
      }
  );

/** The outcome of an attempt. */
export interface Ending {
  state: Delivery['state'];
  /** The next attempt of a pending delivery. */
  nextAttemptAt?: Date;
  attempt?: Attempt;
  /** The effect on the target: confirm the subscription, or end the subscription or webhook. */
  effect?: 'fulfil' | 'end target';
}

/** A number for each kind of delivery. */
export type Room = Record<Delivery['kind'], number>;

export interface Taking {
  now: Date;
  /** How many deliveries of each kind may be taken. */
  room: Readonly<Record<Delivery['kind'], number>>;
  /** How many deliveries to one host may be under way at once, in all processes. */
  perHost: number;
  /** How long the lease lasts: a killed process returns nothing. */
  leaseMs: number;
}

export function openDeliveries(db: Sql) {
  return {
    /** Takes due deliveries, those that have waited longest first. Taking counts as an attempt. */
    async take({ now, room, perHost, leaseMs }: Taking): Promise<TakenDelivery[]> {
      const isDue = and(eq(deliveries.state, 'pending'), lte(deliveries.nextAttemptAt, now));
      const moment = sql`${now.toISOString()}::timestamptz`;
      const mayGo = sql`(
        select due.id from (
          select id, host, row_number() over (partition by host order by next_attempt_at, id) as place
          from ${deliveries} where state = 'pending' and next_attempt_at <= ${moment}) as due
        where due.place <= ${perHost}::int - (
          select count(*) from ${deliveries} as busy
          where busy.host = due.host and busy.state = 'pending' and busy.is_taken
            and busy.next_attempt_at > ${moment}))`;
      const rows = await db.transaction(async (transaction) => {
        const ids: string[] = [];
        for (const [kind, limit] of Object.entries(room) as [Delivery['kind'], number][]) {
          // The outer condition skips rows that another process took after the inner query.
          const free = transaction
            .select({ id: deliveries.id })
            .from(deliveries)
            .where(and(isDue, eq(deliveries.kind, kind), sql`${deliveries.id} in ${mayGo}`))
            .orderBy(asc(deliveries.nextAttemptAt))
            .limit(limit)
            .for('update', { skipLocked: true });
          if (limit > 0) ids.push(...(await free).map(({ id }) => id));
        }
        if (ids.length === 0) return [];
        const until = new Date(now.getTime() + leaseMs);
        return transaction
          .update(deliveries)
          .set({ isTaken: true, attempts: sql`${deliveries.attempts} + 1`, nextAttemptAt: until })
          .where(inArray(deliveries.id, ids))
          .returning();
      });
      return withTargets(db, rows, now);
    },

    /** Ends an attempt. False, with nothing written, when the lease has passed to another process. */
    end: (
      { id, attempts }: TakenDelivery,
      { state, nextAttemptAt, attempt, effect }: Ending,
      now: Date,
    ): Promise<boolean> =>
      db.transaction(async (transaction) => {
        const isEnd = state !== 'pending';
        const [row] = await transaction
          .update(deliveries)
          .set({
            state,
            isTaken: false,
            ...(nextAttemptAt ? { nextAttemptAt } : {}),
            ...(attempt
              ? {
                  lastStatus: attempt.status,
                  log: sql`${deliveries.log} || ${JSON.stringify([attempt])}::jsonb`,
                }
              : {}),
            ...(isEnd ? { endedAt: now } : {}),
          })
          .where(stillTaken(id, attempts))
          .returning();
        if (!row) return false;
        if (effect === 'fulfil' && row.intent) await fulfil(transaction as Sql, row.intent, row.host, now);
        // A secret is kept no longer than it is needed to sign.
        if (isEnd && row.intent)
          await transaction
            .update(deliveries)
            .set({ intent: { ...row.intent, secret: null } })
            .where(eq(deliveries.id, id));
        if (effect === 'end target' && row.target) await endTarget(transaction as Sql, row.target, now);
        return true;
      }),

    /** Returns a delivery to the queue without counting the attempt. */
    async giveBack({ id, attempts }: TakenDelivery, now: Date): Promise<void> {
      await db
        .update(deliveries)
        .set({ isTaken: false, attempts: sql`${deliveries.attempts} - 1`, nextAttemptAt: now })
        .where(stillTaken(id, attempts));
    },

    /** Deletes deliveries and subscriptions that ended before `before`. */
    async forget(before: Date): Promise<void> {
      await db.delete(deliveries).where(lt(deliveries.endedAt, before));
      await db.delete(subscriptions).where(lt(subscriptions.leaseEndsAt, before));
    },
  };
}

const stillTaken = (id: string, attempts: number) =>
  and(
    eq(deliveries.id, id),
    eq(deliveries.state, 'pending'),
    eq(deliveries.isTaken, true),
    eq(deliveries.attempts, attempts),
  );

/** Ends the subscription or webhook of a delivery. */
async function endTarget(transaction: Sql, id: string, now: Date): Promise<void> {
  await transaction
    .update(subscriptions)
    .set({ state: 'ended', secret: null, leaseEndsAt: now })
    .where(eq(subscriptions.id, id));
  await transaction.update(webhooks).set({ state: 'ended', secret: '' }).where(eq(webhooks.id, id));
  await transaction
    .update(deliveries)
    .set({ state: 'dropped', endedAt: now })
    .where(and(eq(deliveries.target, id), eq(deliveries.state, 'pending')));
}

async function withTargets(db: Sql, rows: readonly Delivery[], now: Date): Promise<TakenDelivery[]> {
  const idsOf = (kind: Delivery['kind']) =>
    rows.flatMap((row) => (row.kind === kind && row.target ? [row.target] : []));
  const feeds = idsOf('feed');
  const events = idsOf('event');
  const subscribers = feeds.length
    ? await db.select().from(subscriptions).where(inArray(subscriptions.id, feeds))
    : [];
  const receivers = events.length ? await db.select().from(webhooks).where(inArray(webhooks.id, events)) : [];
  return rows.flatMap(
    ({ id, host, attempts, at, kind, target, intent, event, storyId, slug }): TakenDelivery[] => {
      const base = { id, host, attempts, at };
      if (kind === 'verification') return intent ? [{ ...base, kind, intent }] : [];
      if (kind === 'feed') {
        const to = subscribers.find((one) => one.id === target);
        return [{ ...base, kind, to: to?.state === 'active' && to.leaseEndsAt > now ? to : undefined }];
      }
      if (!event || !storyId || slug === null) return [];
      const to = receivers.find((one) => one.id === target);
      return [{ ...base, kind, to: to?.state === 'active' ? to : undefined, event, storyId, slug }];
    },
  );
}
