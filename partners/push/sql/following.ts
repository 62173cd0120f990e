/** How far changes are followed, and what was last known of each story. */
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { insertRows } from '../../../subgraphs/store/writeRows.ts';
import { deliveries, following, stories, subscriptions, type WebhookEvent, webhooks } from '../tables.ts';

export type Place = Pick<typeof following.$inferSelect, 'position' | 'silentUntil' | 'step'>;
export type KnownStory = typeof stories.$inferSelect;

/** What a step found out. */
export interface Found {
  /** What is known now of the stories that it looked at. */
  stories: KnownStory[];
  /** The addresses of the feeds that are to be sent. */
  topics: string[];
  /** What webhooks are told. */
  events: { event: WebhookEvent; storyId: string; slug: string; at: Date }[];
}

export interface Step {
  /** The place from which it looked. */
  from: Place;
  /** Up to where it looked. */
  position: number;
  /** The stories that it looked at. */
  ids: readonly string[];
  now: Date;
}

export function openFollowing(db: Sql) {
  return {
    /** Where following stands; it begins after `lastPosition`, of what is older nobody is told. */
    async place(lastPosition: () => Promise<number>): Promise<Place> {
      const [known] = await db.select().from(following);
      if (known) return known;
      const silentUntil = await lastPosition();
      await db.insert(following).values({ position: 0, silentUntil }).onConflictDoNothing();
      const [begun] = await db.select().from(following);
      return begun as Place;
    },

    /** Stories that were to appear by now, those that have waited longest first. */
    async appearing(now: Date, limit: number): Promise<{ id: string; appearsAt: Date }[]> {
      const { id, appearsAt } = stories;
      const due = db.select({ id, appearsAt }).from(stories).where(lte(appearsAt, now));
      return (await due.orderBy(asc(appearsAt)).limit(limit)) as { id: string; appearsAt: Date }[];
    },

    /**
     * Moves on by a step: what `find` makes of what was known, deliveries included, is written in the transaction
     * that moves the place. False, with nothing written, where another process has moved on from there already.
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
 * One delivery for each subscriber. Where one is waiting already, that one will bring the feed as it is then: it is
 * taken before its content is asked for.
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

/** One delivery for each webhook that wants to be told of it. */
async function sendEvents(transaction: Sql, events: Found['events'], now: Date): Promise<void> {
  if (events.length === 0) return;
  const kinds = [...new Set(events.map(({ event }) => event))];
  const wanted = sql`${webhooks.events} && ${sql.param(kinds)}::text[]`;
  const told = await transaction
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.state, 'active'), wanted));
  const rows = told.flatMap(({ id: target, host, events: asked }) =>
    events
      .filter(({ event }) => asked.includes(event))
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
