/** The gateway before a graph that is not ours, as docs/running.md shows it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { afterEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { exampleSubgraphs } from '../federation/example/schema.ts';
import { serveExample, urlOf } from '../support/exampleGraph.ts';
import { killPrograms, startProgram } from '../support/program.ts';

const folder = 'tests/federation/example';
const supergraphSdl = readFileSync(join(folder, 'supergraph.graphql'), 'utf8');

let close = async () => {};
afterEach(async () => {
  await killPrograms();
  await close();
});

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
    const example = await serveExample();
    close = example.close;
    const gateway = startProgram('gateway/main.js', {
      args: ['--supergraph', example.file, '--port', '0'],
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
