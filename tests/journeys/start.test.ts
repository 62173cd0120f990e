import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createScratchDatabase } from '../support/databases.ts';
import { fileOf, ghostExport, post } from '../support/importFiles.ts';
import { askAt } from '../support/newsroom.ts';
import { type Ending, killPrograms, type Program, startProgram } from '../support/program.ts';

const patience = 180_000;
const newsroomFile = 'newsroom/main.js';
const importFile = 'newsroom/import/main.js';

let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dateline-start-'));
});
afterAll(async () => {
  await killPrograms();
  await rm(dataDir, { recursive: true, force: true });
});

const settings = () => ({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' });
const start = (env: Record<string, string> = {}) =>
  startProgram(newsroomFile, { env: { ...settings(), ...env } });
const bring = (path: string, env: Record<string, string> = {}) =>
  startProgram(importFile, { args: [path], env: { ...settings(), ...env } }).ended;
const addressOf = async (program: Program) => (await program.said(/ready: (http:\S+)\n/))[1] as string;

/** What somebody is told who can mend it: sentences on standard error, no stack, and a code that scripts see. */
function expectRefusal({ code, stdout, stderr }: Ending, ...sentences: (string | RegExp)[]) {
  const lines = stderr.trimEnd().split('\n');
  for (const [place, sentence] of sentences.entries())
    expect(lines[place]).toMatch(
      typeof sentence === 'string' ? new RegExp(`^${escaped(sentence)}$`) : sentence,
    );
  expect(lines).toHaveLength(sentences.length);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** The ids and dates of every story, by which content is known again. */
async function contentAt(address: string): Promise<unknown> {
  const { data, errors } = await askAt(
    `${address}/graphql`,
    '{ articles(first: 100) { totalCount nodes { id slug datePublished dateModified bylines { author { id } } leadMedia { ... on ImageUse { image { id } } } } } membership { memberCount { rounded } tiers { id } } }',
  );
  expect(errors).toBeUndefined();
  return data;
}

describe('the newsroom as people start it', () => {
  let first: Program;
  let address: string;
  let content: unknown;

  it(
    'says where it is, and at the end that it is ready',
    async () => {
      first = start();
      address = await addressOf(first);
      const { stdout, stderr } = first.printed;
      expect(stdout).toContain('The newsroom was empty: it has the demo stories now.\n');
      expect(stdout).toContain(`graph      ${address}/graphql\n`);
      expect(stdout).toMatch(/The newsroom is ready: http:\/\/127\.0\.0\.1:\d+\n$/);
      expect(stderr).toBe('');
      content = await contentAt(address);
      expect(content).toMatchObject({ articles: { totalCount: expect.any(Number) } });
    },
    patience,
  );

  it(
    'refuses a second process in the same folder, and goes on',
    async () => {
      const taken = `Expected to be the only one that opens the embedded database in ${dataDir}, but process ${first.pid} has it open. Stop that one first, choose another DATA_DIR, or set DATABASE_URL to share a PostgreSQL.`;
      expectRefusal(await start().ended, taken);
      expectRefusal(await bring(fileOf('posts.json', ghostExport({ posts: [post({})] }))), taken);
      expect(await contentAt(address)).toEqual(content);
    },
    patience,
  );

  it(
    'finds its content unchanged after it was killed',
    async () => {
      expect(await first.signal('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
      first = start();
      address = await addressOf(first);
      expect(first.printed.stdout).not.toContain('was empty');
      expect(await contentAt(address)).toEqual(content);
    },
    patience,
  );

  it(
    'ends with code 0 when it is told to, whoever keeps a connection to it',
    async () => {
      await fetch(`${address}/health/live`);
      const { code, signal, stderr } = await first.signal('SIGTERM');
      expect({ code, signal, stderr }).toEqual({ code: 0, signal: null, stderr: '' });
    },
    patience,
  );

  it(
    'refuses a port in use, and leaves its folder to the next',
    async () => {
      const other = createServer();
      await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
      const { port } = other.address() as AddressInfo;
      try {
        expectRefusal(
          await start({ PORT: String(port) }).ended,
          `Expected port ${port} of 127.0.0.1 to be free, but another program listens there.`,
        );
      } finally {
        await new Promise((closed) => other.close(closed));
      }
      const next = start();
      expect(await contentAt(await addressOf(next))).toEqual(content);
      expect((await next.signal('SIGINT')).code).toBe(0);
    },
    patience,
  );
});

describe('settings that are wrong', () => {
  const env = {
    PORT: 'four thousand',
    LOG_LEVEL: 'loud',
    DATABASE_URL: 'mysql://desk:geheim@db.example/news',
    DATABASE_POOL: '0',
  };
  const databaseUrl =
    'Expected DATABASE_URL to be a URL that starts with postgres://, but got: mysql://***@db.example/news.';
  const pool = 'Expected DATABASE_POOL to be a whole number from 1 to 100, but got: 0.';
  const level = 'Expected LOG_LEVEL to be fatal, error, warn, info, debug, trace or silent, but got: loud.';

  it(
    'are told all at once',
    async () => {
      const port = 'Expected PORT to be a whole number from 0 to 65535, but got: four thousand.';
      expectRefusal(await start(env).ended, port, level, databaseUrl, pool);
      expectRefusal(await bring(fileOf('x.json', ghostExport({ posts: [] })), env), databaseUrl, pool, level);
      const alone = startProgram('subgraphs/main.js', { args: ['authors'], env }).ended;
      expectRefusal(await alone, databaseUrl, pool, level);
    },
    patience,
  );

  it(
    'are told where the folder of the data is a file',
    async () => {
      const DATA_DIR = fileOf('data', '');
      const sentence = `Expected DATA_DIR to be a folder that this process may write to, but ${DATA_DIR} is not (EEXIST).`;
      expectRefusal(await start({ DATA_DIR }).ended, sentence);
    },
    patience,
  );

  it(
    'are told where there is no database, without the password',
    async () => {
      const free = createServer();
      await new Promise<void>((listening) => free.listen(0, '127.0.0.1', listening));
      const { port } = free.address() as AddressInfo;
      await new Promise((closed) => free.close(closed));
      const DATABASE_URL = `postgres://desk:geheim@127.0.0.1:${port}/news`;
      const sentence = `Expected PostgreSQL at 127.0.0.1:${port} to answer, but it does not: ECONNREFUSED.`;
      expectRefusal(await start({ DATABASE_URL }).ended, sentence);
      expectRefusal(await bring(fileOf('x.json', ghostExport({ posts: [] })), { DATABASE_URL }), sentence);
    },
    patience,
  );

  const server = process.env.DATABASE_URL;
  (server ? it : it.skip)(
    'are told where PostgreSQL has no such database (DATABASE_URL)',
    async () => {
      const scratch = await createScratchDatabase();
      await scratch.drop();
      const { host, pathname } = new URL(scratch.url);
      expectRefusal(
        await start({ DATABASE_URL: scratch.url }).ended,
        `Expected PostgreSQL at ${host} to answer, but it does not: database "${pathname.slice(1)}" does not exist.`,
      );
    },
    patience,
  );
});

describe('an import as people start it', () => {
  const posts = Array.from({ length: 400 }, (_, n) =>
    post({ id: String(n), title: `Story ${n}`, slug: `story-${n}`, html: `<p>${Math.sin(n)}</p>` }),
  );
  const whole = ghostExport({ posts });

  it(
    'takes an export, and finds nothing to change the second time',
    async () => {
      const file = fileOf('posts.json.gz', whole);
      const { code, stdout, stderr } = await bring(file);
      expect([code, stderr]).toEqual([0, expect.stringContaining('100 %')]);
      expect(stdout).toMatch(/^stories +400 +400 +0 +0 +0$/m);
      const again = await bring(file);
      expect(again.code).toBe(0);
      expect(again.stdout).toMatch(/^stories +400 +0 +0 +400 +0$/m);
    },
    patience,
  );

  const broken: [what: string, file: () => string, sentence: string | RegExp][] = [
    [
      'a gzip file that breaks off',
      () => fileOf('cut.json.gz', gzipSync(whole).subarray(0, -2000)),
      'Expected "cut.json.gz" to be a whole gzip file, but it breaks off.',
    ],
    [
      'JSON that is no export',
      () => fileOf('pets.json', '{"pets": []}'),
      'Expected "pets.json" to be one of ghost, ghost-members, wikinews, but got: a JSON object that starts with "pets".',
    ],
    [
      'a file that is not there',
      () => '/nowhere/x.json',
      /^Expected "\/nowhere\/x\.json" to be a file or a folder/,
    ],
  ];
  it.each(broken)(
    'says in a sentence what is wrong with %s',
    async (_, file, sentence) => {
      const ending = await bring(file());
      const stderr = ending.stderr.replace(/^.* \d+ %\n/gm, '');
      expectRefusal({ ...ending, stderr }, sentence);
    },
    patience,
  );
});
