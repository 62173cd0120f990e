/** Deliveries on their way: taken for a while, then ended or tried again. */
import { and, asc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { type Attempt, deliveries, type Intent, subscriptions, webhooks } from '../tables.ts';
import { fulfil, type Subscription } from './subscriptions.ts';
import type { Delivery, Webhook } from './webhooks.ts';

/** A delivery that is taken, with whom it goes to; `to` is missing where they do not want it any more. */
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

/** How an attempt ended. */
export interface Ending {
  state: Delivery['state'];
  /** When to try again, where it stays pending. */
  nextAttemptAt?: Date;
  attempt?: Attempt;
  /** What follows: what was asked for holds, or whom it goes to wants nothing more. */
  effect?: 'fulfil' | 'end target';
}

/** A number for each kind. */
export type Room = Record<Delivery['kind'], number>;

export interface Taking {
  now: Date;
  /** For how many of each kind there is room. */
  room: Readonly<Record<Delivery['kind'], number>>;
  /** How many of one host may be taken at once, by all processes together. */
  perHost: number;
  /** For how long they are taken: whoever was killed does not give them back. */
  leaseMs: number;
}

export function openDeliveries(db: Sql) {
  return {
    /** Takes deliveries whose time has come, those that have waited longest first. Each of them counts as tried. */
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
          // What another has taken since the inner look has a later time by now: the outer condition sees that.
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

    /** Ends an attempt; false, with nothing written, where the delivery was given up and taken by another since. */
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
        // A secret is kept no longer than somebody signs with it.
        if (isEnd && row.intent)
          await transaction
            .update(deliveries)
            .set({ intent: { ...row.intent, secret: null } })
            .where(eq(deliveries.id, id));
        if (effect === 'end target' && row.target) await endTarget(transaction as Sql, row.target, now);
        return true;
      }),

    /** Gives a delivery back as if it had not been taken. */
    async giveBack({ id, attempts }: TakenDelivery, now: Date): Promise<void> {
      await db
        .update(deliveries)
        .set({ isTaken: false, attempts: sql`${deliveries.attempts} - 1`, nextAttemptAt: now })
        .where(stillTaken(id, attempts));
    },

    /** Forgets what ended before, and the subscriptions that did. */
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

/** Whom a target stands for wants nothing more. */
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
  const told = events.length ? await db.select().from(webhooks).where(inArray(webhooks.id, events)) : [];
  return rows.flatMap(
    ({ id, host, attempts, at, kind, target, intent, event, storyId, slug }): TakenDelivery[] => {
      const base = { id, host, attempts, at };
      if (kind === 'verification') return intent ? [{ ...base, kind, intent }] : [];
      if (kind === 'feed') {
        const to = subscribers.find((one) => one.id === target);
        return [{ ...base, kind, to: to?.state === 'active' && to.leaseEndsAt > now ? to : undefined }];
      }
      if (!event || !storyId || slug === null) return [];
      const to = told.find((one) => one.id === target);
      return [{ ...base, kind, to: to?.state === 'active' ? to : undefined, event, storyId, slug }];
    },
  );
}
