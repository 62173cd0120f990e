/** What a newsroom in one process costs: its start, its memory, content coming in, and pages, one caller at a time. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'undici';
import { runProgram, startProgram } from './program.ts';

const file = 'dist/newsroom/main.js';
const until = /^The newsroom is ready/;

const line = (what: string, figure: number, unit: string) =>
  console.log(`  ${what.padEnd(58)} ${figure.toFixed(figure < 10 ? 2 : 0).padStart(8)} ${unit}`);

/** How long a start takes and how much memory it idles at, on the embedded database, empty and filled. */
export async function start(): Promise<void> {
  await inFolder(async (env) => {
    for (const what of ['first start, filling the demo', 'second start, content there']) {
      const program = await startProgram({ file, env, until });
      line(`${what}: ready after`, program.readyMs / 1000, 's');
      await idle();
      line(`${what}: idle memory`, program.memoryMb(), 'MB');
      await program.stop();
    }
  });
  if (!process.env.DATABASE_URL) return;
  const program = await startProgram({ file, env: { PORT: '0' }, until });
  line('PostgreSQL: ready after', program.readyMs / 1000, 's');
  await idle();
  line('PostgreSQL: idle memory', program.memoryMb(), 'MB');
  await program.stop();
}

/** How fast a Ghost export comes in, and how much memory that takes at its highest. */
export async function importing({ content }: { content: string | undefined }): Promise<void> {
  if (!content) return console.log('  left out: name a Ghost export with --content');
  await inFolder(async (env) => {
    for (const what of ['into the embedded database', 'again, nothing changed']) {
      const { seconds, peakMb, last } = await runProgram('dist/newsroom/import/main.js', [content], env);
      line(`${what}: whole process`, seconds, 's');
      line(`${what}: peak memory`, peakMb, 'MB');
      console.log(`  ${last}`);
    }
  });
}

export async function generating({ articles }: { articles: string }): Promise<void> {
  await inFolder(async (env) => {
    const where = process.env.DATABASE_URL ? 'PostgreSQL' : 'the embedded database';
    const { last, peakMb } = await runProgram(
      'dist/newsroom/generate/main.js',
      ['--articles', articles],
      env,
    );
    console.log(`  into ${where}: ${last}`);
    line('peak memory', peakMb, 'MB');
  });
}

const rounds = 3;
const requests = 400;

/** CPU of the whole newsroom process and time for each stored operation, one caller, after warming up. */
export async function pages(): Promise<void> {
  await inFolder(async (env) => {
    const program = await startProgram({ file, env, until });
    const address = /http:\S+$/.exec(program.lines.at(-1) ?? '')?.[0] ?? '';
    const client = new Client(address, { pipelining: 1 });
    const variables = await someStory(client);
    for (const name of ['article-page', 'news-feed', 'front-page', 'partner-feed']) {
      const body = bodyOf(name, variables);
      await ask(client, body, requests);
      const figures: { cpu: number; ms: number }[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const cpu = program.cpuMs();
        const started = performance.now();
        await ask(client, body, requests);
        figures.push({
          cpu: (program.cpuMs() - cpu) / requests,
          ms: (performance.now() - started) / requests,
        });
      }
      const median = (pick: (figure: { cpu: number; ms: number }) => number) =>
        figures.map(pick).sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
      line(
        `${name}: CPU of the process`,
        median(({ cpu }) => cpu),
        'ms a request',
      );
      line(
        `${name}: time`,
        median(({ ms }) => ms),
        'ms a request',
      );
    }
    line('memory after', program.memoryMb(), 'MB');
    await client.close();
    await program.stop();
  });
}

function bodyOf(operation: string, variables: object): string {
  const query = readFileSync(join('schema', 'operations', `${operation}.graphql`), 'utf8');
  return JSON.stringify({ query, variables });
}

/** A story with much on it, and its section, whatever the newsroom holds. */
async function someStory(client: Client): Promise<{ slug: string; section: string }> {
  const query =
    '{ articles(first: 20) { nodes { slug section { slug } body { id } related { nodes { id } } } } }';
  const { data } = JSON.parse(await ask(client, JSON.stringify({ query }), 1));
  const [best] = data.articles.nodes.sort(
    (a: { body: [] }, b: { body: [] }) => b.body.length - a.body.length,
  );
  return { slug: best.slug, section: best.section.slug };
}

async function ask(client: Client, body: string, times: number): Promise<string> {
  let text = '';
  for (let time = 0; time < times; time += 1) {
    const headers = { 'content-type': 'application/json' };
    const response = await client.request({ path: '/graphql', method: 'POST', headers, body });
    text = await response.body.text();
    if (response.statusCode !== 200 || text.includes('"errors"'))
      throw new Error(`Expected an answer, but got: ${text.slice(0, 300)}`);
  }
  return text;
}

/** A folder for the embedded database, removed at the end; a port that is free. */
async function inFolder(work: (env: Record<string, string>) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  try {
    await work({ PORT: '0', DATA_DIR: folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const idle = () => new Promise((resolve) => setTimeout(resolve, 5_000));
