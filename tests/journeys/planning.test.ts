/** An operation that would be planned for ten seconds, sent to a gateway as people start it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hardOperation, lookAlikes } from '../support/lookAlikes.ts';
import { killPrograms, type Program, startProgram } from '../support/program.ts';
import { type SubgraphServer, serveHttp } from '../support/subgraph-server.ts';

const hard = hardOperation('Hard');

let folder: string;
let subgraph: SubgraphServer;
let gateway: Program;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-planning-'));
  subgraph = await serveHttp((_request, _body, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"data":{"root":{"x":1}}}');
  });
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, lookAlikes(subgraph.url));
  gateway = startProgram('gateway/main.js', {
    args: ['--supergraph', file, '--port', '0'],
    env: { LOG_LEVEL: 'warn', PLAN_TIMEOUT_MS: '1000', DRAIN_TIMEOUT_MS: '100' },
  });
  address = (await gateway.said(/Graph: (http:\S+)\/graphql\n/))[1] as string;
});
afterAll(async () => {
  await killPrograms();
  await subgraph?.close();
  await rm(folder, { recursive: true, force: true });
});

async function ask(query: string) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
}

const known = 'query Known { root { x } }';
const answer = { status: 200, data: { root: { x: 1 } } };
const refusal = {
  status: 400,
  errors: [expect.objectContaining({ extensions: { code: 'OPERATION_TOO_HARD' } })],
};

describe('an operation that is too hard to plan', () => {
  it('is refused, while health and what is known are answered and what is new is planned', async () => {
    expect(await ask(known)).toEqual(answer);
    const ended: string[] = [];
    const noting = async <Result>(name: string, work: Promise<Result>) => {
      const result = await work;
      ended.push(name);
      return result;
    };
    const refused = noting('hard', ask(hard));
    const others = Promise.all([
      noting(
        'live',
        fetch(`${address}/health/live`).then(({ status }) => status),
      ),
      noting('known', ask(known)),
    ]);
    const fresh = Promise.all(['One', 'Two'].map((name) => ask(`query ${name} { root { x } }`)));
    expect(await others).toEqual([200, answer]);
    expect(ended.sort()).toEqual(['known', 'live']);
    expect(await fresh).toEqual([answer, answer]);
    expect(await refused).toEqual(refusal);
  });

  it('is refused again, and takes nothing from what comes after it', async () => {
    const all = await Promise.all([ask(hard), ask(known), ask('query Three { root { x } }'), ask(hard)]);
    expect(all).toEqual([refusal, answer, answer, refusal]);
  });

  it('keeps nobody from stopping the gateway', async () => {
    const cutOff = ask(hardOperation('Harder')).catch(() => undefined);
    await ask(known);
    const { code, stderr } = await gateway.signal('SIGTERM');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await cutOff;
  });
});
