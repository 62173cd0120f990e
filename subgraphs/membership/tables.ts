/** What Membership keeps. */
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

/** What everything that is put has alike. */
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
    /** The address in the form in which two are compared. */
    emailKey: text().notNull(),
    name: text(),
    status: text().$type<MemberStatus>().notNull(),
    tierIds: uuid().array().notNull(),
    newsletterIds: uuid().array().notNull(),
    stripeCustomerId: text(),
    labels: text().array().notNull(),
    note: text(),
    memberSince: moment().notNull(),
    /** Left: kept, and not counted. */
    deletedAt: moment(),
    /** When the status, the tiers or being a member changed last: tokens that tell of an earlier standing hold no more. */
    standingChangedAt: moment(),
  },
  (table) => [uniqueIndex().on(table.emailKey), index().on(table.standingChangedAt)],
);

/** Links that were mailed and not used yet. */
export const signInLinks = schema.table(
  'sign_in_links',
  {
    /** SHA-256 of the token in the link, which itself is kept nowhere. */
    tokenHash: text().primaryKey(),
    email: text().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.expiresAt)],
);

/** Families of refresh tokens, a row each: every token of a family but the one that holds now is known by being another. */
export const sessions = schema.table(
  'sessions',
  {
    /** SHA-256 of what all tokens of the family begin with. */
    familyHash: text().primaryKey(),
    /** SHA-256 of the token that holds. */
    tokenHash: text().notNull(),
    /** SHA-256 of the one before it. */
    previousHash: text(),
    memberId: uuid().notNull(),
    renewedAt: moment().notNull(),
    expiresAt: moment().notNull(),
  },
  (table) => [index().on(table.memberId), index().on(table.expiresAt)],
);

/** How often something was tried within a time: by whom is told by a hash. */
export const tallies = schema.table(
  'tallies',
  { key: text().primaryKey(), count: integer().notNull(), endsAt: moment().notNull() },
  (table) => [index().on(table.endsAt)],
);

/** How many members have not left: one row, kept in step by the transactions that write members. */
export const memberCounts = schema.table('member_counts', {
  id: integer().primaryKey(),
  total: integer().notNull(),
});

/** The words to all members: one row. */
export const community = schema.table('community', { ...content(), thankYouMessage: text().notNull() });

/** Events of Stripe that were taken in, so that each is taken once. */
export const stripeEvents = schema.table(
  'stripe_events',
  { id: text().primaryKey(), receivedAt: moment().notNull() },
  (table) => [index().on(table.receivedAt)],
);

/** What was told of Stripe's customers last. An order is a text that is greater for what is newer. */
export const stripeCustomers = schema.table(
  'stripe_customers',
  {
    id: text().primaryKey(),
    email: text(),
    emailOrder: text().notNull().default(''),
    /** The address that they changed to, where they did. */
    changedEmail: text(),
    changedEmailOrder: text().notNull().default(''),
    name: text(),
    isDeleted: boolean().notNull().default(false),
    /** The earliest time that was told. */
    since: moment().notNull(),
    /** Whose they are, once somebody was found or made. */
    memberId: uuid(),
    /** Whether the member was made of the customer, or was known as it: then the customer's address is the member's. */
    isOwn: boolean().notNull().default(false),
    /** Whether the member was made of the customer. */
    hasMade: boolean().notNull().default(false),
    /** The tiers that the member had before. */
    tierIds: uuid().array().notNull().default([]),
  },
  (table) => [index().on(table.memberId)],
);

/** What was told of Stripe's subscriptions last. */
export const stripeSubscriptions = schema.table(
  'stripe_subscriptions',
  {
    id: text().primaryKey(),
    customerId: text().notNull(),
    status: text().notNull(),
    statusOrder: text().notNull(),
    /** What names the tier of each of its prices, the first that there is being meant. */
    tiers: jsonb().$type<string[][]>().notNull(),
    tiersOrder: text().notNull(),
  },
  (table) => [index().on(table.customerId)],
);
