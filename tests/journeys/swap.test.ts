/** Supergraphs swapped under load, in a gateway as people start it, threads and connections counted. */
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { killPrograms, type Program, startProgram } from '../support/program.ts';
import { type SubgraphServer, serveHttp } from '../support/subgraph-server.ts';
import { compose } from '../support/tiny-graph.ts';

const patience = 120_000;
const typeDefs = parse('type Query { version: Int! other: Int }');

let folder: string;
let file: string;
let subgraph: SubgraphServer;
let gateway: Program;
let address: string;
/** The number of the version whose next answer waits, and what it waits for. */
let held: { version: number; came: () => void; opened: Promise<void> } | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-swap-'));
  file = join(folder, 'supergraph.graphql');
  // Each version of the supergraph has the subgraph at another URL, which it answers with.
  subgraph = await serveHttp(async ({ url }, _body, response) => {
    const version = Number(url?.slice(1));
    if (held?.version === version) {
      const { came, opened } = held;
      held = undefined;
      came();
      await opened;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ data: { version, other: null } }));
  });
  await write(0);
  gateway = startProgram('gateway/main.js', {
    args: ['--supergraph', file, '--port', '0'],
    env: { LOG_LEVEL: 'warn', DRAIN_TIMEOUT_MS: '300000' },
  });
  address = (await gateway.said(/Graph: (http:\S+)\/graphql\n/))[1] as string;
}, patience);
afterAll(async () => {
  await killPrograms();
  await subgraph?.close();
  await rm(folder, { recursive: true, force: true });
});

async function write(version: number): Promise<void> {
  const url = new URL(`/${version}`, subgraph.url).href;
  await put(compose([{ name: 'one', url, typeDefs }]));
}

/** In one step, as whoever deploys should. */
async function put(text: string): Promise<void> {
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
}

/** Swaps to `version`; resolves when it answers. */
async function swapTo(version: number): Promise<void> {
  await write(version);
  while ((await ask()).data?.version !== version);
}

async function ask(query = '{ version }') {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as { data?: { version: number }; errors?: unknown };
}

const answer = (version: number) => ({ data: { version } });

describe('a gateway whose supergraph changes', () => {
  it(
    'ends what is under way on the one before',
    async () => {
      expect(await ask()).toEqual(answer(0));
      let open = () => {};
      const opened = new Promise<void>((resolve) => {
        open = resolve;
      });
      const came = new Promise<void>((resolve) => {
        held = { version: 0, came: resolve, opened };
      });
      // In words of its own: who asks the same at the same time is given the same answer.
      const before = ask('{ version other }');
      await came;
      await swapTo(1);
      expect(await ask()).toEqual(answer(1));
      open();
      expect(await before).toEqual({ data: { version: 0, other: null } });
    },
    patience,
  );

  it(
    'tells of one that it cannot run, and answers with the one before until there is a good one',
    async () => {
      await put('type Query { version: Int! }');
      while (!gateway.printed.stderr.includes('supergraph update rejected; keeping the current one'))
        await ask();
      expect(await ask()).toEqual(answer(1));
      await swapTo(2);
      expect(await ask()).toEqual(answer(2));
    },
    patience,
  );

  const counted = existsSync('/proc/self/task') ? it : it.skip;
  counted(
    'answers every request while they come one after the other, and keeps no thread and no connection of any',
    async () => {
      const inUse = async () => {
        const [threads, files] = await Promise.all(
          ['task', 'fd'].map((name) => readdir(`/proc/${gateway.pid}/${name}`)),
        );
        return { threads: threads?.length, files: files?.length };
      };
      await swapTo(3);
      expect(await ask()).toEqual(answer(3));
      const before = await inUse();
      let isOver = false;
      let asked = 0;
      const versions = new Set<number>();
      const asking = (async () => {
        while (!isOver) {
          const { data, errors } = await ask(`query Q${asked++ % 5} { version }`);
          expect(errors).toBeUndefined();
          versions.add(data?.version ?? -1);
        }
      })();
      for (let version = 4; version <= 9; version++) {
        await swapTo(version);
        expect(await ask()).toEqual(answer(version));
      }
      isOver = true;
      await asking;
      expect(versions.size).toBeGreaterThan(2);
      // What ends does so in its own time: the patience of the test is the bound.
      const more = async () => {
        const { threads = 0, files = 0 } = await inUse();
        return threads > (before.threads ?? 0) || files > (before.files ?? 0);
      };
      while (await more()) await ask();
    },
    patience,
  );

  it(
    'ends in order, be there another in its place or not',
    async () => {
      await write(100);
      await ask();
      expect(await gateway.signal('SIGTERM')).toMatchObject({ code: 0, signal: null });
    },
    patience,
  );
});
