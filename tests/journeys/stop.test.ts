/** How the gateway ends, as people start it: no test waits for a time, and none is given where one would do for the other. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { killPrograms, startProgram } from '../support/program.ts';
import { type SubgraphServer, serveHttp } from '../support/subgraph-server.ts';
import { runTiny, tinySupergraph } from '../support/tiny-graph.ts';

/** Longer than any test may take: whatever waits for it fails. */
const neverMs = '300000';

let folder: string;
let file: string;
let stories: SubgraphServer;
/** Called with each request to the subgraph; its answer waits for what this gives. */
let arrived: () => Promise<void> = async () => {};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-stop-'));
  stories = await serveHttp(async (_request, body, response) => {
    await arrived();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await runTiny('stories', JSON.parse(body))));
  });
  file = join(folder, 'supergraph.graphql');
  await writeFile(file, tinySupergraph({ stories: stories.url }));
});
afterEach(killPrograms);
afterAll(async () => {
  await stories?.close();
  await rm(folder, { recursive: true, force: true });
});

async function start(drainTimeoutMs: string) {
  arrived = async () => {};
  const gateway = startProgram('gateway/main.js', {
    args: ['--supergraph', file, '--port', '0'],
    env: { LOG_LEVEL: 'warn', DRAIN_TIMEOUT_MS: drainTimeoutMs },
  });
  const [, address] = await gateway.said(/Graph: (http:\S+)\/graphql\n/);
  return { gateway, address: address as string };
}

function ask(address: string): Promise<Response> {
  return fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"query":"{ story(id: 1) { title } }"}',
  });
}

/** Resolves when a request has come to the subgraph; its answer waits until `open` is called. */
function holdNext(): { came: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const came = new Promise<void>((resolve) => {
    arrived = () => {
      resolve();
      return opened;
    };
  });
  return { came, open };
}

const answer = { data: { story: { title: 'Story 1' } } };
const inOrder = { code: 0, signal: null, stderr: '' };

describe('the gateway', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends at once on %s when nothing is under way, whoever keeps a connection',
    async (signal) => {
      const { gateway, address } = await start(neverMs);
      expect((await fetch(`${address}/health/ready`)).status).toBe(200);
      expect(await (await ask(address)).json()).toEqual(answer);
      expect(await gateway.signal(signal)).toMatchObject(inOrder);
    },
  );

  it('gives what is under way its whole answer, and ends with the last of it', async () => {
    const { gateway, address } = await start(neverMs);
    // Connections that were used before are kept by whoever asks.
    await (await ask(address)).json();
    const { came, open } = holdNext();
    const asked = [ask(address), ask(address)];
    await came;
    const ended = gateway.signal('SIGTERM');
    // Whoever comes now finds nobody.
    while (
      await fetch(`${address}/health/live`).then(
        () => true,
        () => false,
      )
    );
    open();
    for (const response of await Promise.all(asked)) {
      expect(response.headers.get('connection')).toBe('close');
      expect(await response.json()).toEqual(answer);
    }
    expect(await ended).toMatchObject(inOrder);
  });

  it('waits no longer than DRAIN_TIMEOUT_MS for it', async () => {
    const { gateway, address } = await start('100');
    const { came, open } = holdNext();
    const asked = ask(address).then(
      () => 'answered',
      () => 'cut off',
    );
    await came;
    expect(await gateway.signal('SIGTERM')).toMatchObject(inOrder);
    expect(await asked).toBe('cut off');
    open();
  });

  it('ends at once on a second signal', async () => {
    const { gateway, address } = await start(neverMs);
    const { came, open } = holdNext();
    const asked = ask(address).catch(() => undefined);
    await came;
    const ended = gateway.signal('SIGTERM');
    while (
      await fetch(`${address}/health/live`).then(
        () => true,
        () => false,
      )
    );
    void gateway.signal('SIGTERM');
    expect(await ended).toMatchObject({ code: 143 });
    await asked;
    open();
  });
});
