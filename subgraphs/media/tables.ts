/** What Media keeps. */
import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgSchema,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { outboxTable } from '../outbox.ts';
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
  (table) => [index().on(table.uploadDate, table.id)],
);
