/** What Media loads for one request, each list of keys with one question to the store. */
import DataLoader from 'dataloader';
import type { Seen } from './shown.ts';
import type { ImageRow, MediaStore, VideoRow } from './store.ts';

export type MediaLoaders = ReturnType<typeof createMediaLoaders>;

/** `isEditor`: whether pictures and videos are found that readers may not see. */
export function createMediaLoaders(store: MediaStore, { isEditor }: { isEditor: boolean }) {
  const imagesFor = (seen: Seen) =>
    new DataLoader<string, ImageRow | null>((ids) => store.imagesByIds(ids, isEditor ? 'editor' : seen));
  const videosFor = (seen: Seen) =>
    new DataLoader<string, VideoRow | null>((ids) => store.videosByIds(ids, isEditor ? 'editor' : seen));
  return {
    /** Shown by a story, an author or a video. */
    imageById: imagesFor('reached'),
    videoById: videosFor('reached'),
    /** Asked for by an id that somebody brought. */
    namedImageById: imagesFor('named'),
    namedVideoById: videosFor('named'),
  };
}
