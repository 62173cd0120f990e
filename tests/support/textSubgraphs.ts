/** Subgraphs over HTTP that answer with text as a test has it, so that they can say what no JSON library would. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';

export interface Sent {
  name: string;
  /** The request as it came. */
  body: string;
}

/** The text of an answer with status 200; or whatever is done with the response. */
export type Answer = (sent: Sent) => string | ((response: ServerResponse) => void);

export interface TextSubgraphs {
  supergraphSdl: string;
  /** Every request so far. */
  sent: Sent[];
  close: () => Promise<void>;
}

const imports = '["@key", "@external", "@requires", "@shareable", "@inaccessible"]';

/** Serves all subgraphs from one port. Throws when they do not compose. */
export async function serveTexts(
  subgraphs: Readonly<Record<string, string>>,
  answer: Answer,
): Promise<TextSubgraphs> {
  const sent: Sent[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const one = { name: String(request.url).slice(1), body: Buffer.concat(chunks).toString() };
      sent.push(one);
      const given = answer(one);
      if (typeof given === 'function') given(response);
      else response.writeHead(200, { 'content-type': 'application/json' }).end(given);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, types]) => ({
      name,
      url: `http://127.0.0.1:${port}/${name}`,
      typeDefs: parse(
        `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ${imports}) ${types}`,
      ),
    })),
  );
  if (!supergraphSdl) throw errors?.[0] ?? new Error('Expected subgraphs that compose.');
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { supergraphSdl, sent, close };
}
