/** The gateway as its own package: packed, installed into an empty folder, and used as its README says. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveExample } from '../support/exampleGraph.ts';
import { killPrograms, startCommand } from '../support/program.ts';

const patience = 300_000;
const own = JSON.parse(readFileSync('package.json', 'utf8'));
const query = '{ screenings { begins film { title slots } } }';

const data = {
  screenings: expect.arrayContaining([
    { begins: '19:30', film: { title: 'The Tide Clock', slots: ['18:00-19:35', '19:30-21:05'] } },
  ]),
};

let folder: string;
let example: Awaited<ReturnType<typeof serveExample>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dateline-package-'));
  const tarball = resolve(run('npm', ['run', '--silent', 'package'], '.').trim());
  write('package.json', JSON.stringify({ name: 'consumer', private: true, type: 'module' }));
  const peers = ['graphql', '@apollo/server'].map((name) => `${name}@${own.dependencies[name]}`);
  const integrations = [
    'express@5',
    '@as-integrations/express5@1',
    `fastify@${own.dependencies.fastify}`,
    `@as-integrations/fastify@${own.dependencies['@as-integrations/fastify']}`,
  ];
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball, ...peers, ...integrations]);
  example = await serveExample();
}, patience);

afterAll(async () => {
  await killPrograms();
  await example?.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

/** Standard output of a command that has to succeed. */
function run(command: string, args: readonly string[], cwd = folder): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`Expected "${command} ${args.join(' ')}" to succeed, but got: ${stdout}${stderr}`);
  return stdout;
}

async function post(url: string): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('the package of the gateway', () => {
  it('brings its own dependencies, and nothing of the newsroom', () => {
    const foreign = [
      '@electric-sql/pglite',
      'sharp',
      'stripe',
      'pg',
      'type-graphql',
      'drizzle-orm',
      'preact',
    ];
    expect(foreign.filter((name) => existsSync(join(folder, 'node_modules', name)))).toEqual([]);
    expect(JSON.parse(run('npm', ['ls', 'graphql', '@apollo/server', '--json', '--all']))).not.toHaveProperty(
      'problems',
    );
    const files = run('find', [join(folder, 'node_modules/dateline-gateway'), '-type', 'f']).split('\n');
    expect(files.filter((file) => /\/(?:tests|subgraphs|newsroom|partners|web|bench)\//.test(file))).toEqual(
      [],
    );
  });

  it(
    'serves a supergraph by its command',
    async () => {
      const args = ['dateline-gateway', '--supergraph', example.file, '--port', '0'];
      const gateway = startCommand('npx', args, { cwd: folder, env: { HOME: folder, LOG_LEVEL: 'warn' } });
      const [, url] = await gateway.said(/Graph: (http:\S+)\n/);
      expect(await post(url as string)).toEqual({ data });
      // npm ends with its shell; the gateway notices and closes what it has, or this would wait for ever.
      await gateway.signal('SIGTERM');
      expect(gateway.printed.stderr).toBe('');
    },
    patience,
  );

  it('says how its command is called', () => {
    const help = run('npx', ['dateline-gateway', '--help']);
    expect(help).toMatch(/^Usage: dateline-gateway --supergraph FILE\|URL /);
  });

  const listens = 'console.log("at " + url);';
  const integrations: [name: string, program: string][] = [
    [
      'the standalone server',
      `import { startStandaloneServer } from '@apollo/server/standalone';
       const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
       ${listens}`,
    ],
    [
      'Express',
      `import express from 'express';
       import { expressMiddleware } from '@as-integrations/express5';
       await server.start();
       const app = express();
       app.use('/graphql', express.json(), expressMiddleware(server));
       const http = app.listen(0, '127.0.0.1', () => {
         const url = \`http://127.0.0.1:\${http.address().port}/graphql\`;
         ${listens}
       });`,
    ],
    [
      'Fastify',
      `import { fastify } from 'fastify';
       import { fastifyApolloHandler } from '@as-integrations/fastify';
       await server.start();
       const app = fastify();
       app.post('/graphql', fastifyApolloHandler(server));
       const url = \`\${await app.listen({ port: 0, host: '127.0.0.1' })}/graphql\`;
       ${listens}`,
    ],
  ];

  it.each(integrations)(
    'answers in an Apollo Server behind %s',
    async (_, program) => {
      write(
        'server.mjs',
        `import { ApolloServer } from '@apollo/server';
         import { createGateway } from 'dateline-gateway';
         const server = new ApolloServer({ gateway: createGateway({ supergraph: process.argv[2] }) });
         ${program}`,
      );
      const server = startCommand(process.execPath, ['server.mjs', example.file], { cwd: folder });
      const [, url] = await server.said(/at (http:\S+)\n/);
      expect(await post(url as string)).toEqual({ data });
    },
    patience,
  );

  it(
    'is loaded by CommonJS too',
    async () => {
      write(
        'server.cjs',
        `const { ApolloServer } = require('@apollo/server');
         const { startStandaloneServer } = require('@apollo/server/standalone');
         const { createGateway } = require('dateline-gateway');
         const server = new ApolloServer({ gateway: createGateway({ supergraph: process.argv[2] }) });
         startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } }).then(({ url }) => ${listens.slice(0, -1)});`,
      );
      const server = startCommand(process.execPath, ['server.cjs', example.file], { cwd: folder });
      const [, url] = await server.said(/at (http:\S+)\n/);
      expect(await post(url as string)).toEqual({ data });
    },
    patience,
  );

  it('keeps no process alive that has stopped it', () => {
    write(
      'stopped.mjs',
      `import { anonymousReader, createGateway } from 'dateline-gateway';
       const gateway = createGateway({ supergraph: process.argv[2], reader: () => anonymousReader });
       await gateway.load({ apollo: {} });
       await gateway.stop();
       console.log('stopped');`,
    );
    expect(run(process.execPath, ['stopped.mjs', example.file])).toBe('stopped\n');
  });

  it(
    'has types that hold in a strict program',
    () => {
      write(
        'typed.mts',
        `import { ApolloServer } from '@apollo/server';
         import { createGateway, type GatewayOptions } from 'dateline-gateway';
         interface Context { token?: string | undefined }
         const options: GatewayOptions<Context> = {
           supergraphSdl: 'type Query { a: Int }',
           headers: ({ context }) => ({ authorization: context.token }),
         };
         export const server: ApolloServer<Context> = new ApolloServer<Context>({ gateway: createGateway(options) });
         // @ts-expect-error: there is no such option.
         createGateway({ supergraphs: [] });`,
      );
      const options = [
        '--module',
        'nodenext',
        '--target',
        'es2022',
        '--strict',
        '--noEmit',
        '--types',
        'node',
      ];
      const types = ['--typeRoots', resolve('node_modules/@types')];
      expect(
        run(process.execPath, [
          resolve('node_modules/typescript/bin/tsc'),
          ...options,
          ...types,
          'typed.mts',
        ]),
      ).toBe('');
    },
    patience,
  );
});
