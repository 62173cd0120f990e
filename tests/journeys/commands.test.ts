/** The scripts of package.json: what they build, how they end, and what they need. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { killPrograms, startCommand } from '../support/program.ts';

const patience = 180_000;
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const supergraph = 'tests/federation/example/supergraph.graphql';

afterEach(killPrograms);

describe('npm run gateway', () => {
  it(
    'ends gracefully with npm, which passes signals to its shell only',
    async () => {
      const args = ['run', '--silent', 'gateway', '--', '--supergraph', supergraph, '--port', '0'];
      const command = startCommand('npm', args, { cwd: '.', env: { LOG_LEVEL: 'warn', HOME: tmpdir() } });
      const [, address] = await command.said(/Graph: (http:\S+)\/graphql\n/);
      // Resolves when the last process that can print has ended.
      const { stderr } = await command.signal('SIGTERM');
      expect(stderr).toBe('');
      await expect(fetch(`${address}/health/live`)).rejects.toThrow();
    },
    patience,
  );
});

describe('a checkout without development dependencies', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dateline-commands-'));
    for (const path of ['package.json', '.scripts', 'schema', 'subgraphs', 'newsroom', 'partners', 'web'])
      cpSync(path, join(folder, path), { recursive: true });
    copyProductionModules(folder);
  }, patience);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('says what to do where nothing is built', async () => {
    const { code, stdout, stderr } = await startCommand('npm', ['start', '--silent'], { cwd: folder }).ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^Expected dist\/ to be built, but got: nothing\. Run "npm ci && npm run build" first/,
    );
  });

  it('refuses to build, and keeps what was built', async () => {
    cpSync('dist', join(folder, 'dist'), { recursive: true });
    const { code, stderr } = await startCommand('npm', ['run', '--silent', 'build'], { cwd: folder }).ended;
    expect([code, stderr]).toEqual([
      1,
      'Expected the development dependencies to be installed, but got: none. Run "npm ci" first.\n',
    ]);
    expect(existsSync(join(folder, 'dist/.built'))).toBe(true);
  });

  it.each(['serve', 'start'])(
    'runs what was built by npm run %s',
    async (script) => {
      const env = { PORT: '0', LOG_LEVEL: 'warn', DATA_DIR: join(folder, 'data') };
      const newsroom = startCommand('npm', ['run', '--silent', script], { cwd: folder, env });
      const [, address] = await newsroom.said(/ready: (http:\S+)\n/);
      const page = await fetch(address as string);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<!doctype html>')]);
      await newsroom.signal('SIGTERM');
    },
    patience,
  );
});

describe('the scripts', () => {
  it('that run a program build it first, but for serve', () => {
    const programs = Object.entries(scripts).filter(([, command]) => /dist\/\S+\.js$/.test(command));
    const unbuilt = programs.filter(([, command]) => !command.startsWith('node .scripts/run.mjs '));
    expect(unbuilt.map(([name]) => name)).toEqual(['serve', 'test']);
  });
});

/** Copies the packages that `npm ci --omit=dev` installs, by the lock file. */
function copyProductionModules(to: string): void {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    if (path === '' || dev || devOptional || !existsSync(path)) continue;
    cpSync(path, join(to, path), {
      recursive: true,
      filter: (file) => !file.slice(path.length).includes('node_modules'),
    });
  }
}
