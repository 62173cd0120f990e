/** What is kept of partners and their keys; of a key only its hash. */
import {
  bigint,
  boolean,
  index,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Rights } from './partner.ts';

export const schema = pgSchema('partners');

const moment = () => timestamp({ withTimezone: true, precision: 3 });

export const partners = schema.table(
  'partners',
  {
    id: uuid().primaryKey(),
    name: text().notNull(),
    origins: text().array().notNull(),
    rights: jsonb().$type<Rights>().notNull(),
    /** Whether they may send operations that are not stored. */
    mayExplore: boolean().notNull(),
    /** Cost a minute; null for the one of PARTNER_QUOTA. */
    quota: bigint({ mode: 'number' }),
    createdAt: moment().notNull(),
  },
  (table) => [uniqueIndex().on(table.name)],
);

export const keys = schema.table(
  'keys',
  {
    prefix: text().primaryKey(),
    partnerId: uuid()
      .notNull()
      .references(() => partners.id),
    /** SHA-256 of the whole key. */
    hash: text().notNull(),
    createdAt: moment().notNull(),
    /** Set once another has come in its place. */
    expiresAt: moment(),
    revokedAt: moment(),
    /** To the minute. */
    lastUsedAt: moment(),
  },
  (table) => [index().on(table.partnerId)],
);
