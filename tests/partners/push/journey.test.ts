import { createHmac } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { type DatabaseServer, openServerDatabase, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { createScratchDatabase, type ScratchDatabase, testDatabases } from '../../support/databases.ts';
import { killPrograms, type Program, startProgram } from '../../support/program.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const patience = 180_000;
const hasServer = testDatabases.length > 1;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  response: ServerResponse;
}

/** A partner's server, which answers when the test says so. */
async function openReceiver() {
  const arrivals = new EventEmitter();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    arrivals.emit('delivery', { headers: request.headers, body: Buffer.concat(chunks).toString(), response });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const incoming = on(arrivals, 'delivery');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?token=of-theirs`,
    next: async () => (await incoming.next()).value[0] as Received,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

(hasServer ? describe : describe.skip)('push in a newsroom that is killed', () => {
  let scratch: ScratchDatabase;
  let database: DatabaseServer;
  let articles: ArticlesStore;
  let dataDir: string;
  let receiver: Awaited<ReturnType<typeof openReceiver>>;

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    database = openServerDatabase(scratch.url, { pool: 2 });
    const ours = database.databaseOf(subgraphOwner('articles'));
    await ours.migrate();
    articles = openArticlesStore(ours);
    await putLists(articles);
    dataDir = await mkdtemp(join(tmpdir(), 'dateline-push-'));
    receiver = await openReceiver();
  });
  afterAll(async () => {
    await killPrograms();
    receiver.close();
    await database.close();
    await scratch.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  const env = () => ({
    PORT: '0',
    PUBLIC_URL: 'https://news.example',
    DATABASE_URL: scratch.url,
    DATA_DIR: dataDir,
    PUSH_PRIVATE_TARGETS: 'true',
  });
  const webhook = async (...args: string[]) => {
    const { code, stdout, stderr } = await startProgram('partners/push/main.js', { args, env: env() }).ended;
    return { code, stdout, stderr };
  };
  const start = async (): Promise<Program> => {
    const newsroom = startProgram('newsroom/main.js', { env: env() });
    await newsroom.said(/The newsroom is ready/);
    return newsroom;
  };

  it(
    'loses nothing, and tells the partner again under the same id',
    async () => {
      await articles.putArticles([story('old')], 'test');
      const newsroom = await start();
      const made = await webhook('--partner', 'The Courier', '--url', receiver.url);
      const [, id = ''] = /^webhook (\S+) of The Courier is told of: /.exec(made.stdout) ?? [];
      const [, secret = ''] = /^secret {2}whsec_(\S+)$/m.exec(made.stdout) ?? [];
      expect((await webhook('--list')).stdout).toBe(
        `${id}  The Courier  ${receiver.url.split('?')[0]}  published,updated,withdrawn\n`,
      );

      const embargoedUntil = new Date(Date.now() + 86_400_000);
      await articles.putArticles([story('secret', { embargoedUntil }), story('one')], 'test');
      const held = await receiver.next();
      const told = JSON.parse(held.body);
      expect(told).toEqual({
        id: held.headers['webhook-id'],
        type: 'article.published',
        at: expect.any(String),
        article: {
          id: articleId('one'),
          url: 'https://news.example/articles/story-one',
          headline: 'Story one',
        },
      });
      const signed = `${told.id}.${held.headers['webhook-timestamp']}.${held.body}`;
      const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
      expect(held.headers['webhook-signature']).toBe(`v1,${signature}`);

      // Killed while the partner has not answered, and while nobody runs a story changes.
      await newsroom.signal('SIGKILL');
      await articles.putArticles([story('two')], 'test');
      const next = await start();
      const bodies = [];
      for (const _ of ['one', 'two']) {
        const { body, response } = await receiver.next();
        response.writeHead(204).end();
        bodies.push(JSON.parse(body));
      }
      expect(bodies).toContainEqual(told);
      expect(bodies.map(({ article }) => article.id).sort()).toEqual(
        [articleId('one'), articleId('two')].sort(),
      );

      await articles.withdraw(articleId('one'), 'We were wrong.', 'test');
      const last = await receiver.next();
      last.response.writeHead(204).end();
      expect(JSON.parse(last.body)).toEqual({
        id: last.headers['webhook-id'],
        type: 'article.withdrawn',
        at: expect.any(String),
        article: { id: articleId('one'), reason: 'We were wrong.' },
      });

      const ended = await next.signal('SIGTERM');
      expect(ended.code).toBe(0);
      const log = [newsroom.printed.stderr, ended.stderr].join('');
      expect(log).toMatch(/"kind":"event","host":"127.0.0.1"/);
      expect(log).not.toMatch(/of-theirs|whsec/);
      const lines = (await webhook('--deliveries')).stdout.trimEnd().split('\n');
      expect(lines).toHaveLength(3);
      expect(lines.join('\n')).not.toContain('of-theirs');
      for (const line of lines)
        expect(line).toMatch(/ {2}127\.0\.0\.1 {2}delivered {2}attempts [12] {2}204$/);

      expect((await webhook('--replay', told.id)).stdout).toBe(`${told.id} is sent again\n`);
      expect(await webhook('--replay', 'no-such')).toEqual({
        code: 1,
        stdout: '',
        stderr: 'Expected the id of a finished delivery, but got: no-such.\n',
      });
      expect((await webhook('--remove', id)).stdout).toBe(`${id} is told nothing more\n`);
      expect((await webhook('--list')).stdout).toBe('');
    },
    patience,
  );

  it.each([
    [['--partner', 'X'], 'Expected --partner and --url together, but got: one of them.'],
    [[], 'Expected one command (see --help), but got: 0.'],
    [['--list', '--deliveries'], 'Expected one command (see --help), but got: 2.'],
    [
      ['--partner', 'X', '--url', 'https://x.example', '--events', 'published,all'],
      'Expected --events to be of published, updated, withdrawn, but got: published,all.',
    ],
    [
      ['--partner', 'X', '--url', 'ftp://x.example'],
      'Expected --url to be an http or https URL, but got: another value.',
    ],
  ])(
    'refuses %j in words',
    async (args, message) => {
      expect(await webhook(...args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
    },
    patience,
  );
});
