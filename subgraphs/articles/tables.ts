/**
 * What Articles keeps. A "list" is whatever stories are listed under: a section, a tag, an author. All three
 * have a name and a slug, and all three are paged in the same way, so they share one table and one index.
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  customType,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { outboxTable } from '../store/outbox.ts';
import type { Block, Visibility } from './blocks.ts';
import type {
  ArticleContent,
  ContributorRole,
  CorrectionType,
  Genre,
  LeadMediaContent,
  PubStatus,
} from './content.ts';

export const schema = pgSchema('articles');

export const outbox = outboxTable(schema);

const moment = () => timestamp({ withTimezone: true, precision: 3 });
/** A text that is ordered by its bytes, so that an index finds what begins with something. */
const cText = customType<{ data: string }>({ dataType: () => 'text collate "C"' });
const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export type ListKind = 'SECTION' | 'TAG' | 'AUTHOR';

export const lists = schema.table(
  'lists',
  {
    id: uuid().primaryKey(),
    kind: text().$type<ListKind>().notNull(),
    contentHash: text().notNull(),
    slug: text().notNull(),
    name: text().notNull(),
    description: text(),
  },
  (table) => [uniqueIndex().on(table.kind, table.slug)],
);

/** A byline as the story's row keeps it; the author's name and slug are in `lists`. */
export interface StoredByline {
  role: ContributorRole;
  displayName: string;
  authorId: string | null;
}

export interface StoredCorrection {
  id: string;
  correctionType: CorrectionType;
  text: string;
  /** ISO 8601. */
  datePublished: string;
}

/** Everything of a story but its body, so that a list reads one table. */
export const articles = schema.table(
  'articles',
  {
    id: uuid().primaryKey(),
    sourceId: text().notNull(),
    contentHash: text().notNull(),
    /** Counts each writing of the story, so that an editor can say which one they saw. */
    revision: integer().notNull().default(1),
    slug: text().notNull(),
    headline: text().notNull(),
    alternativeHeadline: text(),
    kicker: text(),
    standfirst: text(),
    abstract: text(),
    dateline: text(),
    genre: text().$type<Genre>().notNull(),
    sectionId: uuid().notNull(),
    tagIds: uuid().array().notNull(),
    authorIds: uuid().array().notNull(),
    bylines: jsonb().$type<StoredByline[]>().notNull(),
    inLanguage: text().notNull(),
    dateFirstPublished: moment(),
    datePublished: moment(),
    dateModified: moment().notNull(),
    embargoedUntil: moment(),
    /** The later of publication and embargo: before it, the story does not exist for readers. */
    visibleFrom: moment(),
    pubStatus: text().$type<PubStatus>().notNull(),
    withdrawnAt: moment(),
    withdrawnReason: text(),
    urgency: smallint(),
    breaking: boolean().notNull(),
    wordCount: integer().notNull(),
    readingTimeMinutes: integer().notNull(),
    visibility: text().$type<Visibility>().notNull(),
    requiredTierIds: uuid().array().notNull(),
    leadMedia: jsonb().$type<LeadMediaContent>(),
    /** The pictures and videos that anybody who may see the story sees, by Media's ids. */
    openMediaIds: uuid().array().notNull().default(sql`'{}'`),
    /** Those that stand only where not everybody may read. */
    gatedMediaIds: uuid().array().notNull().default(sql`'{}'`),
    corrections: jsonb().$type<StoredCorrection[]>().notNull(),
    relatedSlugs: text().array().notNull(),
    source: jsonb().$type<NonNullable<ArticleContent['source']>>(),
    copyrightNotice: text(),
    usageTerms: text(),
    usageRights: jsonb().$type<NonNullable<ArticleContent['usageRights']>>(),
    canonicalUrl: text(),
  },
  (table) => [
    uniqueIndex().on(table.slug),
    index('articles_by_visible_from').on(table.visibleFrom, table.id).where(sql`pub_status = 'USABLE'`),
    index('articles_by_last_change')
      .on(sql`greatest(date_modified, visible_from)`, table.id)
      .where(sql`pub_status = 'USABLE'`),
    index('articles_breaking_by_visible_from')
      .on(table.visibleFrom, table.id)
      .where(sql`breaking and pub_status = 'USABLE'`),
    // All that a question for months asks, so that it is answered without the rows.
    index('articles_by_visible_month')
      .on(sql`date_trunc('month', visible_from at time zone 'UTC')`, table.dateModified, table.visibleFrom)
      .where(sql`pub_status = 'USABLE'`),
    index('articles_withdrawn').on(table.withdrawnAt, table.id).where(sql`pub_status = 'CANCELED'`),
  ],
);

export const bodies = schema.table(
  'bodies',
  {
    articleId: uuid().primaryKey(),
    blocks: jsonb().$type<Block[]>().notNull(),
    /** What anybody may read: search and its highlights never see more. */
    freeText: text().notNull(),
    search: tsvector().notNull(),
    /** By which rules `search` was made. */
    searchForm: smallint().notNull().default(0),
  },
  (table) => [
    index('bodies_search').using('gin', table.search),
    index('bodies_to_index').on(table.articleId).where(sql`search_form < 1`),
  ],
);

/** Every slug that a story has had; the present one stands in `articles` too. */
export const slugs = schema.table('slugs', { slug: text().primaryKey(), articleId: uuid().notNull() });

/** Which story stands in which list, and from when. */
export const listings = schema.table(
  'listings',
  { listId: uuid().notNull(), visibleFrom: moment().notNull(), articleId: uuid().notNull() },
  (table) => [primaryKey({ columns: [table.listId, table.visibleFrom, table.articleId] })],
);

/** The terms that a story is about most, for finding others like it: of each term the stories that are most about it stand last. */
export const keywords = schema.table(
  'keywords',
  { keyword: cText().notNull(), weight: smallint().notNull(), articleId: uuid().notNull() },
  (table) => [primaryKey({ columns: [table.keyword, table.weight, table.articleId] })],
);

/** What a story is compared by with others. */
export const profiles = schema.table('profiles', {
  articleId: uuid().primaryKey(),
  /** Terms by which others like it are looked for, what it is about most first, and how much it is about each, in thousandths. */
  terms: text().array().notNull(),
  weights: smallint().array().notNull(),
  /** The terms of its headline, and how rare each was, in hundredths. */
  title: text().array().notNull(),
  titleWeights: smallint().array().notNull(),
  /** Fingerprints of its text. */
  prints: integer().array().notNull(),
});

/** Every term of a story that anybody may read, and in how many stories it stands; under the empty word, how many stories there are. */
export const vocabulary = schema.table('vocabulary', {
  word: cText().primaryKey(),
  stories: integer().notNull(),
});

/** Words by what is alike of them: parts that a typing mistake leaves as they are, and their stems in each language. */
export const spellings = schema.table(
  'spellings',
  { key: cText().notNull(), word: cText().notNull() },
  (table) => [primaryKey({ columns: [table.key, table.word] })],
);

/** Links in a story's text to other stories of ours, in order. */
export const links = schema.table(
  'links',
  { articleId: uuid().notNull(), position: integer().notNull(), slug: text().notNull() },
  (table) => [primaryKey({ columns: [table.articleId, table.position] })],
);
