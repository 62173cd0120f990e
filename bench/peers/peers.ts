/** The gateways that are measured, and how each is started in its documented production setting. */
import { type Program, startProgram } from '../program.ts';

/** What a scene hands each gateway that it starts. */
export interface Setting {
  /** Files made by the scene. */
  supergraphFile: string;
  apiSchemaFile: string;
  answerFile: string;
  /** The address of each subgraph. */
  addresses: Readonly<Record<string, string>>;
  /** The program that a person wrote for the scene. */
  handWritten: string;
  /** The core that the gateway is kept to, if to one. */
  pin: { core?: number };
}

export interface Peer {
  name: string;
  /** Whether it is a gateway; the others show what its parts cost alone. */
  isGateway: boolean;
  /** Whether it knows one answer only, and stands only where that one is asked for. */
  isConstant?: true;
  /** Starts it; `others` are processes of its own whose time counts too. */
  start(setting: Setting): Promise<{ program: Program; url: string; others?: readonly Program[] }>;
}

const production = { NODE_ENV: 'production' };
const graph = /Graph: (http\S+)/;

async function startNode(
  file: string,
  args: string[],
  env: Record<string, string>,
  more: { core?: number; flagsLike?: string },
) {
  const program = await startProgram({ file, args, env: { ...production, ...env }, until: graph, ...more });
  return { program, url: graph.exec(program.lines.join('\n'))?.[1] ?? '' };
}

const hive =
  (env: Record<string, string> = {}): Peer['start'] =>
  async ({ supergraphFile, pin }) => {
    const port = await freePort();
    const args = ['supergraph', supergraphFile, '--port', String(port), '--host', '127.0.0.1', '--fork', '1'];
    const program = await startProgram({
      file: 'bench/node_modules/@graphql-hive/gateway/dist/bin.js',
      args: [...args, '--config-path', 'bench/hive.config.mjs'],
      env: { ...production, LOG_LEVEL: 'info', ...env },
      until: /Listening on/i,
      ...pin,
    });
    return { program, url: `http://127.0.0.1:${port}/graphql` };
  };

export const ours: Peer = {
  name: 'Dateline',
  isGateway: true,
  start: ({ supergraphFile, pin }) =>
    startNode(
      'dist/gateway/main.js',
      ['--supergraph', supergraphFile, '--port', '0'],
      { LOG_LEVEL: 'warn', PROPAGATE_HEADERS: 'authorization', ...roomForNesting },
      pin,
    ),
};

/** The lists of the public benchmark say nothing of their length, so that their nesting counts as endless. */
const roomForNesting = { MAX_COST: '100000000' };

export const stock: Peer = {
  name: '@apollo/gateway',
  isGateway: true,
  start: ({ supergraphFile, pin }) => startNode('dist/bench/peers/stock.js', [supergraphFile], {}, pin),
};

export const peers: readonly Peer[] = [
  stock,
  { name: 'Hive Gateway', isGateway: true, start: hive() },
  { name: 'Hive Gateway, Rust planner', isGateway: true, start: hive({ HIVE_ROUTER_RUNTIME: 'true' }) },
  ours,
  {
    name: 'hand-written client',
    isGateway: false,
    start: ({ handWritten, addresses, pin }) =>
      // With the same flags of Node as ours: what they bring is not the gateway's merit.
      startNode(
        `dist/bench/peers/${handWritten}.js`,
        [JSON.stringify(addresses)],
        {},
        {
          ...pin,
          flagsLike: 'dist/gateway/main.js',
        },
      ),
  },
  {
    name: 'Apollo Server, a constant',
    isGateway: false,
    isConstant: true,
    start: ({ apiSchemaFile, answerFile, pin }) =>
      startNode('dist/bench/peers/constant.js', [apiSchemaFile, answerFile], {}, pin),
  },
  {
    name: 'node:http, the bytes',
    isGateway: false,
    isConstant: true,
    start: ({ answerFile, pin }) => startNode('dist/bench/peers/bytes.js', [answerFile], {}, pin),
  },
];

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
