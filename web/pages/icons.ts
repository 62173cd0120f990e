/** The logo as PNG, for feeds and for programs that request /favicon.ico. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** A "D" as a newspaper's seal; for tabs, and for whoever asks who published a story. */
export const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#9b1c2e"/>' +
  '<path fill="#fff" d="M14 12h20c12 0 19 8 19 20s-7 20-19 20H14v-4l5-1V17l-5-1zm12 4v32h6c9 0 13-6 13-16s-4-16-13-16z"/></svg>';

export const markVersion = createHash('sha256').update(mark).digest('hex').slice(0, 12);

const sizes = [144, 512] as const;

/** The URL of the logo as square PNG; it changes with the logo. */
export const iconPath = (pixels: (typeof sizes)[number]): string =>
  `/assets/mark-${markVersion}-${pixels}.png`;

/** Adds a route for each; it is rendered at the first request. */
export function addIcons(app: FastifyInstance): void {
  const drawn = new Map<number, Promise<Buffer>>();
  const draw = async (pixels: number) => {
    const { default: sharp } = await import('sharp');
    return sharp(Buffer.from(mark), { density: (72 * pixels) / 64 })
      .resize(pixels)
      .png()
      .toBuffer();
  };
  const iconOf = (pixels: number) => {
    const icon = drawn.get(pixels) ?? draw(pixels);
    drawn.set(pixels, icon);
    return icon;
  };
  const add = (path: string, pixels: number, cache: string) =>
    app.get(path, async (_request, reply) =>
      reply
        .header('cache-control', cache)
        .header('x-content-type-options', 'nosniff')
        .type('image/png')
        .send(await iconOf(pixels)),
    );
  for (const pixels of sizes) add(iconPath(pixels), pixels, 'public, max-age=31536000, immutable');
  add('/favicon.ico', sizes[0], 'public, max-age=86400');
}
