/**
 * Part of `npm run build`: bundles what browsers get into dist/web/client/. Each program of web/client/ becomes one file,
 * and so does each style sheet of web/pages/, with those that it imports.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import projectRoot from '../subgraphs/root.cts';

const usual: BuildOptions = {
  outdir: join(projectRoot, 'dist/web/client'),
  bundle: true,
  minify: true,
  target: ['es2022'],
  legalComments: 'none',
  logLevel: 'warning',
};

async function main(): Promise<void> {
  const [programs, styles] = await Promise.all([
    filesIn('web/client', /\.tsx?$/),
    filesIn('web/pages', /\.css$/),
  ]);
  await build({
    ...usual,
    entryPoints: programs,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.css': 'text' },
  });
  await build({ ...usual, entryPoints: styles });
}

async function filesIn(folder: string, name: RegExp): Promise<string[]> {
  const path = join(projectRoot, folder);
  return (await readdir(path)).filter((file) => name.test(file)).map((file) => join(path, file));
}

await main();
