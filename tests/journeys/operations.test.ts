/** Metrics of a newsroom as people run it, and its log of slow operations. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { killPrograms, startProgram } from '../support/program.ts';

const patience = 120_000;
const dataDir = mkdtempSync(join(tmpdir(), 'dateline-operations-'));
afterAll(async () => {
  await killPrograms();
  rmSync(dataDir, { recursive: true, force: true });
});

const query =
  'query Front($first: Int) { articles(first: $first) { nodes { headline section { name } } } membership { memberCount { rounded } } }';
const ask = (address: string) =>
  fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apollographql-client-name': 'reader' },
    body: JSON.stringify({ query, variables: { first: 3 } }),
  }).then((response) => response.json());

describe('a newsroom', () => {
  it(
    'tells requests, operations, calls and statements on its operations port, and not on its public one',
    async () => {
      const newsroom = startProgram('newsroom/main.js', {
        env: { PORT: '0', DATA_DIR: dataDir, SLOW_OPERATION_MS: '1', LOG_LEVEL: 'warn' },
      });
      const [, operations] = await newsroom.said(/metrics +(http:\S+)\/metrics\n/);
      const [, address] = await newsroom.said(/ready: (http:\S+)\n/);
      expect(await ask(address as string)).not.toHaveProperty('errors');
      const text = await (await fetch(`${operations}/metrics`)).text();
      for (const line of [
        /^http_server_request_duration_seconds_count\{route="\/graphql",method="POST",status="200"\} 1$/m,
        /^graphql_operation_duration_seconds_count\{operation="Front",client="reader",outcome="ok"\} 1$/m,
        /^subgraph_request_duration_seconds_count\{subgraph="articles",outcome="ok"\} [1-9]/m,
        /^subgraph_request_duration_seconds_count\{subgraph="membership",outcome="ok"\} [1-9]/m,
        /^sql_duration_seconds_count\{subgraph="articles",statement="\w+"\} [1-9]/m,
        /^plan_duration_seconds_count\{outcome="made"\} [1-9]/m,
        /^plan_cache_requests_total\{outcome="miss"\} [1-9]/m,
      ])
        expect(text).toMatch(line);
      // No value of a variable and no address of a reader is in a label.
      expect(text).not.toMatch(/127\.0\.0\.1|@/);
      expect((await fetch(`${address}/metrics`)).status).toBe(404);
      expect((await fetch(`${address}/usage`)).status).toBe(404);
      const usage = await (await fetch(`${operations}/usage`)).json();
      expect(usage.fields['Membership.memberCount']).toEqual({ reader: 1 });
      const [line] = await newsroom.said(/^\{.*"msg":"slow operation"\}$/m, 'stderr');
      expect(JSON.parse(line as string)).toMatchObject({
        level: 40,
        operation: 'Front',
        client: 'reader',
        outcome: 'ok',
        ms: expect.any(Number),
        calls: expect.arrayContaining([{ subgraph: 'articles', ms: expect.any(Number) }]),
      });
      expect((await newsroom.signal('SIGTERM')).code).toBe(0);
    },
    patience,
  );
});
