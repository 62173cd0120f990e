/** Turns drawings into picture files, with a little grain so that flat colour looks like print. */
import { rename } from 'node:fs/promises';
import sharp from 'sharp';
import { type Drawing, randomFrom } from './drawing.ts';

export type PictureFormat = 'jpeg' | 'webp' | 'png';

const grainSize = 512;
let grain: Buffer | undefined;

/**
 * Draws into `file`, an absolute path whose folder is there. The file appears when it is whole: nobody sees
 * half a picture.
 */
export async function drawFile(picture: Drawing, file: string, format: PictureFormat): Promise<void> {
  grain ??= makeGrain();
  const canvas = sharp(Buffer.from(picture.svg), { density: 72 })
    .flatten({ background: '#fff' })
    .composite([
      {
        input: grain,
        raw: { width: grainSize, height: grainSize, channels: 4 },
        tile: true,
        blend: 'over',
      },
    ]);
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

/** Black and white specks, hardly opaque, as RGBA. */
function makeGrain(): Buffer {
  const random = randomFrom(2026);
  const pixels = Buffer.alloc(grainSize * grainSize * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const speck = random() + random() - 1;
    pixels.fill(speck > 0 ? 255 : 0, at, at + 3);
    pixels[at + 3] = Math.abs(speck) * 20;
  }
  return pixels;
}
