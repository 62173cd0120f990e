/** The gateway before a graph that is not ours, as docs/running.md shows it. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { afterEach, describe, expect, it } from '@jest/globals';
import { graphql, parse } from 'graphql';
import { type ExampleSubgraph, exampleSubgraphs } from '../federation/example/schema.ts';
import { killPrograms, startProgram } from '../support/program.ts';
import { serveHttp } from '../support/subgraph-server.ts';

const folder = 'tests/federation/example';
const supergraphSdl = readFileSync(join(folder, 'supergraph.graphql'), 'utf8');

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await killPrograms();
  for (const end of ends.splice(0)) await end();
});

const urlOf = ({ port }: ExampleSubgraph) => `http://127.0.0.1:${port}/graphql`;

/** Its subgraphs on free ports, and a file with the supergraph that names these. */
async function serveExample(): Promise<string> {
  let sdl = supergraphSdl;
  for (const subgraph of exampleSubgraphs(folder)) {
    const { close, url } = await serveHttp(async (_request, body, response) => {
      const { query, variables } = JSON.parse(body);
      response.setHeader('content-type', 'application/json');
      const answer = await graphql({ schema: subgraph.schema, source: query, variableValues: variables });
      response.end(JSON.stringify(answer));
    });
    ends.push(close);
    sdl = sdl.replace(urlOf(subgraph), url);
  }
  const temporary = await mkdtemp(join(tmpdir(), 'dateline-example-'));
  ends.push(() => rm(temporary, { recursive: true }));
  const file = join(temporary, 'supergraph.graphql');
  await writeFile(file, sdl);
  return file;
}

describe('the example', () => {
  it('has the supergraph that its subgraphs compose to', () => {
    const { supergraphSdl: composed, errors } = composeServices(
      exampleSubgraphs(folder).map((subgraph) => ({
        name: subgraph.name,
        typeDefs: parse(subgraph.sdl),
        url: urlOf(subgraph),
      })),
    );
    expect(errors).toBeUndefined();
    expect(supergraphSdl.trim()).toBe(composed?.trim());
  });

  it('is served by the gateway, fields that require others included', async () => {
    const gateway = startProgram('gateway/main.js', {
      args: ['--supergraph', await serveExample(), '--port', '0'],
      env: { LOG_LEVEL: 'warn' },
    });
    const [, address] = await gateway.said(/Graph: (http:\S+)\/graphql\n/);
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ screenings(hall: "Red") { begins film { title slots } } }' }),
    });
    expect(await response.json()).toEqual({
      data: {
        screenings: [
          { begins: '19:30', film: { title: 'The Tide Clock', slots: ['18:00-19:35', '19:30-21:05'] } },
        ],
      },
    });
    expect(await gateway.signal('SIGTERM')).toMatchObject({ code: 0, stderr: '' });
  });
});
