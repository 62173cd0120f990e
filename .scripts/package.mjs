/**
 * `npm run package`: writes the gateway alone as an installable tarball, `dist/dateline-gateway-VERSION.tgz`. Its dependencies are
 * the packages that its files import, in the versions of this repository.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);

/** The built rooms of the package. */
const rooms = ['gateway', 'kit', 'telemetry'];
const folder = at('dist/package');
const program = 'gateway/main.js';
/** One copy of these has to serve the gateway and the application: GraphQL.js refuses a schema of another copy. */
const peers = { graphql: '^16.11.0', '@apollo/server': '^5.0.0' };

const own = JSON.parse(readFileSync(at('package.json'), 'utf8'));

async function main() {
  await buildIfStale();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const room of rooms)
    cpSync(at(`dist/${room}`), join(folder, room), { recursive: true, filter: isCurrent });
  for (const [from, to] of [
    ['gateway/README.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
  ])
    cpSync(at(from), join(folder, to));
  makeExecutable(join(folder, program));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', at('dist')], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (packed.status !== 0) throw new Error(`Expected npm pack to succeed, but got: ${packed.stderr}`);
  console.log(`dist/${packed.stdout.trim()}`);
}

/** Whether a built file still has its source: a build leaves the files of deleted sources. Source maps stay here, too. */
function isCurrent(path) {
  if (statSync(path).isDirectory()) return true;
  const source = join(root, relative(at('dist'), path).replace(/(?:\.d)?\.(?:c?[jt]s|css)$/, ''));
  return !path.endsWith('.map') && ['.ts', '.cts'].some((extension) => existsSync(source + extension));
}

function manifest() {
  return {
    name: 'dateline-gateway',
    version: own.version,
    description: 'A gateway for Apollo Federation 2: a library for Apollo Server, and a server of its own.',
    keywords: ['graphql', 'federation', 'apollo', 'gateway', 'supergraph'],
    license: own.license,
    type: own.type,
    exports: {
      '.': { types: './gateway/library.d.ts', default: './gateway/library.js' },
      './package.json': './package.json',
    },
    bin: { 'dateline-gateway': program },
    engines: own.engines,
    peerDependencies: peers,
    dependencies: dependencies(),
  };
}

/** The packages that code or types import, with the versions that the tests ran with. */
function dependencies() {
  const versions = { ...own.devDependencies, ...own.dependencies };
  const names = new Set(filesIn(folder).flatMap(packagesIn));
  for (const peer of Object.keys(peers)) names.delete(peer);
  return Object.fromEntries(
    [...names].sort().map((name) => {
      if (!versions[name]) throw new Error(`Expected package.json to name ${name}, but got: nothing.`);
      return [name, versions[name]];
    }),
  );
}

const importPattern = /(?:\bfrom|\bimport|\brequire\()\s*\(?\s*['"](@?\w[\w./@-]*)['"]/g;

function packagesIn(file) {
  // Comments may hold examples of imports.
  const text = readFileSync(file, 'utf8').replace(/\/\*\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(importPattern)]
    .map(([, specifier]) => specifier)
    .filter((specifier) => !isBuiltin(specifier))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0]);
}

/** Code and types; not the bundle of GraphiQL, which imports nothing. */
const filesIn = (path) =>
  readdirSync(path, { recursive: true })
    .map(String)
    .filter((name) => /\.(?:c?js|d\.c?ts)$/.test(name) && !/explorer\/client\./.test(name))
    .map((name) => join(path, name));

/** The command starts with the same flags of Node as `npm run gateway`. */
function makeExecutable(file) {
  const flags = own.scripts.gateway.split(' ').filter((word) => word.startsWith('--'));
  const text = readFileSync(file, 'utf8').replace(/^#!.*\n/, '');
  writeFileSync(file, `#!/usr/bin/env -S node ${flags.join(' ')}\n${text}`);
  chmodSync(file, 0o755);
}

await main();
