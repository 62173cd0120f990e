/** Draws the frames of the demo video into the folder named on the command line; README.md has the next steps. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { crossing } from '../scenes/crossing.ts';

const count = 240;

async function drawFrames(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (let frame = 0; frame < count; frame += 1) {
    const { svg } = crossing(frame / (count - 1));
    await sharp(Buffer.from(svg))
      .png({ compressionLevel: 1 })
      .toFile(join(folder, `${String(frame).padStart(4, '0')}.png`));
  }
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('Expected a folder for the frames, but got: nothing.');
await drawFrames(folder);
