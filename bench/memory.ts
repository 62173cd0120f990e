/** The part `memory`: what a gateway alone holds when no two operations are alike. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../kit/startError.ts';
import { ask } from './measure/ask.ts';
import { type Program, startProgram } from './program.ts';
import { distinctOperations } from './scenes/distinct.ts';
import { writeFiles } from './scenes/files.ts';
import { startNewsroom, startSubgraphs, supergraphAt } from './scenes/subgraphs.ts';

const operations = 2000;
const connections = 8;
const restMs = 65_000;

/** Prints the gateway's resident memory while it answers operations of which each comes once, and after a rest. */
export async function memory(): Promise<void> {
  if (!process.env.DATABASE_URL) throw new StartError('Expected DATABASE_URL to be set, but got: nothing.');
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const opened: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    await (await startNewsroom({})).stop();
    const subgraphs = await startSubgraphs({ isStock: false });
    opened.push(subgraphs.stop);
    const { supergraphFile } = writeFiles(folder, supergraphAt(subgraphs.addresses), {});
    const until = /Graph: (http\S+)/;
    const gateway = await startProgram({
      file: 'dist/gateway/main.js',
      args: ['--supergraph', supergraphFile, '--port', '0'],
      env: { LOG_LEVEL: 'warn' },
      until,
    });
    opened.push(gateway.stop);
    const url = until.exec(gateway.lines.join('\n'))?.[1] ?? '';
    const texts = distinctOperations(operations);
    const characters = texts.reduce((sum, { length }) => sum + length, 0) / texts.length;
    console.log(
      `  ${operations} operations of ${characters.toFixed(0)} characters, ${connections} at a time`,
    );
    console.log(`  ${'at the start'.padEnd(24)} ${mb(gateway)}`);
    await askAll(url, texts, (count) => console.log(`  ${`${count} operations`.padEnd(24)} ${mb(gateway)}`));
    await new Promise((resolve) => setTimeout(resolve, restMs));
    console.log(`  ${`${restMs / 1000} s later`.padEnd(24)} ${mb(gateway)}`);
  } finally {
    for (const close of opened.reverse()) await close().catch(() => undefined);
  }
}

const mb = (program: Program) => `${program.memoryMb().toFixed(0)} MB`;

async function askAll(url: string, texts: readonly string[], tell: (count: number) => void): Promise<void> {
  let next = 0;
  let answered = 0;
  const askOn = async () => {
    while (next < texts.length) {
      const query = texts[next++] as string;
      const { status, text } = await ask(url, JSON.stringify({ query }));
      if (status !== 200 || text.includes('"errors"'))
        throw new Error(`Expected an answer to ${query}, but got: ${status} ${text.slice(0, 300)}`);
      answered += 1;
      if (answered % 250 === 0) tell(answered);
    }
  };
  await Promise.all(Array.from({ length: connections }, askOn));
}
