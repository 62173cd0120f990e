/**
 * The tables of push. Secrets are stored in plain text, since signing needs them; so whoever can read this schema can
 * sign deliveries, and only push may read it.
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

/** The position in the outbox of Articles: one row. */
export const following = schema.table('following', {
  id: smallint().primaryKey().default(1),
  position: bigint({ mode: 'number' }).notNull(),
  /** Changes up to this position are older than push: their articles are recorded and not delivered. */
  silentUntil: bigint({ mode: 'number' }).notNull(),
  /** Counts the steps. A step whose number is out of date writes nothing. */
  step: bigint({ mode: 'number' }).notNull().default(0),
});

/** The last seen state of each article. Comparing it with the current state gives the event. */
export const stories = schema.table(
  'stories',
  {
    id: uuid().primaryKey(),
    isVisible: boolean().notNull(),
    /** The names of the feeds that show the article, or will. */
    feeds: text().array().notNull(),
    /** Its future publication time, which has no outbox row. */
    appearsAt: moment(),
  },
  (table) => [index().on(table.appearsAt).where(sql`appears_at is not null`)],
);

/** Verified WebSub subscriptions. */
export const subscriptions = schema.table(
  'subscriptions',
  {
    id: uuid().primaryKey().defaultRandom(),
    /** The URL of the feed. */
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

/** Webhooks of partners. */
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

/** A request to the hub whose intent is not verified yet. */
export interface Intent {
  mode: 'subscribe' | 'unsubscribe';
  topic: string;
  callback: string;
  leaseSeconds: number;
  secret: string | null;
}

/** An attempt in the log of a delivery. */
export interface Attempt {
  /** ISO 8601. */
  at: string;
  /** The status of the response, if any. */
  status: number | null;
  /** The error message of a failed attempt. */
  problem: string | null;
  ms: number;
}

/** Requests to send: verifications of intent, feeds for subscribers, events for webhooks. */
export const deliveries = schema.table(
  'deliveries',
  {
    /** The same for every attempt, so that receivers can recognize duplicates. */
    id: uuid().primaryKey(),
    kind: text({ enum: ['verification', 'feed', 'event'] }).notNull(),
    /** The id of the subscription or webhook; null for a verification, which has `intent`. */
    target: uuid(),
    host: text().notNull(),
    intent: jsonb().$type<Intent>(),
    event: text({ enum: webhookEvents }),
    /** The article of an event. Its content is read when the event is sent. */
    storyId: uuid(),
    slug: text(),
    /** When the event happened. */
    at: moment().notNull(),
    attempts: integer().notNull().default(0),
    /** When the next attempt is due; under a lease, when the lease ends. */
    nextAttemptAt: moment().notNull(),
    isTaken: boolean().notNull().default(false),
    /** "dropped" when the target has ended, or when the event no longer holds. */
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
