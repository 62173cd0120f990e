/** What Media loads for one request, each list of keys with one question to the store. */
import DataLoader from 'dataloader';
import type { ImageRow, MediaStore, VideoRow } from './store.ts';

export type MediaLoaders = ReturnType<typeof createMediaLoaders>;

export function createMediaLoaders(store: MediaStore) {
  return {
    imageById: new DataLoader<string, ImageRow | null>((ids) => store.imagesByIds(ids)),
    videoById: new DataLoader<string, VideoRow | null>((ids) => store.videosByIds(ids)),
  };
}
