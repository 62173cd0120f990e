/** Creates renditions with sharp and stores them on disk; draws placeholders for missing originals. */
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LRUCache } from 'lru-cache';
import sharp, { type Sharp } from 'sharp';
import { extensions } from './addresses.ts';
import { creditTextOf } from './credit.ts';
import { originalsIn, renditionsIn } from './files.ts';
import { drawPlaceholder } from './placeholder.ts';
import type { RenditionSize } from './rendition.ts';
import type { ImageRow } from './store.ts';
import { createTurns, type Turn } from './turns.ts';

/** The original exists, but cannot be decoded. */
class BrokenOriginal extends Error {
  override name = 'BrokenOriginal';
}

/** The formats of originals. SVG is excluded, since it can refer to other files. */
const readable = new Set<string | undefined>(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);
const limits = { limitInputPixels: 100_000_000 };
const memoryForPlaceholders = 16 * 1024 * 1024;

/** Renditions of the originals in `dataDir`. At most two are created at a time. */
export function createRenditions(dataDir: string) {
  const [originals, renditionsFolder] = [originalsIn(dataDir), renditionsIn(dataDir)];
  // sharp's cache is keyed by file name, so it would serve a replaced original from memory.
  sharp.cache(false);
  const turns = createTurns<Buffer | undefined>({ atOnce: 2, waiting: 200, waitingOfClient: 40 });
  const placeholders = new LRUCache<string, Buffer>({
    maxSize: memoryForPlaceholders,
    sizeCalculation: (picture) => picture.length,
  });

  return {
    /** The folder that the names from `fileOf` are relative to. */
    folder: renditionsFolder,

    /**
     * The file name of this rendition, which is created if missing; null if we do not hold the original. Rejects with a
     * `BrokenOriginal` if it cannot be decoded, with a `BusyError` if the queue is full.
     */
    async fileOf(
      image: ImageRow,
      size: RenditionSize,
      contentType: string,
      client: string,
    ): Promise<string | null> {
      if (image.file === null) return null;
      const original = join(originals, image.file);
      const originalStat = await stat(original).catch(() => null);
      if (!originalStat?.isFile()) return null;
      const name = nameOf(image, size, contentType);
      const renditionStat = await stat(join(renditionsFolder, name)).catch(() => null);
      // A rendition older than its original is created again.
      if (renditionStat && renditionStat.mtimeMs >= originalStat.mtimeMs) return name;
      await turns(
        name,
        () => make(image, original, size, contentType, join(renditionsFolder, name)),
        turnOf(client, contentType),
      );
      return name;
    },

    /** A placeholder of this size, with the caption and the credit. */
    async placeholderOf(
      image: ImageRow,
      { width, height }: RenditionSize,
      contentType: string,
      client: string,
    ) {
      const words = { caption: image.caption, credit: creditTextOf(image) };
      const key = `${nameOf(image, { width, height }, contentType)}?`;
      const cached = placeholders.get(key);
      if (cached) return cached;
      const drawn = await turns(
        key,
        () =>
          encodeAs(sharp(Buffer.from(drawPlaceholder(width, height, words)), limits), contentType).toBuffer(),
        turnOf(client, contentType),
      );
      const picture = drawn ?? Buffer.alloc(0);
      placeholders.set(key, picture);
      return picture;
    },
  };
}

/** AVIF takes much longer to encode than the other formats. */
const turnOf = (client: string, contentType: string): Turn => ({
  client,
  isSlow: contentType === 'image/avif',
});

function nameOf(
  image: ImageRow,
  { width, height }: Pick<RenditionSize, 'width' | 'height'>,
  contentType: string,
) {
  return `${image.id}/${image.version}/${width}x${height}.${extensions[contentType]}`;
}

/** The file is renamed into place when complete, so no client gets part of a picture. */
async function make(
  image: ImageRow,
  original: string,
  { width, height, crop }: RenditionSize,
  contentType: string,
  file: string,
): Promise<undefined> {
  const options = { ...limits, autoOrient: true, failOn: 'error' } as const;
  const unfinished = `${file}.${process.pid}.part`;
  await deleteOtherVersions(dirname(file));
  try {
    const metadata = await sharp(original, options).metadata();
    if (!readable.has(metadata.format)) throw new Error(`The format is ${metadata.format}.`);
    // If the stored size differs from that of the file, the crop is scaled.
    const x = metadata.autoOrient.width / image.width;
    const y = metadata.autoOrient.height / image.height;
    const left = Math.min(Math.floor(crop.left * x), metadata.autoOrient.width - 1);
    const top = Math.min(Math.floor(crop.top * y), metadata.autoOrient.height - 1);
    const picture = sharp(original, options)
      .extract({
        left,
        top,
        width: Math.max(1, Math.min(Math.round(crop.width * x), metadata.autoOrient.width - left)),
        height: Math.max(1, Math.min(Math.round(crop.height * y), metadata.autoOrient.height - top)),
      })
      .resize(width, height, { fit: 'fill' })
      .timeout({ seconds: 60 })
      .withExif({ IFD0: exifOf(image) });
    await encodeAs(picture, contentType).toFile(unfinished);
  } catch (error) {
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw new BrokenOriginal(`Expected ${image.file} to be a picture that can be read, but got: ${error}`);
  }
  await rename(unfinished, file);
}

/** Creates the folder of a version, and deletes the folders of former versions. */
async function deleteOtherVersions(folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) === undefined) return;
  const parent = dirname(folder);
  for (const version of await readdir(parent)) {
    const other = join(parent, version);
    if (other !== folder) await rm(other, { recursive: true, force: true });
  }
}

/** The credit stays in the file; the camera's location data does not. */
function exifOf(image: ImageRow): Record<string, string> {
  return { Artist: creditTextOf(image), ...(image.copyrightNotice && { Copyright: image.copyrightNotice }) };
}

function encodeAs(picture: Sharp, contentType: string): Sharp {
  switch (contentType) {
    case 'image/avif':
      return picture.avif({ quality: 55, effort: 2 });
    case 'image/webp':
      return picture.webp({ quality: 80 });
    case 'image/png':
      return picture.png({ compressionLevel: 9 });
    default:
      return picture.flatten({ background: '#fff' }).jpeg({ quality: 80, progressive: true });
  }
}
