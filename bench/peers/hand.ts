/** What the hand-written clients share: a door of node:http, and one call to a subgraph by undici. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';

/** Any JSON, read without checks as a hurried hand would. */
// biome-ignore lint/suspicious/noExplicitAny: the clients trust their subgraphs.
export type Json = any;

export interface Asked {
  variables: Json;
  /** The caller's authorization, sent on with every call. */
  authorization: string | undefined;
}

export type Ask = (query: string, variables: object, asked: Asked) => Promise<Json>;

/** Opens connections to a subgraph; the answer of its calls is `data`, and an error of the subgraph is thrown. */
export function openAsk(address: string): Ask {
  const { origin, pathname } = new URL(address);
  const pool = new Pool(origin, { connections: 64, pipelining: 1 });
  return async (query, variables, { authorization }) => {
    const { body } = await pool.request({
      path: pathname,
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await body.json()) as Json;
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
}

/** Serves what `answer` makes of a request; prints its address when it listens. */
export function serveByHand(answer: (asked: Asked, operation: string) => Promise<Json>): void {
  const server = createServer(async (request, response) => {
    try {
      const { variables, operationName } = JSON.parse(await textOf(request));
      const data = await answer({ variables, authorization: request.headers.authorization }, operationName);
      const text = JSON.stringify({ data });
      response
        .writeHead(200, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        })
        .end(text);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  server.listen(0, '127.0.0.1', () => {
    process.stdout.write(`Graph: http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql\n`);
  });
}

function textOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

/** The ids of a list without repeats, and where each of the list's own ended up. */
export function distinct(ids: readonly string[]): { ids: string[]; places: number[] } {
  const known = new Map<string, number>();
  const places = ids.map((id) => {
    const place = known.get(id) ?? known.size;
    known.set(id, place);
    return place;
  });
  return { ids: [...known.keys()], places };
}
