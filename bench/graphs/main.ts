/**
 * All subgraphs of a made-up graph in one process, a port each, so cheap that a gateway before them is what is
 * measured: each answer is worked out once for a request body and then sent as bytes. `main.js reviews` prints the
 * addresses as JSON; asked over IPC for "count" it says how many calls came and how many had no authorization.
 */
import { createServer, type Server, type Socket } from 'node:net';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { schemaOf } from './graph.ts';
import { graphNamed } from './named.ts';

const counts = { calls: 0, withoutAuthorization: 0 };

async function main(): Promise<void> {
  const { subgraphs } = graphNamed(process.argv[2] ?? '');
  const addresses: Record<string, string> = {};
  for (const subgraph of subgraphs) {
    const server = serve(schemaOf(subgraph));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    addresses[subgraph.name] = `http://127.0.0.1:${port}/graphql`;
  }
  process.on('message', () => {
    process.send?.({ ...counts });
    counts.calls = 0;
    counts.withoutAuthorization = 0;
  });
  process.once('SIGTERM', () => process.exit(0));
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
}

/** A server of HTTP/1.1 that knows keep-alive and bodies, and answers all that comes with JSON. */
function serve(schema: GraphQLSchema): Server {
  const known = new Map<string, Buffer>();

  async function answer(body: string): Promise<Buffer> {
    const { query, variables, operationName } = JSON.parse(body);
    const result = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName,
    });
    const text = Buffer.from(JSON.stringify(result));
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${text.length}\r\n\r\n`;
    const bytes = Buffer.concat([Buffer.from(head), text]);
    known.set(body, bytes);
    return bytes;
  }

  return createServer({ noDelay: true }, (socket) => {
    let waiting: Buffer = Buffer.alloc(0);
    let isBusy = false;
    const take = async () => {
      if (isBusy) return;
      isBusy = true;
      for (let request = read(waiting); request; request = read(waiting)) {
        waiting = waiting.subarray(request.end);
        counts.calls += 1;
        if (!request.isAuthorized) counts.withoutAuthorization += 1;
        const bytes = known.get(request.body);
        if (bytes) socket.write(bytes);
        else
          await answer(request.body).then(
            (made) => socket.write(made),
            (error) => refuse(socket, error),
          );
      }
      isBusy = false;
    };
    socket.on('data', (chunk) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      void take();
    });
    socket.on('error', () => socket.destroy());
  });
}

function refuse(socket: Socket, error: unknown): void {
  process.stderr.write(`A subgraph could not answer: ${error}\n`);
  socket.destroy();
}

/** The first whole request of these bytes, if there is one. */
function read(bytes: Buffer): { body: string; isAuthorized: boolean; end: number } | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const head = bytes.toString('latin1', 0, headEnd);
  const isAuthorized = /\r\nauthorization: *\S/i.test(head);
  const start = headEnd + 4;
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return readChunks(bytes, start, isAuthorized);
  const end = start + Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < end) return undefined;
  return { body: bytes.toString('utf8', start, end), isAuthorized, end };
}

function readChunks(bytes: Buffer, start: number, isAuthorized: boolean) {
  const parts: Buffer[] = [];
  for (let at = start; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const next = lineEnd + 2 + size + 2;
    if (bytes.length < next) return undefined;
    if (size === 0) return { body: Buffer.concat(parts).toString(), isAuthorized, end: next };
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = next;
  }
}

await main();
