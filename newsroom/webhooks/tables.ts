/** Tables for the order of webhooks: rows are kept for minutes, to reject repeated and outdated events. */
import { boolean, index, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const schema = pgSchema('webhooks');

const moment = () => timestamp({ withTimezone: true, precision: 3 });

/** Accepted signatures. */
export const received = schema.table(
  'received',
  { signature: text().primaryKey(), receivedAt: moment().notNull() },
  (table) => [index().on(table.receivedAt)],
);

/** The newest state of each record: "post:6650...", "member:6650...". */
export const latest = schema.table(
  'latest',
  {
    source: text().primaryKey(),
    updatedAt: moment().notNull(),
    /** Of two states of the same second, the one sent later is newer. */
    sentAt: moment().notNull(),
    /** Deleted in Ghost, which never reuses an id. */
    isGone: boolean().notNull(),
    receivedAt: moment().notNull(),
  },
  (table) => [index().on(table.receivedAt)],
);
