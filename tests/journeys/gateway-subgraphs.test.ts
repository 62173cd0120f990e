import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SubgraphRequest } from '../../gateway/wire/subgraphCall.ts';
import { makeGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { type SubgraphServer, serveHttp, serveTiny } from '../support/subgraph-server.ts';
import { tinySupergraph } from '../support/tiny-graph.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** The gateway over HTTP, before the tiny subgraph of stories and whatever stands for that of writers. */
async function startBefore(writers: SubgraphServer | { url: string }, options: TestGatewayOptions = {}) {
  const stories = await serveTiny('stories');
  const gateway: TestGateway = await makeGateway({
    supergraphSdl: tinySupergraph({ stories: stories.url, writers: writers.url }),
    callSubgraph: () => undefined,
    ...options,
  });
  open.push(stories, { close: gateway.stop });
  if ('close' in writers) open.push(writers);
  return { gateway, stories, address: await gateway.listen() };
}

const query = '{ story(id: 1) { title byline { id name } } }';

async function ask(address: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  return { status: response.status, text, body: JSON.parse(text) };
}

/** What must hold whichever way the subgraph of writers fails. */
async function expectHole(address: string, gateway: TestGateway, kind: string) {
  const { status, text, body } = await ask(address);
  expect(status).toBe(200);
  expect(body.data).toEqual({ story: { title: 'Story 1', byline: { id: 'w1', name: null } } });
  expect(body.errors).toEqual([
    {
      message: expect.stringMatching(/^Subgraph request failed/),
      path: ['story', 'byline', 'name'],
      extensions: { code: 'SUBGRAPH_FAILED', id: expect.any(String) },
    },
  ]);
  expect(text).not.toMatch(/127\.0\.0\.1|ECONN|<html>|SELECT|writers|stack/);
  const lines = gateway.logged.map((line) => JSON.parse(line));
  const told = lines.find((line) => line.id === body.errors[0].extensions.id);
  expect(told).toMatchObject({ subgraph: 'writers', kind });
}

describe('the gateway before subgraphs on their own ports', () => {
  it('joins them, and tells each the number of the request', async () => {
    const writers = await serveTiny('writers');
    const { address, stories } = await startBefore(writers);
    const { body } = await ask(address, { 'x-request-id': 'desk-42', authorization: 'Bearer secret' });
    expect(body).toEqual({ data: { story: { title: 'Story 1', byline: { id: 'w1', name: 'Writer w1' } } } });
    for (const { seen } of [stories, writers]) {
      expect(seen[0]?.['x-request-id']).toBe('desk-42');
      expect(seen[0]?.authorization).toBeUndefined();
    }
  });

  it('keeps siblings when one subgraph is down', async () => {
    const gone = await serveTiny('writers');
    await gone.close();
    const { address, gateway } = await startBefore({ url: gone.url });
    await expectHole(address, gateway, 'unreachable');
  });

  it('keeps siblings when one answers with HTML', async () => {
    const html = await serveHttp((_request, _body, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>SELECT * FROM writers</html>');
    });
    const { address, gateway } = await startBefore(html);
    await expectHole(address, gateway, 'malformed');
  });

  it('keeps siblings when one answers with an error of HTTP', async () => {
    const broken = await serveHttp((_request, _body, response) => {
      response.writeHead(502, { 'content-type': 'application/json' }).end('"bad gateway"');
    });
    const { address, gateway } = await startBefore(broken);
    await expectHole(address, gateway, 'status');
  });

  it('keeps siblings when one answers with more than is taken', async () => {
    const flood = await serveHttp((_request, _body, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(`{"data":"${'x'.repeat(10_000)}"}`);
    });
    const { address, gateway } = await startBefore(flood, { env: { MAX_ANSWER_BYTES: '4096' } });
    await expectHole(address, gateway, 'too large');
  });

  it('keeps siblings when one hangs past its deadline', async () => {
    const hanging = await serveHttp(() => {});
    const { address, gateway } = await startBefore(hanging, { env: { SUBGRAPH_TIMEOUT_MS: '100' } });
    await expectHole(address, gateway, 'late');
  });

  it('follows no redirect', async () => {
    const elsewhere = await serveTiny('writers');
    open.push(elsewhere);
    const moved = await serveHttp((_request, _body, response) => {
      response.writeHead(307, { location: elsewhere.url }).end();
    });
    const { address, gateway } = await startBefore(moved);
    await expectHole(address, gateway, 'status');
    expect(elsewhere.seen).toHaveLength(0);
  });

  it('ends its calls when the caller leaves, and calls that no error', async () => {
    let asked: (request: SubgraphRequest) => void;
    const firstCall = new Promise<SubgraphRequest>((resolve) => {
      asked = resolve;
    });
    const gateway = await makeGateway({
      calls: {
        stories: (request) => {
          asked(request);
          return new Promise(() => {});
        },
      },
    });
    open.push({ close: gateway.stop });
    const { port } = new URL(await gateway.listen());
    const headers = { 'content-type': 'application/json' };
    const client = httpRequest({ port, path: '/graphql', method: 'POST', headers });
    client.on('error', () => {});
    client.end(JSON.stringify({ query }));
    const { signal } = await firstCall;
    expect(signal?.aborted).toBe(false);
    const aborted = once(signal as AbortSignal, 'abort');
    client.destroy();
    await aborted;
    expect(gateway.logged.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});

describe('stopping', () => {
  it('lets what is under way end, refuses what comes, and stops twice as well as once', async () => {
    let release: () => void = () => {};
    let reached: () => void = () => {};
    const called = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const gateway = await makeGateway({
      calls: {
        stories: () => {
          reached();
          return new Promise((resolve) => {
            release = () => resolve({ data: { story: null } });
          });
        },
      },
    });
    const address = await gateway.listen();
    const underWay = ask(address);
    await called;
    const stopped = gateway.stop();
    const refused = await gateway.app.inject({ url: '/health/ready' });
    expect([refused.statusCode, refused.json()]).toEqual([503, { status: 'stopping' }]);
    release();
    expect((await underWay).body).toEqual({ data: { story: null } });
    await Promise.all([stopped, gateway.stop()]);
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
  });

  it('cuts what is still under way when its time is up', async () => {
    let reached: () => void = () => {};
    const called = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const gateway = await makeGateway({
      env: { DRAIN_TIMEOUT_MS: '50' },
      calls: {
        stories: () => {
          reached();
          return new Promise(() => {});
        },
      },
    });
    const address = await gateway.listen();
    const cut = expect(ask(address)).rejects.toThrow();
    await called;
    await gateway.stop();
    await cut;
  });

  it('says which port is taken', async () => {
    const first = await makeGateway();
    open.push({ close: first.stop });
    const { port } = new URL(await first.listen());
    const second = await makeGateway({ env: { PORT: port } });
    open.push({ close: second.stop });
    await expect(second.listen()).rejects.toThrow(
      `Expected port ${port} of 127.0.0.1 to be free, but another program listens there.`,
    );
  });
});
