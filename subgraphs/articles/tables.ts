/**
 * The tables of Articles. A "list" is anything that stories are listed under: a section, a tag, an author. All three
 * have a name and a slug and are paginated in the same way, so they share one table and one index.
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
/** A text in byte order, so that an index supports prefix searches. */
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

/** A byline in the story's row; the author's name and slug are in `lists`. */
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

/** All of a story but its body, so that a list reads one table. */
export const articles = schema.table(
  'articles',
  {
    id: uuid().primaryKey(),
    sourceId: text().notNull(),
    contentHash: text().notNull(),
    /** Increases with each write of the story, for optimistic locking. */
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
    /** The later of publication and embargo. Before it, the story does not exist for readers. */
    visibleFrom: moment(),
    pubStatus: text().$type<PubStatus>().notNull(),
    withdrawnAt: moment(),
    withdrawnReason: text(),
    /** When readers who had seen the story last ceased to see it, by the clock of the store; null if they never did. */
    removedAt: moment(),
    urgency: smallint(),
    breaking: boolean().notNull(),
    wordCount: integer().notNull(),
    readingTimeMinutes: integer().notNull(),
    visibility: text().$type<Visibility>().notNull(),
    requiredTierIds: uuid().array().notNull(),
    leadMedia: jsonb().$type<LeadMediaContent>(),
    /** Media ids of pictures and videos that every reader of the story sees. */
    openMediaIds: uuid().array().notNull().default(sql`'{}'`),
    /** Media ids of those in gated parts only. */
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
    // Covers the archive query, so that it is an index-only scan.
    index('articles_by_visible_month')
      .on(sql`date_trunc('month', visible_from at time zone 'UTC')`, table.dateModified, table.visibleFrom)
      .where(sql`pub_status = 'USABLE'`),
    index('articles_withdrawn').on(table.withdrawnAt, table.id).where(sql`pub_status = 'CANCELED'`),
    index('articles_removed').on(table.removedAt, table.id).where(sql`removed_at is not null`),
  ],
);

export const bodies = schema.table(
  'bodies',
  {
    articleId: uuid().primaryKey(),
    blocks: jsonb().$type<Block[]>().notNull(),
    /** The text that is public. Search and its highlights use nothing else. */
    freeText: text().notNull(),
    search: tsvector().notNull(),
    /** The version of the rules that `search` was made by. */
    searchForm: smallint().notNull().default(0),
  },
  (table) => [
    index('bodies_search').using('gin', table.search),
    index('bodies_to_index').on(table.articleId).where(sql`search_form < 1`),
  ],
);

/** Every slug that a story has had; the current one is in `articles` too. */
export const slugs = schema.table('slugs', { slug: text().primaryKey(), articleId: uuid().notNull() });

/** Which list a story is in, and from when. */
export const listings = schema.table(
  'listings',
  { listId: uuid().notNull(), visibleFrom: moment().notNull(), articleId: uuid().notNull() },
  (table) => [primaryKey({ columns: [table.listId, table.visibleFrom, table.articleId] })],
);

/** A story's main terms, for finding similar stories. Within a term, stories are ordered by weight. */
export const keywords = schema.table(
  'keywords',
  { keyword: cText().notNull(), weight: smallint().notNull(), articleId: uuid().notNull() },
  (table) => [primaryKey({ columns: [table.keyword, table.weight, table.articleId] })],
);

/** The data for comparing a story with others. */
export const profiles = schema.table('profiles', {
  articleId: uuid().primaryKey(),
  /** Terms for finding similar stories, the most important first, with their weights in thousandths. */
  terms: text().array().notNull(),
  weights: smallint().array().notNull(),
  /** The terms of the headline, with their rarity in hundredths. */
  title: text().array().notNull(),
  titleWeights: smallint().array().notNull(),
  /** Fingerprints of its text. */
  prints: integer().array().notNull(),
});

/**
 * Every term of public text, with the number of stories that contain it. The empty word has the number of all stories.
 */
export const vocabulary = schema.table('vocabulary', {
  word: cText().primaryKey(),
  stories: integer().notNull(),
});

/** Words by spelling keys: parts that a typing mistake leaves unchanged, and their stems in each language. */
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
