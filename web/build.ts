/** Part of `npm run build`: bundles what runs in a browser, each program of web/client/ into one file in dist/web/client/. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import projectRoot from '../subgraphs/root.cts';

const folder = join(projectRoot, 'web/client');

async function main(): Promise<void> {
  const programs = (await readdir(folder)).filter((name) => /\.tsx?$/.test(name));
  await build({
    entryPoints: programs.map((name) => join(folder, name)),
    outdir: join(projectRoot, 'dist/web/client'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022'],
    legalComments: 'none',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'text' },
    logLevel: 'warning',
  });
}

await main();
