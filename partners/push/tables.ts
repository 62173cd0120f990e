/**
 * What push keeps. Secrets stand here as they are: whoever signs needs the secret itself, a hash of it signs nothing.
 * So who can read this schema can sign as we do, and it belongs to nobody but push.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';

export const schema = pgSchema('push');

const moment = () => timestamp({ withTimezone: true, precision: 3 });

/** How far the outbox of Articles is followed: one row. */
export const following = schema.table('following', {
  id: smallint().primaryKey().default(1),
  position: bigint({ mode: 'number' }).notNull(),
  /** ChangeSource up to here are older than push: they are remembered, and nobody is told. */
  silentUntil: bigint({ mode: 'number' }).notNull(),
  /** Counts the steps; whoever moves on from a step that another has moved on from moves nothing. */
  step: bigint({ mode: 'number' }).notNull().default(0),
});

/** What was last known of each story: whoever compares it with what is now knows what to tell. */
export const stories = schema.table(
  'stories',
  {
    id: uuid().primaryKey(),
    isVisible: boolean().notNull(),
    /** The names of the feeds that it stands in, or will. */
    feeds: text().array().notNull(),
    /** Its time, where that is still to come: no outbox tells of it. */
    appearsAt: moment(),
  },
  (table) => [index().on(table.appearsAt).where(sql`appears_at is not null`)],
);

/** Who takes a feed by WebSub, once they have said that they meant it. */
export const subscriptions = schema.table(
  'subscriptions',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The address of the feed. */
    topic: text().notNull(),
    callback: text().notNull(),
    host: text().notNull(),
    secret: text(),
    leaseEndsAt: moment().notNull(),
    state: text({ enum: ['active', 'ended'] }).notNull(),
  },
  (table) => [
    uniqueIndex().on(table.topic, table.callback),
    index().on(table.host),
    index().on(table.leaseEndsAt),
  ],
);

export const webhookEvents = ['published', 'updated', 'withdrawn'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Where a partner of ours wants to be told. */
export const webhooks = schema.table('webhooks', {
  id: uuid().primaryKey().defaultRandom(),
  partner: text().notNull(),
  url: text().notNull(),
  host: text().notNull(),
  secret: text().notNull(),
  events: text().array().$type<WebhookEvent[]>().notNull(),
  state: text({ enum: ['active', 'ended'] }).notNull(),
  createdAt: moment().notNull(),
});

/** What somebody asked of the hub, until they have said that they meant it. */
export interface Intent {
  mode: 'subscribe' | 'unsubscribe';
  topic: string;
  callback: string;
  leaseSeconds: number;
  secret: string | null;
}

/** One attempt, as the log of a delivery has it. */
export interface Attempt {
  /** ISO 8601. */
  at: string;
  /** What the other side answered, where it answered. */
  status: number | null;
  /** What was expected and what came, where it failed. */
  problem: string | null;
  ms: number;
}

/** Everything that is sent: questions whether somebody meant it, feeds to subscribers, events to webhooks. */
export const deliveries = schema.table(
  'deliveries',
  {
    /** Stays the same through every attempt, so that who gets it twice knows. */
    id: uuid().primaryKey(),
    kind: text({ enum: ['verification', 'feed', 'event'] }).notNull(),
    /** The subscription or webhook; null for a verification, which has its intent. */
    target: uuid(),
    host: text().notNull(),
    intent: jsonb().$type<Intent>(),
    event: text({ enum: webhookEvents }),
    /** The story of an event; what is said of it is asked of the graph when it is sent. */
    storyId: uuid(),
    slug: text(),
    /** When that happened which it tells of. */
    at: moment().notNull(),
    attempts: integer().notNull().default(0),
    /** When to try next; while it is taken, when whoever took it is given up. */
    nextAttemptAt: moment().notNull(),
    isTaken: boolean().notNull().default(false),
    /** "dropped" where there was nothing to send any more, or nobody who wants it. */
    state: text({ enum: ['pending', 'delivered', 'dead', 'dropped'] })
      .notNull()
      .default('pending'),
    lastStatus: integer(),
    log: jsonb().$type<Attempt[]>().notNull().default([]),
    endedAt: moment(),
  },
  (table) => [
    index('deliveries_due').on(table.host, table.nextAttemptAt).where(sql`state = 'pending'`),
    index().on(table.target, table.at),
    index().on(table.endedAt),
  ],
);
