/** What is kept of what Ghost has told: for minutes, so that nothing is taken twice and nothing older after what is newer. */
import { boolean, index, pgSchema, text, timestamp } from 'drizzle-orm/pg-core';

export const schema = pgSchema('webhooks');

const moment = () => timestamp({ withTimezone: true, precision: 3 });

/** The signatures that were taken. */
export const received = schema.table(
  'received',
  { signature: text().primaryKey(), receivedAt: moment().notNull() },
  (table) => [index().on(table.receivedAt)],
);

/** The newest state of each thing that was told: "post:6650...", "member:6650...". */
export const latest = schema.table(
  'latest',
  {
    source: text().primaryKey(),
    updatedAt: moment().notNull(),
    /** Of two states of one second, the one that was sent later is the newer one. */
    sentAt: moment().notNull(),
    /** Deleted in Ghost, where nothing comes back under the same id. */
    isGone: boolean().notNull(),
    receivedAt: moment().notNull(),
  },
  (table) => [index().on(table.receivedAt)],
);
