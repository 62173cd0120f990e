/** The script, style and logo of the pages, at URLs that change with their content. */
import type { FastifyInstance } from 'fastify';
import { assetOf } from '../asset.ts';
import { mark, markVersion } from './icons.ts';

/** The URLs of the assets. */
export function assetPaths() {
  return {
    script: `/assets/page-${assetOf('page').version}.js`,
    style: `/assets/page-${assetOf('page', 'css').version}.css`,
    mark: `/assets/mark-${markVersion}.svg`,
  };
}

/** Adds a route for each, cached as immutable. Another version is 404. */
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
