/** Our four subgraphs as processes: ours as they are run, or as Apollo Server's documentation would serve them. */
import { readFileSync } from 'node:fs';
import { type Program, startProgram } from '../program.ts';

export const names = ['articles', 'authors', 'media', 'membership'] as const;

export interface Subgraphs {
  addresses: Readonly<Record<string, string>>;
  programs: readonly Program[];
  stop(): Promise<void>;
}

/** All that answers has the same idea of where pictures are, and connections enough for each. */
export const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'http://localhost:4000',
  DATABASE_POOL: '8',
  GATEWAY_SECRET: 'what gateway and subgraphs of a benchmark share',
};

/** Answers whoever does not sign too, as gateways of others do not; all else is as in production. */
const answersAll = { ...production, NODE_ENV: 'development' };

const preload = './dist/bench/peers/count.js';

/** Starts the four as processes of their own, on the database of DATABASE_URL. */
export async function startSubgraphs({ isStock }: { isStock: boolean }): Promise<Subgraphs> {
  const started = await Promise.allSettled(
    names.map((name) =>
      startProgram(
        isStock
          ? { file: 'dist/bench/peers/stockSubgraph.js', args: [name], env: production, until: /Graph: / }
          : {
              file: 'dist/subgraphs/main.js',
              args: [name, '--port', '0'],
              env: answersAll,
              until: /is ready/,
              preload,
            },
      ),
    ),
  );
  const programs = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => void (await Promise.all(programs.map((program) => program.stop())));
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const addresses = Object.fromEntries(
    programs.map((program, place) => [names[place], /http\S+/.exec(program.lines.join('\n'))?.[0] ?? '']),
  );
  return { addresses, programs, stop };
}

/** The newsroom in one process; `isExplored` has its subgraphs listen too, which they do outside production. */
export function startNewsroom(
  env: Readonly<Record<string, string>>,
  { isExplored = false } = {},
): Promise<Program> {
  return startProgram({
    file: 'dist/newsroom/main.js',
    env: { ...production, PORT: '0', ...(isExplored && { NODE_ENV: 'development' }), ...env },
    until: /^The newsroom is ready/,
    preload,
  });
}

/** Where a newsroom's graph and subgraphs listen, as it says itself. */
export function addressesOf({ lines }: Program): Record<string, string> {
  return Object.fromEntries(
    lines.flatMap((line) => [...line.matchAll(/^(\w+) +(http\S+)$/g)].map(([, name, url]) => [name, url])),
  );
}

/**
 * Our supergraph with its subgraphs at these addresses, and without what it asks of readers: gateways that cannot ask readers for
 * anything refuse one that says so, and no page needs it.
 */
export function supergraphAt(addresses: Readonly<Record<string, string>>): string {
  return readFileSync('schema/supergraph.graphql', 'utf8')
    .replace(/^ *@link\(.*, for: SECURITY\)\n/gm, '')
    .replace(/^directive @(requiresScopes|authenticated).*\n/gm, '')
    .replace(/ @(authenticated|requiresScopes\(scopes: \[[^)]*\]\))/g, '')
    .replace(/@join__graph\(name: "(\w+)", url: "[^"]*"\)/g, (text, name: string) =>
      addresses[name] ? `@join__graph(name: "${name}", url: "${addresses[name]}")` : text,
    );
}
