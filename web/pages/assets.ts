/** The pages' script, style and mark, at addresses that change when they do. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { assetOf } from '../asset.ts';

/** A "D" as a newspaper's seal; for tabs, and for whoever asks who published a story. */
const mark =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#9b1c2e"/>' +
  '<path fill="#fff" d="M14 12h20c12 0 19 8 19 20s-7 20-19 20H14v-4l5-1V17l-5-1zm12 4v32h6c9 0 13-6 13-16s-4-16-13-16z"/></svg>';

const markVersion = createHash('sha256').update(mark).digest('hex').slice(0, 12);

/** Where a page finds them. */
export function assetPaths() {
  return {
    script: `/assets/page-${assetOf('page').version}.js`,
    style: `/assets/page-${assetOf('page', 'css').version}.css`,
    mark: `/assets/mark-${markVersion}.svg`,
  };
}

/** Adds a route for each, to be kept for ever. A version that is not there is not found. */
export function addAssets(app: FastifyInstance): void {
  const { script, style, mark: markPath } = assetPaths();
  const all = [
    [script, 'text/javascript; charset=utf-8', assetOf('page').text],
    [style, 'text/css; charset=utf-8', assetOf('page', 'css').text],
    [markPath, 'image/svg+xml; charset=utf-8', mark],
  ] as const;
  for (const [path, type, text] of all) {
    app.get(path, async (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('x-content-type-options', 'nosniff')
        .type(type)
        .send(text),
    );
  }
}
