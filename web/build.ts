/**
 * Part of `npm run build`: bundles what runs in a browser, each program of web/client/ into one file in dist/web/client/,
 * and GraphiQL for the gateway.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import projectRoot from '../subgraphs/root.cts';

const options: BuildOptions = {
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
};

const folder = join(projectRoot, 'web/client');
const explorer = 'gateway/server/explorer';

async function main(): Promise<void> {
  // GraphiQL, whose styles are a file beside it.
  await build({
    ...options,
    entryPoints: [join(projectRoot, explorer, 'client.ts')],
    outdir: join(projectRoot, 'dist', explorer),
  });
  const programs = (await readdir(folder)).filter((name) => /\.tsx?$/.test(name));
  await build({
    entryPoints: programs.map((name) => join(folder, name)),
    outdir: join(projectRoot, 'dist/web/client'),
    loader: { '.css': 'text' },
  });
}

await main();
