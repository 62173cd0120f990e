import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { loadSupergraph } from '../../gateway/supergraph/loadSupergraph.ts';
import { type Watch, watchSupergraph } from '../../gateway/supergraph/watchSupergraph.ts';
import { killPrograms, startProgram } from '../support/program.ts';
import { type SubgraphServer, serveHttp, serveTiny } from '../support/subgraph-server.ts';
import { tinySupergraph } from '../support/tiny-graph.ts';

const neverMs = 3_600_000;
const first = tinySupergraph();
const second = tinySupergraph({ writers: 'http://writers-2.test/graphql' });

describe('the supergraph at a URL', () => {
  let server: SubgraphServer | undefined;
  let watch: Watch | undefined;
  afterEach(async () => {
    watch?.stop();
    await server?.close();
  });

  /** A server of one supergraph that can be changed, with an ETag unless it has none. */
  async function served({ hasTag = true } = {}) {
    const now = { sdl: first, status: 200 };
    const statuses: number[] = [];
    server = await serveHttp((request, _body, response) => {
      const etag = `"${now.sdl.length} ${now.sdl.includes('writers-2')}"`;
      const isKnown = hasTag && request.headers['if-none-match'] === etag;
      response.statusCode = now.status === 200 && isKnown ? 304 : now.status;
      statuses.push(response.statusCode);
      if (hasTag) response.setHeader('etag', etag);
      response.end(response.statusCode === 200 ? now.sdl : undefined);
    });
    const taken: string[] = [];
    const told: string[] = [];
    const { url } = server;
    watch = watchSupergraph({
      source: `${url}?key=secret`,
      sdl: await loadSupergraph(url),
      pollMs: neverMs,
      take: async (sdl) => void taken.push(sdl),
      onProblem: (sentence) => void told.push(sentence),
    });
    statuses.length = 0;
    return { now, statuses, taken, told, url, look: watch.look };
  }

  it('is sent again only when it is another, where the server knows its tag', async () => {
    const { now, statuses, taken, look } = await served();
    await look();
    await look();
    now.sdl = second;
    await look();
    await look();
    expect(statuses).toEqual([200, 304, 200, 304]);
    expect(taken).toEqual([second]);
  });

  it('is taken once, where the server has no tags', async () => {
    const { now, statuses, taken, look } = await served({ hasTag: false });
    await look();
    now.sdl = second;
    await look();
    await look();
    expect(statuses).toEqual([200, 200, 200]);
    expect(taken).toEqual([second]);
  });

  it('stays as it was while it cannot be had, which is told once and without its key', async () => {
    const { now, taken, told, url, look } = await served();
    now.status = 503;
    await look();
    await look();
    expect(told).toEqual([`Expected ${url} to answer with status 200, but got: 503.`]);
    now.status = 200;
    await look();
    now.sdl = second;
    await look();
    expect(taken).toEqual([second]);
    now.status = 503;
    await look();
    expect(told).toHaveLength(2);
  });
});

describe('the gateway as people start it', () => {
  const patience = 60_000;
  let folder: string;
  let file: string;
  let subgraphs: SubgraphServer[];
  let whole: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-watched-'));
    file = join(folder, 'supergraph.graphql');
    subgraphs = await Promise.all([serveTiny('stories'), serveTiny('writers')]);
    const [stories, writers] = subgraphs.map(({ url }) => url) as [string, string];
    whole = tinySupergraph({ stories, writers });
  });
  afterAll(async () => {
    await killPrograms();
    await Promise.all(subgraphs.map(({ close }) => close()));
    await rm(folder, { recursive: true, force: true });
  });

  async function put(text: string) {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }

  it(
    'swaps the supergraph when its file changes, and keeps it while the file is broken',
    async () => {
      await put(tinySupergraph());
      const program = startProgram('gateway/main.js', { args: ['--supergraph', file, '--port', '0'] });
      const [, url] = await program.said(/^Graph: (http:\S+)$[\s\S]*ready\.\n/m);
      const ask = async () => {
        const response = await fetch(url as string, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ story(id: 1) { title byline { name } } }' }),
        });
        return response.text();
      };
      // Nobody is at those addresses yet.
      expect(await ask()).toContain('SUBGRAPH_FAILED');
      await put(whole);
      await program.said(/supergraph updated/, 'stderr');
      const answer = '{"data":{"story":{"title":"Story 1","byline":{"name":"Writer w1"}}}}\n';
      expect(await ask()).toBe(answer);
      await put('type Query { a: Int }');
      const [line] = await program.said(
        /^.*supergraph update rejected; keeping the current one.*$/m,
        'stderr',
      );
      expect(JSON.parse(line)).toMatchObject({
        level: 50,
        reason: expect.stringContaining(`Expected ${file} to be a composed supergraph, but got: `),
      });
      expect(await ask()).toBe(answer);
      expect(await program.signal('SIGTERM')).toMatchObject({ code: 0, signal: null });
    },
    patience,
  );

  it(
    'explains an operation and ends, without any server',
    async () => {
      await put(tinySupergraph());
      const operation = join(folder, 'page.graphql');
      await writeFile(operation, '{ stories { byline { name } } }');
      const args = ['--supergraph', file, '--explain', operation];
      const ended = await startProgram('gateway/main.js', { args }).ended;
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toMatch(/^QueryPlan \{[\s\S]*\n2 calls in 2 waves\n/);
      await writeFile(operation, '{ storys { id } }');
      expect(await startProgram('gateway/main.js', { args }).ended).toMatchObject({
        code: 1,
        stdout: '',
        stderr: `${operation}:1:3: Cannot query field "storys" on type "Query". Did you mean "story" or "stories"?\n`,
      });
    },
    patience,
  );
});
