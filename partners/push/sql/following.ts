/** The position in the outbox of Articles, and the last seen state of each article. */
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { insertRows } from '../../../subgraphs/store/writeRows.ts';
import { deliveries, following, stories, subscriptions, type WebhookEvent, webhooks } from '../tables.ts';

export type Place = Pick<typeof following.$inferSelect, 'position' | 'silentUntil' | 'step'>;
export type KnownStory = typeof stories.$inferSelect;

/** The results of a step. */
export interface Found {
  /** The new states of the step's articles. */
  stories: KnownStory[];
  /** The feed URLs to distribute. */
  topics: string[];
  /** The events for webhooks. */
  events: { event: WebhookEvent; storyId: string; slug: string; at: Date }[];
}

export interface Step {
  /** The position at which the step began. */
  from: Place;
  /** The position at which the step ends. */
  position: number;
  /** The articles of the step. */
  ids: readonly string[];
  now: Date;
}

export function openFollowing(db: Sql) {
  return {
    /** The current position. The first call sets it to `lastPosition`, so that older changes are not delivered. */
    async place(lastPosition: () => Promise<number>): Promise<Place> {
      const [position] = await db.select().from(following);
      if (position) return position;
      const silentUntil = await lastPosition();
      await db.insert(following).values({ position: 0, silentUntil }).onConflictDoNothing();
      const [begun] = await db.select().from(following);
      return begun as Place;
    },

    /** Articles whose publication time has come, those that have waited longest first. */
    async appearing(now: Date, limit: number): Promise<{ id: string; appearsAt: Date }[]> {
      const { id, appearsAt } = stories;
      const due = db.select({ id, appearsAt }).from(stories).where(lte(appearsAt, now));
      return (await due.orderBy(asc(appearsAt)).limit(limit)) as { id: string; appearsAt: Date }[];
    },

    /**
     * Moves the position by a step. The results of `find` and the new position are written in one transaction. False,
     * with nothing written, when another process has moved from this position already.
     */
    move: (
      { from, position, ids, now }: Step,
      find: (known: ReadonlyMap<string, KnownStory>) => Found,
    ): Promise<boolean> =>
      db.transaction(async (transaction) => {
        const moved = await transaction
          .update(following)
          .set({ position, step: from.step + 1 })
          .where(eq(following.step, from.step))
          .returning({ step: following.step });
        if (moved.length === 0) return false;
        const known = await transaction
          .select()
          .from(stories)
          .where(sql`${stories.id} = any(${sql.param(ids)}::uuid[])`);
        const found = find(new Map(known.map((story) => [story.id, story])));
        await insertRows(transaction as Sql, stories, found.stories, { replacing: ['id'] });
        await sendFeeds(transaction as Sql, found.topics, now);
        await sendEvents(transaction as Sql, found.events, now);
        return true;
      }),
  };
}

/**
 * Adds a delivery for each subscriber. One that waits already suffices: the feed is read after the delivery is taken.
 */
async function sendFeeds(transaction: Sql, topics: readonly string[], now: Date): Promise<void> {
  if (topics.length === 0) return;
  const moment = sql`${now.toISOString()}::timestamptz`;
  await transaction.execute(sql`
    insert into ${deliveries} (id, kind, target, host, at, next_attempt_at)
    select gen_random_uuid(), 'feed', ${subscriptions.id}, ${subscriptions.host}, ${moment}, ${moment}
    from ${subscriptions}
    where ${subscriptions.topic} = any(${sql.param(topics)}::text[])
      and ${subscriptions.state} = 'active' and ${subscriptions.leaseEndsAt} > ${moment}
      and not exists (
        select from ${deliveries} as waiting
        where waiting.target = ${subscriptions.id} and waiting.state = 'pending'
          and (not waiting.is_taken or waiting.next_attempt_at <= ${moment}))`);
}

/** Adds a delivery for each webhook that subscribes to the event. */
async function sendEvents(transaction: Sql, events: Found['events'], now: Date): Promise<void> {
  if (events.length === 0) return;
  const kinds = [...new Set(events.map(({ event }) => event))];
  const wanted = sql`${webhooks.events} && ${sql.param(kinds)}::text[]`;
  const receivers = await transaction
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.state, 'active'), wanted));
  const rows = receivers.flatMap(({ id: target, host, events: wantedEvents }) =>
    events
      .filter(({ event }) => wantedEvents.includes(event))
      .map((one) => ({
        id: crypto.randomUUID(),
        kind: 'event',
        target,
        host,
        ...one,
        nextAttemptAt: now,
        attempts: 0,
        isTaken: false,
        state: 'pending',
        log: [],
      })),
  );
  await insertRows(transaction, deliveries, rows);
}
