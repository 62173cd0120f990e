/** The store of Media, with all of its SQL. */
import { and, asc, count, desc, eq, gt, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { KeysetPageRequest } from '../graph/connection.ts';
import { isId } from '../store/contentId.ts';
import { countedAtMost } from '../store/countLimit.ts';
import { type Database, preparedForms } from '../store/database.ts';
import { editOf } from '../store/editRow.ts';
import { putOf } from '../store/putContent.ts';
import { type ImageRow, imageRowOf, type VideoRow, videoRowOf } from './rows.ts';
import { isImageShown, isVideoShown, type Viewer } from './shown.ts';
import { earlierVersions, images, outbox, videos } from './tables.ts';
import { openUses } from './uses.ts';

export type { ImageRow, VideoRow } from './rows.ts';

export type MediaStore = ReturnType<typeof openMediaStore>;

/**
 * Opens the store on a database whose migrations are applied. `clock` gives the time of writes and decides what is
 * visible.
 */
export function openMediaStore({ sql: db, read }: Database, clock: () => Date = () => new Date()) {
  const now = () => clock().toISOString();
  const byIds = {
    images: preparedForms((name, viewer: Viewer) =>
      read(
        `images_by_ids_${name}`,
        db
          .select()
          .from(images)
          .where(and(anyOf(images.id), viewer === 'editor' ? undefined : isImageShown(viewer))),
      ),
    ),
    videos: preparedForms((name, viewer: Viewer) =>
      read(
        `videos_by_ids_${name}`,
        db
          .select()
          .from(videos)
          .where(and(anyOf(videos.id), viewer === 'editor' ? undefined : isVideoShown(viewer))),
      ),
    ),
  };
  const listCondition = (viewer: Viewer) =>
    viewer === 'editor'
      ? undefined
      : and(isVideoShown('named'), lte(videos.uploadDate, sql.placeholder('now')));
  const files = preparedForms((name, viewer: Viewer) =>
    read(
      `files_${name}`,
      db
        .select({ id: videos.id })
        .from(videos)
        .where(
          and(
            sql`(${videos.file} = ${sql.placeholder('file')} or ${videos.captions} @> ${sql.placeholder('track')}::jsonb)`,
            viewer === 'editor' ? undefined : isVideoShown(viewer),
          ),
        )
        .limit(1),
    ),
  );

  return {
    /** In the order of the ids; null for a picture that is missing or not visible. */
    async imagesByIds(ids: readonly string[], viewer: Viewer): Promise<(ImageRow | null)[]> {
      return inOrder(ids, await byIds.images(viewer, viewer)({ ids: ids.filter(isId), now: now() }));
    },

    /** The same for videos. */
    async videosByIds(ids: readonly string[], viewer: Viewer): Promise<(VideoRow | null)[]> {
      return inOrder(ids, await byIds.videos(viewer, viewer)({ ids: ids.filter(isId), now: now() }));
    },

    /** Whether a picture had this version before the current one. */
    async hadVersion(id: string, version: string): Promise<boolean> {
      const { imageId } = earlierVersions;
      const rows = await db
        .select({ imageId })
        .from(earlierVersions)
        .where(and(eq(imageId, id), eq(earlierVersions.version, version)));
      return rows.length > 0;
    },

    /** Whether a visible video has this file, or captions in it. */
    async isFileShown(file: string, viewer: Viewer): Promise<boolean> {
      const track = JSON.stringify([{ url: `/media/originals/${file}` }]);
      return (await files(viewer, viewer)({ file, track, now: now() })).length > 0;
    },

    /** A page, latest first, in reading direction, with one extra row if there are more. */
    async listVideos({ limit, isBackward, key }: KeysetPageRequest, viewer: Viewer): Promise<VideoRow[]> {
      const [beyond, direction] = isBackward ? [gt, asc] : [lt, desc];
      const position = sql`(${videos.uploadDate}, ${videos.id})`;
      const place = key && beyond(position, sql`(${key[0]}::timestamptz, ${key[1]}::uuid)`);
      const page = db
        .select()
        .from(videos)
        .where(and(place, listCondition(viewer)))
        .orderBy(direction(videos.uploadDate), direction(videos.id))
        .limit(limit + 1);
      return page.prepare('').execute({ now: now() });
    },

    /** Whether neither a picture nor a video is stored. */
    async isEmpty(): Promise<boolean> {
      const some = await db.select({ id: images.id }).from(images).limit(1);
      return some.length === 0 && (await db.select({ id: videos.id }).from(videos).limit(1)).length === 0;
    },

    /** The number of videos; `countedAtMost` if there are more. */
    async countVideos(viewer: Viewer): Promise<number> {
      const some = db
        .select({ id: videos.id })
        .from(videos)
        .where(listCondition(viewer))
        .limit(countedAtMost)
        .as('counted');
      const [row] = await db.select({ total: count() }).from(some).prepare('').execute({ now: now() });
      return row?.total ?? 0;
    },

    ...openUses(db),

    putImages: putOf(db, { table: images, outbox, type: 'Image', rowOf: imageRowOf, clock }),

    editImage: editOf(db, { table: images, outbox, type: 'Image', rowOf: imageRowOf, clock }),

    editVideo: editOf(db, { table: videos, outbox, type: 'Video', rowOf: videoRowOf, clock }),

    putVideos: putOf(db, { table: videos, outbox, type: 'Video', rowOf: videoRowOf, clock }),
  };
}

function inOrder<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

const anyOf = (id: typeof images.id | typeof videos.id): SQL =>
  sql`${id} = any(${sql.placeholder('ids')}::uuid[])`;
