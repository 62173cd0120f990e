import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { channels, type OperationMessage } from '../../kit/channels.ts';
import { type OpsOptions, type OpsServer, openOpsServer } from '../../telemetry/opsServer.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const quiet: OpsOptions = {
  host: '127.0.0.1',
  port: 0,
  isRequired: true,
  onTaken: () => {},
  ready: async () => {},
};

async function open(options: Partial<OpsOptions> = {}): Promise<OpsServer> {
  const server = await openOpsServer({ ...quiet, ...options });
  ends.push(server.close);
  return server;
}

const get = async ({ url }: OpsServer, path: string, init?: RequestInit) => {
  const response = await fetch(`${url}${path}`, init);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
};

const schema = buildSchema('type Query { story: Story } type Story { title: String section: String }');
const message = (more: Partial<OperationMessage> = {}): OperationMessage => ({
  operation: 'Page',
  isStored: false,
  client: 'ios',
  version: '1',
  outcome: 'ok',
  codes: [],
  seconds: 0.02,
  calls: [],
  requestId: 'r',
  document: parse('query Page { story { title } }'),
  schema,
  ...more,
});

describe('the operations port', () => {
  it('serves what was published, in the format of Prometheus', async () => {
    const server = await open();
    channels.operation.publish(message({ outcome: 'partial', codes: ['SUBGRAPH_FAILED'] }));
    channels.httpRequest.publish({ route: '/graphql', method: 'POST', status: 200, seconds: 0.02 });
    channels.subgraphCall.publish({ subgraph: 'articles', outcome: 'late', seconds: 10 });
    channels.statement.publish({
      subgraph: 'articles',
      statement: 'by_slug',
      isFailed: true,
      seconds: 0.001,
    });
    channels.plan.publish({ outcome: 'made', seconds: 0.1 });
    channels.planCache.publish({ isHit: true });
    const { status, type, text } = await get(server, '/metrics');
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    for (const line of [
      'graphql_operation_duration_seconds_count{operation="Page",client="ios",outcome="partial"} 1',
      'graphql_errors_total{code="SUBGRAPH_FAILED",operation="Page"} 1',
      'http_server_request_duration_seconds_count{route="/graphql",method="POST",status="200"} 1',
      'subgraph_request_duration_seconds_sum{subgraph="articles",outcome="late"} 10',
      'sql_duration_seconds_bucket{le="0.001",subgraph="articles",statement="by_slug"} 1',
      'sql_errors_total{subgraph="articles",statement="by_slug"} 1',
      'plan_duration_seconds_count{outcome="made"} 1',
      'plan_cache_requests_total{outcome="hit"} 1',
    ])
      expect(text).toContain(`\n${line}\n`);
    expect(text).toMatch(/\nnodejs_eventloop_lag_seconds \d/);
    expect(text).toMatch(/\nprocess_resident_memory_bytes \d/);
  });

  it('counts operations that are not stored, and clients, by a bounded number of names', async () => {
    const server = await open();
    for (let n = 0; n < 300; n += 1)
      channels.operation.publish(message({ operation: `Made${n}`, client: `client ${n}` }));
    for (let n = 0; n < 300; n += 1)
      channels.operation.publish(message({ operation: `Stored${n}`, isStored: true, client: '' }));
    const { text } = await get(server, '/metrics');
    const names = (label: string) =>
      new Set(
        [...text.matchAll(new RegExp(`^graphql_operation.*${label}="([^"]*)"`, 'gm'))].map(
          ([, name]) => name,
        ),
      );
    const operations = [...names('operation')];
    expect(operations.filter((name) => name?.startsWith('Made'))).toHaveLength(200);
    expect(operations.filter((name) => name?.startsWith('Stored'))).toHaveLength(300);
    expect(names('client').size).toBe(51);
  });

  it('keeps no more than the beginning of long names', async () => {
    const server = await open();
    for (let n = 0; n < 5; n += 1)
      channels.operation.publish(
        message({ operation: `A${n}${'x'.repeat(300_000)}`, client: `c${n}${'y'.repeat(300_000)}` }),
      );
    expect((await get(server, '/metrics')).text.length).toBeLessThan(100_000);
    const { text } = await get(server, '/usage');
    expect(text.length).toBeLessThan(5_000);
    expect(text).toContain(`"A4${'x'.repeat(98)}":{"c4${'y'.repeat(98)}@1":1}`);
  });

  it('bounds the combinations of labels that are bounded themselves', async () => {
    const server = await open();
    for (let operation = 0; operation < 60; operation += 1)
      for (let client = 0; client < 40; client += 1)
        channels.operation.publish(message({ operation: `O${operation}`, client: `c${client}` }));
    const { text } = await get(server, '/metrics');
    const series = text.match(/^graphql_operation_duration_seconds_count.*$/gm) ?? [];
    expect(series).toHaveLength(1_001);
    expect(series.at(-1)).toBe(
      `graphql_operation_duration_seconds_count{operation="other",client="other",outcome="other"} ${60 * 40 - 1_000}`,
    );
  });

  it('masks e-mail addresses in the names that clients choose', async () => {
    const server = await open();
    channels.operation.publish(message({ client: 'ada@example.org', version: 'of bob@example.org' }));
    const all = (await get(server, '/metrics')).text + (await get(server, '/usage')).text;
    expect(all).not.toMatch(/ada|bob|example\.org/);
    expect(all).toContain('client="***"');
  });

  it('keeps names of clients from ending a line or a label', async () => {
    const server = await open();
    channels.operation.publish(message({ client: 'a"\n{}\\é'.repeat(40) }));
    const { text } = await get(server, '/metrics');
    const [line] = text
      .split('\n')
      .filter((one) => one.startsWith('graphql_operation_duration_seconds_count'));
    expect(line).toMatch(
      /^graphql_operation_duration_seconds_count\{operation="Page",client="(?:[^"\\]|\\.)*",outcome="ok"\} 1$/,
    );
    expect(line?.length).toBeLessThan(250);
  });

  it('tells which clients use which fields', async () => {
    const server = await open();
    const document = parse('query Page { story { title __typename } }');
    for (const version of ['1', '1', '2']) channels.operation.publish(message({ document, version }));
    channels.operation.publish(
      message({ operation: '', client: '', document: parse('{ story { section } }') }),
    );
    const report = JSON.parse((await get(server, '/usage')).text);
    const expected = {
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      operations: { '': { '': 1 }, Page: { 'ios@1': 2, 'ios@2': 1 } },
      fields: {
        'Query.story': { '': 1, 'ios@1': 2, 'ios@2': 1 },
        'Story.section': { '': 1 },
        'Story.title': { 'ios@1': 2, 'ios@2': 1 },
      },
    };
    expect(report).toEqual(expected);
    // A second report counts nothing twice.
    expect(JSON.parse((await get(server, '/usage')).text)).toEqual(expected);
  });

  it('answers readiness, and refuses other paths and methods in a sentence', async () => {
    let isReady = true;
    const server = await open({
      ready: async () => {
        if (!isReady) throw new Error('secret');
      },
    });
    expect(await get(server, '/health/ready')).toMatchObject({ status: 200, text: '{"status":"ready"}\n' });
    isReady = false;
    expect(await get(server, '/health/ready')).toMatchObject({
      status: 503,
      text: '{"status":"not ready"}\n',
    });
    expect(await get(server, '/health/live')).toMatchObject({ status: 200 });
    expect(await get(server, '/constructor')).toMatchObject({
      status: 404,
      text: '{"message":"Expected /metrics, /usage, /health/live, /health/ready, but got: /constructor."}\n',
    });
    expect(await get(server, '/metrics', { method: 'POST' })).toMatchObject({ status: 405 });
  });

  it('refuses to start on a port in use where the port is set, and goes on without one where it is not', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    ends.push(() => new Promise((closed) => other.close(closed)));
    const { port } = other.address() as AddressInfo;
    const sentence = `Expected port ${port} of 127.0.0.1 (OPS_PORT) to be free, but another program listens there.`;
    await expect(open({ port })).rejects.toThrow(sentence);
    const told: string[] = [];
    const server = await open({ port, isRequired: false, onTaken: (line) => told.push(line) });
    expect([server.url, told]).toEqual([undefined, [sentence]]);
  });

  it('ends while a scrape is under way', async () => {
    let onAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      onAsked = resolve;
    });
    const ready = () => {
      onAsked();
      return new Promise<void>(() => {});
    };
    const server = await openOpsServer({ ...quiet, ready });
    const scrape = get(server, '/health/ready').catch(() => 'ended');
    await asked;
    await server.close();
    expect(await scrape).toBe('ended');
    expect(channels.operation.hasSubscribers).toBe(false);
  });
});
