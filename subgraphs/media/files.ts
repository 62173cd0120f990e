/** The media folders, and the valid names of original files. */
import { join } from 'node:path';

/** The folder for original pictures, videos and captions, without subfolders. */
export const originalsIn = (dataDir: string) => join(dataDir, 'media', 'originals');

/** The folder for renditions, a cache that may be emptied at any time. */
export const renditionsIn = (dataDir: string) => join(dataDir, 'media', 'renditions');

/** Whether a text is a valid file name of an original: not hidden, without folders. */
export function isOriginalFile(name: string): boolean {
  return name.length <= 100 && /^[^./\\:\p{Control}][^/\\:\p{Control}]*$/u.test(name);
}
