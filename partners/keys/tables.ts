/** The tables of partners and their API keys. Of a key only the hash is stored. */
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
    /** Whether the partner may send operations that are not stored. */
    mayExplore: boolean().notNull(),
    /** Cost per minute; null for the default, PARTNER_QUOTA. */
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
    /** Set when the key is replaced by another. */
    expiresAt: moment(),
    revokedAt: moment(),
    /** With a precision of a minute. */
    lastUsedAt: moment(),
  },
  (table) => [index().on(table.partnerId)],
);
