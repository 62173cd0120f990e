/** What Media keeps. */
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

/** What pictures and videos have alike. */
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
  /** The words in which the credit came. */
  originalCredit: text(),
  copyrightNotice: text(),
  usageTerms: text(),
  licence: text(),
  acquireLicencePage: text(),
  syndicatable: boolean().notNull(),
  embeddable: boolean().notNull(),
  expires: moment(),
  /** From when readers may see it whatever uses it; null: only what uses it shows it. */
  visibleFrom: moment(),
  updatedAt: moment().notNull(),
});

export const images = schema.table('images', {
  ...asset(),
  /** Changes with everything that a reader sees in the file, so that addresses never go stale. */
  version: text().notNull(),
  /** Pixels of what is served; of a placeholder where `sizeIsKnown` is false. */
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

/** The versions that pictures had before, for addresses that others have kept; a trigger of the database writes them. */
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

/** Which pictures and videos something shows that has a time for readers: stories and authors. */
export const uses = schema.table(
  'uses',
  {
    mediaId: uuid().notNull(),
    userId: uuid().notNull(),
    visibleFrom: moment().notNull(),
    /** Whether everybody sees it who may see the user, or only some of them. */
    isOpen: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.mediaId, table.userId] }), index().on(table.userId)],
);

/** Of which writing of each user its uses are. */
export const users = schema.table('users', {
  id: uuid().primaryKey(),
  version: bigint({ mode: 'number' }).notNull(),
});

/** How far the outboxes of others have been followed. */
export const followed = schema.table('followed', {
  source: text().primaryKey(),
  position: bigint({ mode: 'number' }).notNull(),
});
