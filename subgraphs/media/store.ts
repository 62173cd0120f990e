/** The only SQL of Media. */
import { asc, count, desc, gt, lt, sql } from 'drizzle-orm';
import type { PageRequest } from '../connection.ts';
import type { Database } from '../database.ts';
import { editOf } from '../edit.ts';
import { isId } from '../identity.ts';
import { putOf } from '../put.ts';
import { type ImageRow, imageRowOf, type VideoRow, videoRowOf } from './rows.ts';
import { images, outbox, videos } from './tables.ts';

export type { ImageRow, VideoRow } from './rows.ts';

export type MediaStore = ReturnType<typeof openMediaStore>;

/** The store over a database whose migrations are applied. `clock` tells the time that writing is stamped with. */
export function openMediaStore({ sql: db, read }: Database, clock: () => Date = () => new Date()) {
  const imagesByIds = read(
    'images_by_ids',
    db
      .select()
      .from(images)
      .where(sql`${images.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const videosByIds = read(
    'videos_by_ids',
    db
      .select()
      .from(videos)
      .where(sql`${videos.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );

  return {
    /** In the order of the ids; a missing one as null. */
    async imagesByIds(ids: readonly string[]): Promise<(ImageRow | null)[]> {
      return inOrder(ids, await imagesByIds({ ids: ids.filter(isId) }));
    },

    /** In the order of the ids; a missing one as null. */
    async videosByIds(ids: readonly string[]): Promise<(VideoRow | null)[]> {
      return inOrder(ids, await videosByIds({ ids: ids.filter(isId) }));
    },

    /** A page, latest first, one row more than the limit where there is one, in reading direction. */
    listVideos({ limit, isBackward, key }: PageRequest): Promise<VideoRow[]> {
      const [beyond, direction] = isBackward ? [gt, asc] : [lt, desc];
      const position = sql`(${videos.uploadDate}, ${videos.id})`;
      return db
        .select()
        .from(videos)
        .where(key && beyond(position, sql`(${key[0]}::timestamptz, ${key[1]}::uuid)`))
        .orderBy(direction(videos.uploadDate), direction(videos.id))
        .limit(limit + 1);
    },

    /** Whether neither a picture nor a video is stored. */
    async isEmpty(): Promise<boolean> {
      const some = await db.select({ id: images.id }).from(images).limit(1);
      return some.length === 0 && (await db.select({ id: videos.id }).from(videos).limit(1)).length === 0;
    },

    async countVideos(): Promise<number> {
      const [row] = await db.select({ total: count() }).from(videos);
      return row?.total ?? 0;
    },

    putImages: putOf(db, { table: images, outbox, type: 'Image', rowOf: imageRowOf, clock }),

    editImage: editOf(db, { table: images, outbox, type: 'Image', rowOf: imageRowOf, clock }),

    editVideo: editOf(db, { table: videos, outbox, type: 'Video', rowOf: videoRowOf, clock }),

    putVideos: putOf(db, { table: videos, outbox, type: 'Video', rowOf: videoRowOf, clock }),
  };
}

function inOrder<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}
