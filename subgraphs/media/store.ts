/** The only SQL of Media. */
import { asc, count, desc, gt, lt, sql } from 'drizzle-orm';
import type { PageRequest } from '../connection.ts';
import type { Database, Sql } from '../database.ts';
import { isId } from '../identity.ts';
import { type Put, putRows } from '../put.ts';
import type { ImageContent, VideoContent } from './content.ts';
import { type ImageRow, imageRowOf, type VideoRow, videoRowOf } from './rows.ts';
import { images, outbox, videos } from './tables.ts';

export type { ImageRow, VideoRow } from './rows.ts';

export type MediaStore = ReturnType<typeof openMediaStore>;

/** The store over a database whose migrations are applied. `clock` tells the time that writing is stamped with. */
export function openMediaStore({ sql: db }: Database, clock: () => Date = () => new Date()) {
  const imagesByIds = db
    .select()
    .from(images)
    .where(sql`${images.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('images_by_ids');
  const videosByIds = db
    .select()
    .from(videos)
    .where(sql`${videos.id} = any(${sql.placeholder('ids')}::uuid[])`)
    .prepare('videos_by_ids');

  return {
    /** In the order of the ids; a missing one as null. */
    async imagesByIds(ids: readonly string[]): Promise<(ImageRow | null)[]> {
      return inOrder(ids, await imagesByIds.execute({ ids: ids.filter(isId) }));
    },

    /** In the order of the ids; a missing one as null. */
    async videosByIds(ids: readonly string[]): Promise<(VideoRow | null)[]> {
      return inOrder(ids, await videosByIds.execute({ ids: ids.filter(isId) }));
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

    async countVideos(): Promise<number> {
      const [row] = await db.select({ total: count() }).from(videos);
      return row?.total ?? 0;
    },

    putImages: ((items, by) =>
      db.transaction(async (transaction) => {
        const at = clock();
        const rows = items.map((item) => imageRowOf(item, at));
        const putting = { table: images, outbox, type: 'Image', rows, by, at };
        return (await putRows(transaction as Sql, putting)).outcomes;
      })) satisfies Put<ImageContent>,

    putVideos: ((items, by) =>
      db.transaction(async (transaction) => {
        const at = clock();
        const rows = items.map((item) => videoRowOf(item, at));
        const putting = { table: videos, outbox, type: 'Video', rows, by, at };
        return (await putRows(transaction as Sql, putting)).outcomes;
      })) satisfies Put<VideoContent>,
  };
}

function inOrder<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}
