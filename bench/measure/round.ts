/** Measures the contestants of a scene: answers first, then rounds in which each has its turn. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type Program, startProgram } from '../program.ts';
import type { Contestant, OpenScene, Scene, Workload } from '../scenes/scene.ts';
import { ask, mistake } from './ask.ts';
import { cores } from './cores.ts';
import type { LoadFigures, LoadJob } from './load.ts';

export interface Pace {
  rounds: number;
  seconds: number;
  warmSeconds: number;
  /** Leaves out workloads that show little beside the others. */
  isShort: boolean;
}

/** What one contestant did on one workload: medians of the rounds, or why there are none. */
export interface Row {
  name: string;
  isGateway: boolean;
  /** Why nothing was measured: it could not start, or answered wrongly. */
  reason?: string;
  /** Processor time of its processes for one request, in milliseconds. */
  cpuMs?: number;
  perSecond?: number;
  p50Ms?: number;
  p99Ms?: number;
  /** How much of one core it had while it was asked, 1 being all of it. */
  busy?: number;
  memoryMb?: number;
  /** Calls to subgraphs for one operation. */
  calls?: number;
}

export interface Table {
  scene: string;
  title: string;
  workload: string;
  rows: readonly Row[];
}

type Figures = Required<Pick<Row, 'cpuMs' | 'perSecond' | 'p50Ms' | 'p99Ms' | 'busy' | 'memoryMb'>>;

/** Runs a scene to its end, whatever happens in it; `say` is told of each step, `show` of each table. */
export async function runScene(
  scene: Scene,
  {
    pace,
    only,
    say,
  }: { pace: Pace; only?: ((name: string) => boolean) | undefined; say: (text: string) => void },
): Promise<Table[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  const opened: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    say('subgraphs start');
    const open = await scene.open(folder);
    opened.push(open.close);
    const load = await startProgram({
      file: 'dist/bench/measure/load.js',
      until: /ready/,
      ...cores.others,
    });
    opened.push(load.stop);
    const { contestants, failed } = await startPeers(open, { only, say });
    opened.push(async () => void (await Promise.all(contestants.map(stopContestant))));
    const tables: Table[] = [];
    for (const workload of open.workloads.filter(({ isExtra }) => !(isExtra && pace.isShort))) {
      const able = contestants.filter(({ isConstant }) => !isConstant || isKnown(open, workload));
      const rows = await measure(open, workload, able, { load, pace, say });
      tables.push({
        scene: scene.name,
        title: scene.title,
        workload: workload.title,
        rows: [...rows, ...failed],
      });
    }
    return tables;
  } finally {
    for (const close of opened.reverse()) await close().catch((error: unknown) => say(String(error)));
  }
}

/** Whether the one answer that the scene made a file of is this workload's first. */
const isKnown = ({ workloads }: OpenScene, { answers }: Workload) =>
  isDeepStrictEqual(answers[0], workloads[0]?.answers[0]);

async function startPeers(
  { peers, setting }: OpenScene,
  { only, say }: { only?: ((name: string) => boolean) | undefined; say: (text: string) => void },
): Promise<{ contestants: Contestant[]; failed: Row[] }> {
  const contestants: Contestant[] = [];
  const failed: Row[] = [];
  const chosen = peers.filter(({ name }) => !only || only(name));
  say(`start: ${chosen.map(({ name }) => name).join(', ')}`);
  const started = await Promise.allSettled(chosen.map(({ start }) => start(setting)));
  for (const [place, { name, isGateway, isConstant = false }] of chosen.entries()) {
    const one = started[place];
    if (one?.status === 'fulfilled') {
      const { program, url, others = [] } = one.value;
      contestants.push({ name, isGateway, isConstant, url, programs: [program, ...others] });
    } else {
      const reason = `does not start: ${String(one?.reason?.message).slice(0, 300)}`;
      failed.push({ name, isGateway, reason });
    }
  }
  return { contestants, failed };
}

const stopContestant = ({ programs }: Contestant) => Promise.all(programs.map((program) => program.stop()));

interface Measuring {
  load: Program;
  pace: Pace;
  say: (text: string) => void;
}

