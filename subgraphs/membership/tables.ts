/** The tables of Membership. */
import {
  boolean,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { outboxTable } from '../store/outbox.ts';
import type { MemberStatus, TierContent } from './content.ts';

export const schema = pgSchema('membership');

export const outbox = outboxTable(schema);

const moment = () => timestamp({ withTimezone: true, precision: 3 });

/** The columns of all content tables. */
const content = () => ({
  id: uuid().primaryKey(),
  sourceId: text().notNull(),
  contentHash: text().notNull(),
  updatedAt: moment().notNull(),
});

export const tiers = schema.table(
  'tiers',
  {
    ...content(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text(),
    type: text().$type<TierContent['type']>().notNull(),
    prices: jsonb().$type<TierContent['prices']>().notNull(),
    trialDays: integer().notNull(),
    benefits: text().array().notNull(),
  },
  (table) => [uniqueIndex().on(table.slug)],
);

export const newsletters = schema.table(
  'newsletters',
  { ...content(), slug: text().notNull(), name: text().notNull(), description: text() },
  (table) => [uniqueIndex().on(table.slug)],
);

export const campaigns = schema.table(
  'campaigns',
  {
    ...content(),
    slug: text().notNull(),
    name: text().notNull(),
    goal: integer().notNull(),
    startsAt: moment().notNull(),
    endsAt: moment(),
    callToAction: text().notNull(),
    url: text().notNull(),
  },
  (table) => [uniqueIndex().on(table.slug)],
);

export const members = schema.table(
  'members',
  {
    ...content(),
    email: text().notNull(),
    /** The comparison key of the address. */
    emailKey: text().notNull(),
    name: text(),
    status: text().$type<MemberStatus>().notNull(),
    tierIds: uuid().array().notNull(),
    newsletterIds: uuid().array().notNull(),
    stripeCustomerId: text(),
    labels: text().array().notNull(),
    note: text(),
    memberSince: moment().notNull(),
    /** Set when the member has left: the row is kept, but not counted. */
    deletedAt: moment(),
    /**
     * When the status, the tiers or the membership itself last changed. Access tokens with an earlier status are no
     * longer valid.
     */
    standingChangedAt: moment(),
  },
  (table) => [uniqueIndex().on(table.emailKey), index().on(table.standingChangedAt)],
);

/** Mailed links that are not used yet. */
export const signInLinks = schema.table(
  'sign_in_links',
  {
    /** The SHA-256 of the link's token, which is not stored itself. */
    tokenHash: text().primaryKey(),
    email: text().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);

/** Families of refresh tokens, one row each. Any token of a family other than the current one is recognised as used. */
export const sessions = schema.table(
  'sessions',
  {
    /** The SHA-256 of the family's common prefix. */
    familyHash: text().primaryKey(),
    /** The SHA-256 of the current token. */
    tokenHash: text().notNull(),
    /** The SHA-256 of the previous token. */
    previousHash: text(),
    memberId: uuid().notNull(),
    renewedAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.memberId), index().on(table.expiresAt)],
);

/** Rate limit counters within a time window, under hashed keys. */
export const tallies = schema.table(
  'tallies',
  { key: text().primaryKey(), count: integer().notNull(), endsAt: moment().notNull() },
  (table) => [index().on(table.endsAt)],
);

/** The number of current members: one row, updated by the transactions that write members. */
export const memberCounts = schema.table('member_counts', {
  id: integer().primaryKey(),
  total: integer().notNull(),
});

/** The message to all members: one row. */
export const community = schema.table('community', { ...content(), thankYouMessage: text().notNull() });

/** Processed Stripe events, so that each is processed once. */
export const stripeEvents = schema.table(
  'stripe_events',
  { id: text().primaryKey(), receivedAt: moment().notNull() },
  (table) => [index().on(table.receivedAt)],
);

/** The latest data of Stripe customers. The order columns are sort keys that are greater for newer data. */
export const stripeCustomers = schema.table(
  'stripe_customers',
  {
    id: text().primaryKey(),
    email: text(),
    emailOrder: text().notNull().default(''),
    /** The changed address, if the customer changed it. */
    changedEmail: text(),
    changedEmailOrder: text().notNull().default(''),
    name: text(),
    isDeleted: boolean().notNull().default(false),
    /** The earliest reported time. */
    since: moment().notNull(),
    /** The linked member, once found or created. */
    memberId: uuid(),
    /**
     * Whether the member was created from the customer, or had its customer id: the customer's address is then the
     * member's.
     */
    isOwn: boolean().notNull().default(false),
    /** Whether the member was created from the customer. */
    hasMade: boolean().notNull().default(false),
    /** The tiers that the member had before. */
    tierIds: uuid().array().notNull().default([]),
  },
  (table) => [index().on(table.memberId)],
);

/** The latest data of Stripe subscriptions. */
export const stripeSubscriptions = schema.table(
  'stripe_subscriptions',
  {
    id: text().primaryKey(),
    customerId: text().notNull(),
    status: text().notNull(),
    statusOrder: text().notNull(),
    /** The texts that may name the tier of each price; the first existing tier is used. */
    tiers: jsonb().$type<string[][]>().notNull(),
    tiersOrder: text().notNull(),
  },
  (table) => [index().on(table.customerId)],
);
