/** The data loaders of Media for one request; each batch is one query. */
import DataLoader from 'dataloader';
import type { Viewer } from './shown.ts';
import type { ImageRow, MediaStore, VideoRow } from './store.ts';

export type MediaLoaders = ReturnType<typeof createMediaLoaders>;

/** With `isEditor`, pictures and videos that readers may not see are found too. */
export function createMediaLoaders(store: MediaStore, { isEditor }: { isEditor: boolean }) {
  const imagesFor = (viewer: Viewer) =>
    new DataLoader<string, ImageRow | null>((ids) => store.imagesByIds(ids, isEditor ? 'editor' : viewer));
  const videosFor = (viewer: Viewer) =>
    new DataLoader<string, VideoRow | null>((ids) => store.videosByIds(ids, isEditor ? 'editor' : viewer));
  return {
    /** For pictures and videos that a story, an author or a video refers to. */
    imageById: imagesFor('reached'),
    videoById: videosFor('reached'),
    /** For pictures and videos that a client requests by id. */
    namedImageById: imagesFor('named'),
    namedVideoById: videosFor('named'),
  };
}
