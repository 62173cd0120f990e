/** The example's two subgraphs on free ports, as a graph for a gateway. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { graphql } from 'graphql';
import { type ExampleSubgraph, exampleSubgraphs } from '../federation/example/schema.ts';
import { serveHttp } from './subgraph-server.ts';

const folder = 'tests/federation/example';
const supergraphSdl = readFileSync(join(folder, 'supergraph.graphql'), 'utf8');

export const urlOf = ({ port }: ExampleSubgraph) => `http://127.0.0.1:${port}/graphql`;

/** Its subgraphs on free ports, and a file with the supergraph that names these. */
export async function serveExample(): Promise<{ file: string; close: () => Promise<void> }> {
  const ends: (() => Promise<unknown>)[] = [];
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
  const close = async () => {
    for (const end of ends) await end();
  };
  return { file, close };
}
