/** The tables of Media. */
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { outboxTable } from '../store/outbox.ts';
import type { SourceCategory, VideoContent } from './content.ts';

export const schema = pgSchema('media');

export const outbox = outboxTable(schema);

const moment = () => timestamp({ withTimezone: true, precision: 3 });

/** The columns that pictures and videos share. */
const asset = () => ({
  id: uuid().primaryKey(),
  sourceId: text().notNull(),
  contentHash: text().notNull(),
  originUrl: text(),
  /** A name below DATA_DIR/media/originals/. */
  file: text(),
  creatorName: text(),
  agency: text(),
  provider: text(),
  category: text().$type<SourceCategory>().notNull(),
  /** The original text of the credit. */
  originalCredit: text(),
  copyrightNotice: text(),
  usageTerms: text(),
  licence: text(),
  acquireLicencePage: text(),
  syndicatable: boolean().notNull(),
  embeddable: boolean().notNull(),
  expires: moment(),
  /** When readers may see it regardless of its uses; null: only a use makes it visible. */
  visibleFrom: moment(),
  updatedAt: moment().notNull(),
});

export const images = schema.table('images', {
  ...asset(),
  /** Changes whenever the served file changes, so that URLs never go stale. */
  version: text().notNull(),
  /** The size in pixels; that of a placeholder if `sizeIsKnown` is false. */
  width: integer().notNull(),
  height: integer().notNull(),
  sizeIsKnown: boolean().notNull(),
  encodingFormat: text().notNull(),
  altText: text(),
  caption: text(),
  copyrightHolder: text(),
  dateCreated: moment(),
  locationShown: text(),
  focalX: doublePrecision(),
  focalY: doublePrecision(),
});

/** The former versions of pictures, for URLs that others have stored; written by a database trigger. */
export const earlierVersions = schema.table(
  'earlier_versions',
  { imageId: uuid().notNull(), version: text().notNull() },
  (table) => [primaryKey({ columns: [table.imageId, table.version] })],
);

export const videos = schema.table(
  'videos',
  {
    ...asset(),
    headline: text().notNull(),
    description: text(),
    embedUrl: text(),
    duration: text(),
    uploadDate: moment().notNull(),
    posterId: uuid(),
    captions: jsonb().$type<NonNullable<VideoContent['captions']>>().notNull(),
  },
  (table) => [
    index().on(table.uploadDate, table.id),
    index().on(table.posterId),
    index().on(table.file),
    index('videos_captions').using('gin', table.captions),
  ],
);

/** The uses of pictures and videos in stories and authors that readers may see from some time on. */
export const uses = schema.table(
  'uses',
  {
    mediaId: uuid().notNull(),
    userId: uuid().notNull(),
    visibleFrom: moment().notNull(),
    /** Whether all readers of the user see it, or only some of them. */
    isOpen: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mediaId, table.userId] }), index().on(table.userId)],
);

/** The version of each user that its stored uses belong to. */
export const users = schema.table('users', {
  id: uuid().primaryKey(),
  version: bigint({ mode: 'number' }).notNull(),
});

/** The processed position in the outbox of each subgraph. */
export const followed = schema.table('followed', {
  source: text().primaryKey(),
  position: bigint({ mode: 'number' }).notNull(),
});