async function measure(
  open: OpenScene,
  workload: Workload,
  contestants: readonly Contestant[],
  { load, pace, say }: Measuring,
): Promise<Row[]> {
  const { connections, isUnique } = workload;
  const run = async ({ url, programs, isConstant }: Contestant, amount: number): Promise<Figures> => {
    const { bodies } = askedOf(isConstant, workload);
    const before = cpuOf(programs);
    const done = await load.ask<LoadFigures | { error: string }>({
      url,
      bodies,
      connections,
      amount,
      isUnique,
    } satisfies LoadJob);
    const cpu = cpuOf(programs) - before;
    if ('error' in done) throw new Error(done.error);
    if (done.failures > 0) throw new Error(`fails ${done.failures} of ${amount} requests under load`);
    return {
      cpuMs: cpu / done.requests,
      perSecond: done.requests / done.seconds,
      p50Ms: done.p50Ms,
      p99Ms: done.p99Ms,
      busy: cpu / (done.seconds * 1000),
      memoryMb: programs.reduce((sum, program) => sum + program.memoryMb(), 0),
    };
  };
  /** As many requests as take about so long at this speed, and enough that each connection has its turn. */
  const amountFor = (seconds: number, perSecond: number) =>
    Math.ceil(Math.max(connections, Math.min(seconds * perSecond, 100_000)));

  const rows: Row[] = [];
  for (const contestant of contestants) {
    const { name, isGateway } = contestant;
    say(`${workload.title}: ${name}: answers`);
    const row: Row = { name, isGateway };
    rows.push(row);
    const asked = askedOf(contestant.isConstant, workload);
    await tried(row, async () => Object.assign(row, await check(open, asked, contestant)));
  }
  const able = contestants.flatMap((contestant, place) => {
    const row = rows[place];
    return row && !row.reason ? [{ contestant, row, amount: 0, figures: [] as Figures[] }] : [];
  });
  for (const one of able) {
    say(`${workload.title}: ${one.row.name}: warming up`);
    await tried(one.row, async () => {
      const first = await run(one.contestant, connections);
      const isSlow = connections / first.perSecond > pace.warmSeconds;
      const warm = isSlow ? first : await run(one.contestant, amountFor(pace.warmSeconds, first.perSecond));
      one.amount = amountFor(pace.seconds, warm.perSecond);
    });
  }
  for (let round = 1; round <= pace.rounds; round += 1) {
    for (const one of able.filter(({ row }) => !row.reason)) {
      say(`${workload.title}: round ${round} of ${pace.rounds}: ${one.row.name}`);
      await tried(one.row, async () => one.figures.push(await run(one.contestant, one.amount)));
    }
  }
  for (const { row, figures } of able.filter(({ row }) => !row.reason)) {
    const median = (pick: (one: Figures) => number) =>
      figures.map(pick).sort((a, b) => a - b)[Math.floor(figures.length / 2)] ?? Number.NaN;
    row.cpuMs = median(({ cpuMs }) => cpuMs);
    row.perSecond = median(({ perSecond }) => perSecond);
    row.p50Ms = median(({ p50Ms }) => p50Ms);
    row.p99Ms = median(({ p99Ms }) => p99Ms);
    row.busy = median(({ busy }) => busy);
    row.memoryMb = median(({ memoryMb }) => memoryMb);
  }
  return rows;
}

/** Who knows one answer only is asked for that one, the first. */
function askedOf(isConstant: boolean, workload: Workload): Workload {
  const { bodies, answers } = workload;
  return isConstant ? { ...workload, bodies: bodies.slice(0, 1), answers: answers.slice(0, 1) } : workload;
}

/** What goes wrong with one contestant is noted in its row and stops nobody else. */
async function tried(row: Row, step: () => Promise<unknown>): Promise<void> {
  try {
    await step();
  } catch (error) {
    row.reason = (error as Error).message.slice(0, 300);
  }
}

const cpuOf = (programs: readonly Program[]) => programs.reduce((sum, program) => sum + program.cpuMs(), 0);

/** Compares the answers, twice each so that what is kept is seen too, and counts the calls of the second time. */
async function check(
  open: OpenScene,
  { bodies, answers }: Workload,
  { url, isGateway }: Contestant,
): Promise<Pick<Row, 'reason' | 'calls'>> {
  let calls = 0;
  for (const turn of ['first', 'second']) {
    await open.count?.();
    for (const [place, body] of bodies.entries()) {
      const wrong = mistake(await ask(url, body, `Reader ${turn}-${place}`), answers[place]);
      if (wrong) return { reason: wrong };
    }
    const counted = await open.count?.();
    if (!counted) return {};
    calls = counted.calls / bodies.length;
    if (isGateway && counted.withoutAuthorization)
      return {
        reason: `keeps the authorization from ${counted.withoutAuthorization} of ${counted.calls} calls`,
      };
  }
  return { calls };
}
