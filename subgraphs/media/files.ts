/** The folders in which Media finds and keeps files, and which names may stand in them. */
import { join } from 'node:path';

/** Where newsrooms put the files of pictures, videos and captions, flat. */
export const originalsIn = (dataDir: string) => join(dataDir, 'media', 'originals');

/** Where renditions are kept; it may be emptied at any time. */
export const renditionsIn = (dataDir: string) => join(dataDir, 'media', 'renditions');

/** Whether a text can be the name of an original: a flat, visible name that leads nowhere else. */
export function isOriginalFile(name: string): boolean {
  return name.length <= 100 && /^[^./\\:\p{Control}][^/\\:\p{Control}]*$/u.test(name);
}
