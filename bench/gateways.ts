/** The part `gateways`: ours beside its peers, scene by scene. */

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { StartError } from '../kit/startError.ts';
import { type Pace, runScene, type Table } from './measure/round.ts';
import { planText } from './report/plans.ts';
import { writeResults } from './report/results.ts';
import { textTable } from './report/table.ts';
import { publicScene, wideScene } from './scenes/made.ts';
import { newsScene, wholeScene } from './scenes/newsroom.ts';
import { type PlanRow, planTimes } from './scenes/plans.ts';
import type { Scene } from './scenes/scene.ts';

export interface GatewaysOptions {
  isQuick: boolean;
  /** How long a round takes in a whole run. */
  seconds: number;
  /** Only these scenes, by name, `plans` being the times of planning; all unless set. */
  scenes?: readonly string[] | undefined;
  /** Only peers whose names have one of these words; all unless set. */
  peers?: readonly string[] | undefined;
}

const scenes: readonly Scene[] = [newsScene, wholeScene, publicScene, wideScene];

const sceneNames = [...scenes.map(({ name }) => name), 'plans'];

const quickPace: Pace = { rounds: 1, seconds: 1, warmSeconds: 0.6, isShort: true };
const fullPace: Pace = { rounds: 3, seconds: 5, warmSeconds: 5, isShort: false };

/** Prints each table as it is there; a whole run, neither quick nor narrowed, writes RESULTS.md and its chart too. */
export async function gateways({
  isQuick,
  seconds,
  scenes: chosen,
  peers: words,
}: GatewaysOptions): Promise<void> {
  for (const name of chosen ?? [])
    if (!sceneNames.includes(name))
      throw new StartError(`Expected --scenes to be of ${sceneNames.join(', ')}, but got: ${name}.`);
  installPeers();
  const only =
    words && ((name: string) => words.some((word) => name.toLowerCase().includes(word.toLowerCase())));
  const pace: Pace = isQuick ? quickPace : { ...fullPace, seconds };
  if (isQuick)
    console.log('  One short round, hardly warmed up: rough figures. A whole run takes some twenty minutes.');
  const tables: Table[] = [];
  for (const scene of scenes) {
    if (chosen && !chosen.includes(scene.name)) continue;
    console.log(`\n${scene.title}`);
    if (scene.leftOut) {
      console.log(`  left out: ${scene.leftOut}`);
      continue;
    }
    const measured = await orFailure(() => runScene(scene, { pace, only, say }));
    for (const table of measured ?? []) {
      console.log(`${textTable(table)}\n`);
      tables.push(table);
    }
  }
  let plans: PlanRow[] | undefined = [];
  if (!chosen || chosen.includes('plans')) {
    console.log('\nPlanning: CPU of an operation that is new, and how one that is hard ends');
    plans = await orFailure(() => planTimes({ isQuick, only, say }));
    if (plans) console.log(planText(plans));
  }
  const isWhole = !isQuick && !chosen && !words;
  if (isWhole && !process.exitCode) writeResults({ tables, plans: plans ?? [], pace });
}

/** A scene that cannot be played is told of; the others are played all the same, and the program fails at its end. */
async function orFailure<Found>(work: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await work().finally(clear);
  } catch (error) {
    console.log(`  failed: ${(error as Error).message}`);
    process.exitCode = 1;
    return undefined;
  }
}

/** The peers are packages of bench/ alone; they come from the registry the first time. */
function installPeers(): void {
  if (existsSync('bench/node_modules/.package-lock.json')) return;
  console.log('  Installing the gateways to compare with into bench/node_modules (some 700 MB) ...');
  const { status } = spawnSync('npm', ['ci', '--prefix', 'bench', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('Expected npm ci --prefix bench to succeed, but it did not.');
}

/** The step under way, on one line that the next one takes the place of. */
function say(text: string): void {
  if (!process.stdout.isTTY) return;
  clear();
  process.stdout.write(`  … ${text}`);
}

function clear(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[2K');
}
