/** The part `trust`: what it costs to sign calls to subgraphs and to check them, and to know readers by their tokens. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartError } from '../kit/startError.ts';
import { readSubgraphSettings } from '../subgraphs/settings.ts';
import { openTokens } from '../subgraphs/trust/accessTokens.ts';
import type { LoadFigures, LoadJob } from './measure/load.ts';
import { type Program, startProgram } from './program.ts';
import { writeFiles } from './scenes/files.ts';
import { readPages } from './scenes/pages.ts';
import { production, startNewsroom, startSubgraphs, supergraphAt } from './scenes/subgraphs.ts';

interface Case {
  name: string;
  gateway: Program;
  url: string;
  authorizations: readonly string[];
  figures: { gateway: number; subgraphs: number }[];
}

const readers = 1000;
const rounds = 5;
const connections = 8;

/** Prints CPU for an article page, of the gateway and of the subgraphs; the cases have their turns one after the other. */
export async function trust({ seconds }: { seconds: number }): Promise<void> {
  if (!process.env.DATABASE_URL) throw new StartError('Expected DATABASE_URL to be set, but got: nothing.');
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const opened: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    await (await startNewsroom({})).stop();
    const subgraphs = await startSubgraphs({ isStock: false });
    opened.push(subgraphs.stop);
    const { supergraphFile } = writeFiles(folder, supergraphAt(subgraphs.addresses), {});
    const load = await startProgram({ file: 'dist/bench/measure/load.js', until: /ready/ });
    opened.push(load.stop);
    const gatewayWith = async (env: Record<string, string>) => {
      const args = ['--supergraph', supergraphFile, '--port', '0'];
      const settings = {
        NODE_ENV: 'production',
        LOG_LEVEL: 'warn',
        PROPAGATE_HEADERS: 'authorization',
        ...env,
      };
      const until = /Graph: (http\S+)/;
      const gateway = await startProgram({ file: 'dist/gateway/main.js', args, env: settings, until });
      opened.push(gateway.stop);
      return { gateway, url: until.exec(gateway.lines.join('\n'))?.[1] ?? '' };
    };
    const { GATEWAY_SECRET, PUBLIC_URL } = production;
    const unsigned = await gatewayWith({});
    const signed = await gatewayWith({
      GATEWAY_SECRET,
      JWKS_URL: String(subgraphs.addresses.membership).replace('/graphql', '/.well-known/jwks.json'),
      JWT_ISSUER: PUBLIC_URL,
      JWT_AUDIENCE: `${PUBLIC_URL}/graphql`,
    });
    const cases: Case[] = [
      { name: 'anybody, calls not signed', ...unsigned, authorizations: [], figures: [] },
      { name: 'anybody, calls signed', ...signed, authorizations: [], figures: [] },
      {
        name: `${readers} members in turn, calls signed`,
        ...signed,
        authorizations: await members(),
        figures: [],
      },
    ];
    const page = (await readPages(unsigned.url))[0];
    if (!page) throw new Error('Expected an article page, but got: none.');
    const run = async ({ gateway, url, authorizations }: Case, amount: number) => {
      const cpu = () =>
        [gateway.cpuMs(), subgraphs.programs.reduce((sum, one) => sum + one.cpuMs(), 0)] as const;
      const before = cpu();
      const job: LoadJob = { url, bodies: page.bodies, connections, amount, isUnique: true, authorizations };
      const done = await load.ask<LoadFigures | { error: string }>(job);
      if ('error' in done || done.failures > 0)
        throw new Error(`Expected answers, but got: ${JSON.stringify(done)}`);
      const after = cpu();
      return {
        gateway: (after[0] - before[0]) / done.requests,
        subgraphs: (after[1] - before[1]) / done.requests,
        perSecond: done.requests / done.seconds,
      };
    };
    const amounts: number[] = [];
    for (const one of cases) {
      await run(one, readers + 200);
      amounts.push(Math.ceil((await run(one, 200)).perSecond * seconds));
    }
    for (let round = 0; round < rounds; round += 1)
      for (const [at, one] of cases.entries()) one.figures.push(await run(one, amounts[at] ?? 200));
    const median = (values: number[]) =>
      values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
    console.log(
      `\nArticle page, ${connections} connections, CPU ms a request, medians of ${rounds} rounds in turn`,
    );
    for (const { name, figures } of cases)
      console.log(
        `  ${name.padEnd(36)} gateway ${median(figures.map((one) => one.gateway)).toFixed(3)}  subgraphs ${median(figures.map((one) => one.subgraphs)).toFixed(3)}`,
      );
  } finally {
    for (const close of opened.reverse()) await close().catch(() => undefined);
  }
}

async function members(): Promise<string[]> {
  const settings = readSubgraphSettings({
    PUBLIC_URL: production.PUBLIC_URL,
    GATEWAY_SECRET: production.GATEWAY_SECRET,
  });
  const tokens = await openTokens(settings);
  return Promise.all(
    Array.from({ length: readers }, async (_, at) => {
      const { token } = await tokens.sign({ sub: `reader-${at}`, member_status: 'PAID' }, 900);
      return `Bearer ${token}`;
    }),
  );
}
