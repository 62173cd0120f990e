/** The tables of Authors. */
import { boolean, index, jsonb, pgSchema, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { outboxTable } from '../store/outbox.ts';
import type { AuthorContent } from './content.ts';

export const schema = pgSchema('authors');

export const outbox = outboxTable(schema);

export const authors = schema.table(
  'authors',
  {
    id: uuid().primaryKey(),
    sourceId: text().notNull(),
    contentHash: text().notNull(),
    slug: text().notNull(),
    name: text().notNull(),
    givenName: text(),
    familyName: text(),
    jobTitle: text(),
    desk: text(),
    bio: text(),
    longBio: text(),
    avatarId: uuid(),
    location: text(),
    knowsAbout: text().array().notNull(),
    knowsLanguage: text().array().notNull(),
    sameAs: jsonb().$type<NonNullable<AuthorContent['sameAs']>>().notNull(),
    email: text(),
    isStaff: boolean().notNull(),
    updatedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [uniqueIndex().on(table.slug), index().on(table.name, table.id)],
);
