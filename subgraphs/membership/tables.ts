/** What Membership keeps. */
import { integer, jsonb, pgSchema, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { outboxTable } from '../outbox.ts';
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
  },
  (table) => [uniqueIndex().on(table.emailKey)],
);

/** How many members have not left: one row, kept in step by the transactions that write members. */
export const memberCounts = schema.table('member_counts', {
  id: integer().primaryKey(),
  total: integer().notNull(),
});

/** The words to all members: one row. */
export const community = schema.table('community', { ...content(), thankYouMessage: text().notNull() });
