/** `npm run build`: compiles all programs, and bundles what browsers get, into `dist/`. Processes that start together build once. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (path) => join(root, path);

/** Its modification time is when the last build began. */
const stamp = at('dist/.built');
/** Holds the id of the process that builds. */
const lock = at('dist/.building');
/** A lock is written right after it is made. */
const unwrittenMs = 5_000;
const compiler = at('node_modules/typescript/bin/tsc');

/** Builds if a source is newer than the last build. Without a compiler (`npm ci --omit=dev`), what is built runs as it is. */
export async function buildIfStale() {
  if (existsSync(compiler)) return underLock(() => isStale() && build());
  if (!existsSync(stamp))
    throw new Error(
      'Expected dist/ to be built, but got: nothing. Run "npm ci && npm run build" first, then "npm prune --omit=dev".',
    );
}

function build() {
  if (!existsSync(compiler)) {
    console.error(
      'Expected the development dependencies to be installed, but got: none. Run "npm ci" first.',
    );
    process.exit(1);
  }
  const begun = new Date();
  rmSync(stamp, { force: true });
  for (const args of [[compiler, '-p', '.tsconfig.build.json'], [at('dist/web/build.js')]]) {
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
  writeFileSync(stamp, '');
  utimesSync(stamp, begun, begun);
}

function isStale() {
  if (!existsSync(stamp)) return true;
  const { mtimeMs } = statSync(stamp);
  const { include } = JSON.parse(readFileSync(at('.tsconfig.build.json'), 'utf8'));
  return [...include, 'package-lock.json', 'tsconfig.json', '.tsconfig.build.json'].some(
    (path) => existsSync(at(path)) && hasNewer(at(path), mtimeMs),
  );
}

function hasNewer(path, thanMs) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs > thanMs;
  return readdirSync(path).some((name) => name !== 'node_modules' && hasNewer(join(path, name), thanMs));
}

async function underLock(work) {
  mkdirSync(at('dist'), { recursive: true });
  for (let isFirst = true; !takeLock(); isFirst = false) {
    if (isFirst) console.error('Waiting for another process that builds.');
    await sleep(100);
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** Whether this process may build now. The lock of a process that has ended is removed. */
function takeLock() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    process.once('exit', () => rmSync(lock, { force: true }));
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned()) rmSync(lock, { force: true });
    return false;
  }
}

/** Whether nobody builds under the lock: its owner has ended, or had the id of this process, or left no id. */
function isAbandoned() {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    if (owner) return owner === process.pid || !isRunning(owner);
    return Date.now() - statSync(lock).mtimeMs > unwrittenMs;
  } catch {
    // Another process has just removed it.
    return false;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await underLock(build);
