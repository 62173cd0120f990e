/**
 * Part of `npm run build`: bundles what browsers get. Each program of web/client/ becomes one file in dist/web/client/, and
 * so does each style sheet of web/pages/, with those that it imports; GraphiQL lies beside the gateway's door for it.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import projectRoot from '../subgraphs/root.cts';

const usual: BuildOptions = {
  outdir: join(projectRoot, 'dist/web/client'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2022'],
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
};

const explorer = 'gateway/server/explorer';

async function main(): Promise<void> {
  const [programs, styles] = await Promise.all([
    filesIn('web/client', /\.tsx?$/),
    filesIn('web/pages', /\.css$/),
  ]);
  await Promise.all([
    build({ ...usual, entryPoints: programs, loader: { '.css': 'text' } }),
    build({ ...usual, entryPoints: styles }),
    build({
      ...usual,
      entryPoints: [join(projectRoot, explorer, 'client.ts')],
      outdir: join(projectRoot, 'dist', explorer),
    }),
  ]);
}

async function filesIn(folder: string, name: RegExp): Promise<string[]> {
  const path = join(projectRoot, folder);
  return (await readdir(path)).filter((file) => name.test(file)).map((file) => join(path, file));
}

await main();
