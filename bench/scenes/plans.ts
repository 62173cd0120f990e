/** How long gateways take to plan: an operation that they never saw, and one that is hard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeGraph } from '../graphs/graph.ts';
import { type GraphName, graphNamed } from '../graphs/named.ts';
import { type Answer, ask, mistake } from '../measure/ask.ts';
import { type Peer, peers } from '../peers/peers.ts';
import { type Program, startProgram } from '../program.ts';
import { writeFiles } from './files.ts';

/** Processor time of the gateway, all threads, for one operation from its request to its answer, in milliseconds. */
export interface PlanFigures {
  /** The first operation that a fresh process is asked. */
  cold: number;
  /** One that it never saw, after others like it. */
  fresh: number;
  /** One that it knows. */
  known: number;
}

export interface HardFigures {
  /** When the caller of the hard operation was answered; undefined where the bench waited no longer. */
  endedMs: number | undefined;
  /** What the caller got: "the answer", or what the gateway said in its place. */
  told: string;
  /** The longest that somebody else waited for `{ __typename }` meanwhile. */
  othersWaitedMs: number;
}

/** The figures of one gateway; a text says why there are none. */
export interface PlanRow {
  name: string;
  publicGraph: PlanFigures | string;
  wideGraph: PlanFigures | string;
  hard: HardFigures | string;
}

interface PlanOptions {
  isQuick: boolean;
  /** Which gateways, by name; all unless given. */
  only?: ((name: string) => boolean) | undefined;
  /** Told of each step. */
  say: (text: string) => void;
}

/** What a quick run has in the place of figures that take long. */
const notQuickly = '';

/** A made-up graph whose subgraphs run. */
interface Ground {
  name: GraphName;
  supergraphSdl: string;
  addresses: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Measures every gateway in processes of its own, one after the other. */
export async function planTimes({ isQuick, only = () => true, say }: PlanOptions): Promise<PlanRow[]> {
  const times = isQuick ? 2 : 20;
  const patienceMs = isQuick ? 3_000 : 60_000;
  const rows: PlanRow[] = [];
  say('planning: subgraphs start');
  const grounds: Ground[] = [];
  try {
    const open = async (name: GraphName) => {
      const ground = await openGround(name);
      grounds.push(ground);
      return ground;
    };
    const [four, alike, fifty] = await Promise.all([
      open('reviews'),
      open('alike'),
      isQuick ? undefined : open('wide'),
    ]);
    for (const peer of peers.filter(({ isGateway, name }) => isGateway && only(name))) {
      const told = (what: string) => say(`planning: ${peer.name}: ${what}`);
      told('operations that are new');
      // Processor time is counted, so that these two may run side by side.
      const [publicGraph, wideGraph] = await Promise.all([
        orReason(() => withGateway(peer, four, plan(four, times))),
        fifty ? orReason(() => withGateway(peer, fifty, plan(fifty, times))) : notQuickly,
      ]);
      told('a hard operation');
      const hard = await orReason(() => withGateway(peer, alike, planHard(alike, patienceMs)));
      rows.push({ name: peer.name, publicGraph, wideGraph, hard });
    }
  } finally {
    await Promise.all(grounds.map((ground) => ground.stop()));
  }
  return rows;
}

async function openGround(name: GraphName): Promise<Ground> {
  const { subgraphs } = graphNamed(name);
  const file = 'dist/bench/graphs/main.js';
  const program = await startProgram({ file, args: [name], until: /^\{/ });
  const addresses: Record<string, string> = JSON.parse(program.lines[0] ?? '{}');
  return { name, supergraphSdl: composeGraph(subgraphs, addresses), addresses, stop: program.stop };
}

type Work<Figures> = (url: string, gateway: Program) => Promise<Figures>;

/** Starts a gateway on a graph, free to use all cores as planning beside the event loop asks for, has the work done, and stops it. */
async function withGateway<Figures>(
  peer: Peer,
  { supergraphSdl, addresses }: Ground,
  work: Work<Figures>,
): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-bench-'));
  try {
    const files = writeFiles(folder, supergraphSdl, {});
    const setting = { ...files, addresses, handWritten: '', pin: {} };
    const { program, url } = await peer.start(setting);
    return await work(url, program).finally(() => program.stop());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function orReason<Figures>(measure: () => Promise<Figures>): Promise<Figures | string> {
  try {
    return await measure();
  } catch (error) {
    return (error as Error).message.replace(/\s+/g, ' ').slice(0, 120);
  }
}

/** A little that is asked beside a graph's operation: under another name each time it makes an operation that is new. */
const more: Partial<Record<GraphName, string>> = {
  reviews: 'more: users { id }',
  wide: 'more: item(id: "1") { id }',
};

function plan({ name }: Ground, times: number): Work<PlanFigures> {
  const { operation } = graphNamed(name);
  const variants = Array.from({ length: 2 * times }, (_, place) =>
    operation.replace(/}\s*$/, `${more[name]?.replace('more', `more${place}`)} }`),
  );
  const again = Array<string>(times).fill(operation);
  return async (url, gateway) => {
    const cpuOf = async (queries: readonly string[]) => {
      const before = gateway.cpuMs();
      for (const query of queries) {
        const { status, text } = await ask(url, JSON.stringify({ query }));
        if (status !== 200 || text.includes('"errors"'))
          throw new Error(`answers ${status}: ${text.slice(0, 100)}`);
      }
      return (gateway.cpuMs() - before) / queries.length;
    };
    const cold = await cpuOf([operation]);
    await cpuOf(variants.slice(0, times));
    const fresh = await cpuOf(variants.slice(times));
    await cpuOf(again);
    return { cold, fresh, known: await cpuOf(again) };
  };
}

/** Asks the hard operation once, and something trifling over and over until that has its answer. */
function planHard({ name }: Ground, patienceMs: number): Work<HardFigures> {
  const { operation, answer } = graphNamed(name);
  return async (url) => {
    const trifle = JSON.stringify({ query: '{ __typename }' });
    for (let time = 0; time < 20; time += 1) await ask(url, trifle);
    let timer: NodeJS.Timeout | undefined;
    let isOver = false;
    const patience = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    const asked = ask(url, JSON.stringify({ query: operation }));
    const ended = Promise.race([asked, patience]).finally(() => {
      isOver = true;
    });
    // Where nobody waits for it any more, it fails when the gateway is stopped.
    asked.catch(() => {});
    let othersWaitedMs = 0;
    while (!isOver) {
      const started = performance.now();
      await Promise.race([ask(url, trifle).catch(() => {}), patience]);
      othersWaitedMs = Math.max(othersWaitedMs, performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    clearTimeout(timer);
    const got = await ended;
    return { endedMs: got?.ms, told: got ? toldBy(got, answer()) : 'nothing yet', othersWaitedMs };
  };
}

function toldBy(got: Answer, answer: unknown): string {
  if (!mistake(got, answer)) return 'the answer';
  const { errors } = JSON.parse(got.text) as {
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  const [first] = errors ?? [];
  return first ? (first.extensions?.code ?? first.message.slice(0, 40)) : 'a wrong answer';
}
