/** Makes renditions with sharp and keeps them on disk; draws placeholders for what we do not hold. */
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

/** The original is there, but is no picture that can be read. */
class BrokenOriginal extends Error {
  override name = 'BrokenOriginal';
}

/** What an original may be. SVG is not among them: it can point at other files. */
const readable = new Set<string | undefined>(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif']);
const limits = { limitInputPixels: 100_000_000 };
const memoryForPlaceholders = 16 * 1024 * 1024;

/** Renditions of the originals in `dataDir`. At most two are made at a time. */
export function createRenditions(dataDir: string) {
  const [originals, kept] = [originalsIn(dataDir), renditionsIn(dataDir)];
  // Its cache goes by file name, and would show an exchanged original as it was.
  sharp.cache(false);
  const turns = createTurns<Buffer | undefined>({ atOnce: 2, waiting: 200, waitingOfClient: 40 });
  const placeholders = new LRUCache<string, Buffer>({
    maxSize: memoryForPlaceholders,
    sizeCalculation: (picture) => picture.length,
  });

  return {
    /** The folder below which `fileOf` answers names. */
    folder: kept,

    /**
     * The name of the file with this rendition, made where it is not there yet; null where we do not hold the
     * original. Fails with a `BrokenOriginal` where it cannot be read, with a `BusyError` where too many wait.
     */
    async fileOf(
      image: ImageRow,
      size: RenditionSize,
      contentType: string,
      client: string,
    ): Promise<string | null> {
      if (image.file === null) return null;
      const original = join(originals, image.file);
      const madeOf = await stat(original).catch(() => null);
      if (!madeOf?.isFile()) return null;
      const name = nameOf(image, size, contentType);
      const made = await stat(join(kept, name)).catch(() => null);
      // A file that was exchanged under its old name is made again.
      if (made && made.mtimeMs >= madeOf.mtimeMs) return name;
      await turns(
        name,
        () => make(image, original, size, contentType, join(kept, name)),
        turnOf(client, contentType),
      );
      return name;
    },

    /** A placeholder of this size, with the caption and the credit on it. */
    async placeholderOf(
      image: ImageRow,
      { width, height }: RenditionSize,
      contentType: string,
      client: string,
    ) {
      const words = { caption: image.caption, credit: creditTextOf(image) };
      const key = `${nameOf(image, { width, height }, contentType)}?`;
      const known = placeholders.get(key);
      if (known) return known;
      const drawn = await turns(
        key,
        () =>
          encoded(sharp(Buffer.from(drawPlaceholder(width, height, words)), limits), contentType).toBuffer(),
        turnOf(client, contentType),
      );
      const picture = drawn ?? Buffer.alloc(0);
      placeholders.set(key, picture);
      return picture;
    },
  };
}

/** AVIF takes much longer than the others. */
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

/** The file appears when it is whole: nobody is ever sent half a picture. */
async function make(
  image: ImageRow,
  original: string,
  { width, height, crop }: RenditionSize,
  contentType: string,
  file: string,
): Promise<undefined> {
  const options = { ...limits, autoOrient: true, failOn: 'error' } as const;
  const unfinished = `${file}.${process.pid}.part`;
  await forgetOtherVersions(dirname(file));
  try {
    const found = await sharp(original, options).metadata();
    if (!readable.has(found.format)) throw new Error(`The format is ${found.format}.`);
    // Where the newsroom gave other measures than the file has, the crop keeps its place in the picture.
    const x = found.autoOrient.width / image.width;
    const y = found.autoOrient.height / image.height;
    const left = Math.min(Math.floor(crop.left * x), found.autoOrient.width - 1);
    const top = Math.min(Math.floor(crop.top * y), found.autoOrient.height - 1);
    const picture = sharp(original, options)
      .extract({
        left,
        top,
        width: Math.max(1, Math.min(Math.round(crop.width * x), found.autoOrient.width - left)),
        height: Math.max(1, Math.min(Math.round(crop.height * y), found.autoOrient.height - top)),
      })
      .resize(width, height, { fit: 'fill' })
      .timeout({ seconds: 60 })
      .withExif({ IFD0: exifOf(image) });
    await encoded(picture, contentType).toFile(unfinished);
  } catch (error) {
    await rm(unfinished, { force: true });
    if ((error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw new BrokenOriginal(`Expected ${image.file} to be a picture that can be read, but got: ${error}`);
  }
  await rename(unfinished, file);
}

/** Makes the folder of a version; whoever begins a new version clears the old ones away. */
async function forgetOtherVersions(folder: string): Promise<void> {
  if ((await mkdir(folder, { recursive: true })) === undefined) return;
  const parent = dirname(folder);
  for (const version of await readdir(parent)) {
    const other = join(parent, version);
    if (other !== folder) await rm(other, { recursive: true, force: true });
  }
}

/** The credit stays with the file wherever it goes; where it was taken, a camera's own note, does not. */
function exifOf(image: ImageRow): Record<string, string> {
  return { Artist: creditTextOf(image), ...(image.copyrightNotice && { Copyright: image.copyrightNotice }) };
}

function encoded(picture: Sharp, contentType: string): Sharp {
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
