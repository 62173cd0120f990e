/** Renders drawings to picture files, with a little grain so that flat colour looks like print. */
import { rename } from 'node:fs/promises';
import sharp from 'sharp';
import { type Drawing, randomFrom } from './drawing.ts';

export type PictureFormat = 'jpeg' | 'webp' | 'png';

/** The period of the grain in pixels: a prime, so that it does not line up with the rows. */
const grainLength = 262_147;
let grain: Int8Array | undefined;

/** Renders to `file`, an absolute path in an existing folder. The file is renamed into place when it is complete. */
export async function drawFile(picture: Drawing, file: string, format: PictureFormat): Promise<void> {
  const { data, info } = await sharp(Buffer.from(picture.svg))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  // Grain would make a PNG diagram ten times as large.
  if (format !== 'png') addGrain(data);
  const { width, height, channels } = info;
  const canvas = sharp(data, { raw: { width, height, channels } });
  const encoded =
    format === 'jpeg'
      ? canvas.jpeg({ quality: 82 })
      : format === 'webp'
        ? canvas.webp({ quality: 82, effort: 1 })
        : canvas.png({ compressionLevel: 6 });
  const unfinished = `${file}.part`;
  await encoded.toFile(unfinished);
  await rename(unfinished, file);
}

/** Makes each pixel of an RGB picture slightly lighter or darker. */
function addGrain(pixels: Buffer): void {
  grain ??= makeGrain();
  const colours = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  for (let start = 0; start < colours.length; start += grain.length) {
    const length = Math.min(grain.length, colours.length - start);
    for (let at = 0; at < length; at += 1) {
      colours[start + at] = (colours[start + at] ?? 0) + (grain[at] ?? 0);
    }
  }
}

function makeGrain(): Int8Array {
  const random = randomFrom(2026);
  const specks = new Int8Array(grainLength * 3);
  for (let at = 0; at < specks.length; at += 3) {
    specks.fill(Math.round((random() + random() - 1) * 9), at, at + 3);
  }
  return specks;
}
