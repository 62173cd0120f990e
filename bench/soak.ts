/** The part `soak`: the memory of a newsroom through minutes of mixed load, as a table and as a curve. */

import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StartError } from '../kit/startError.ts';
import { readSubgraphSettings } from '../subgraphs/settings.ts';
import { openTokens } from '../subgraphs/trust/accessTokens.ts';
import { startProgram } from './program.ts';
import { drawCurve, type Sample } from './report/curve.ts';
import { type Act, mixedActs } from './scenes/mixed.ts';

/** Requests a second, and how many may be under way: a newsroom that falls behind is not drowned. */
const perSecond = 55;
const underWayAtMost = 50;
const everyMs = 15_000;
const picture = 'bench/soak.svg';

/** Prints resident memory, open requests and statuses of the newsroom, and draws the curve. */
export async function soak({ minutes }: { minutes: number }): Promise<void> {
  if (!(minutes > 0)) throw new StartError(`Expected --minutes to be a number above 0, but got: ${minutes}.`);
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const env = {
    PORT: '0',
    DATA_DIR: folder,
    LOG_LEVEL: 'silent',
    TOKEN_SECRET: 'signs the tokens of one long day alone',
  };
  try {
    const program = await startProgram({
      file: 'dist/newsroom/main.js',
      env,
      until: /^The newsroom is ready/,
    });
    const address = /http:\S+$/.exec(program.lines.at(-1) ?? '')?.[0] ?? '';
    const acts = await mixedActs({ address, token: await editorToken(address, env) });
    const samples: Sample[] = [];
    const statuses = await load(acts, minutes * 60_000, (atMs) => {
      const sample = { minutes: atMs / 60_000, megabytes: program.memoryMb() };
      samples.push(sample);
      console.log(
        `  ${sample.minutes.toFixed(2).padStart(6)} min ${sample.megabytes.toFixed(0).padStart(6)} MB`,
      );
    });
    console.log(`  statuses: ${JSON.stringify(statuses)}`);
    console.log(`  ${flatness(samples)}`);
    writeFileSync(
      picture,
      drawCurve(samples, `Resident memory of a newsroom under ${perSecond} requests a second`),
    );
    console.log(`  ${picture} drawn`);
    await program.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the memory did after the fifth minute. */
function flatness(samples: readonly Sample[]): string {
  const late = samples.filter(({ minutes }) => minutes >= 5).map(({ megabytes }) => megabytes);
  if (late.length === 0) return 'shorter than five minutes';
  const [least, most] = [Math.min(...late), Math.max(...late)];
  return `after the fifth minute: ${least.toFixed(0)} to ${most.toFixed(0)} MB, ${((100 * (most - least)) / most).toFixed(1)} % apart`;
}

async function load(
  acts: readonly [number, Act][],
  ms: number,
  look: (atMs: number) => void,
): Promise<Record<string, number>> {
  // Each act as often as its share, in an order that repeats: 37 and the number of acts in the bag have no common divisor.
  const bag = acts.flatMap(([share, act]) => Array<Act>(share).fill(act));
  const statuses: Record<string, number> = {};
  const started = performance.now();
  let number = 0;
  let underWay = 0;
  let nextLook = 0;
  for (let elapsed = 0; elapsed < ms; elapsed = performance.now() - started) {
    if (elapsed >= nextLook) {
      look(elapsed);
      nextLook += everyMs;
    }
    const due = Math.floor((elapsed / 1000) * perSecond);
    while (number < due) {
      number += 1;
      if (underWay >= underWayAtMost) continue;
      underWay += 1;
      const act = bag[(number * 37) % bag.length] as Act;
      act(number)
        .then(
          (status) => String(status),
          (error: NodeJS.ErrnoException) => error.code ?? error.name,
        )
        .then((status) => {
          statuses[status] = (statuses[status] ?? 0) + 1;
          underWay -= 1;
        });
    }
    await wait(5);
  }
  look(performance.now() - started);
  return statuses;
}

async function editorToken(address: string, env: Readonly<Record<string, string>>): Promise<string> {
  const settings = readSubgraphSettings({ ...env, PUBLIC_URL: address });
  const tokens = await openTokens(settings);
  const claims = { sub: 'soak', scope: 'articles:write articles:publish' };
  return (await tokens.sign(claims, 24 * 60 * 60)).token;
}
