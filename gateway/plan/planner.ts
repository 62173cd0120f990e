/** Makes the query plans of one supergraph, beside the event loop and never for longer than is good. */
import type { QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { callerError } from '../errors.ts';
import { checkFeatures } from '../supergraph/features.ts';
import { readSupergraph, type SupergraphModel, withApi } from '../supergraph/supergraphModel.ts';
import type { Made, Wanted } from './makePlan.ts';
import { type OpenPlannerThread, openPlannerThread, type PlannerThread } from './plannerThread.ts';
import { openRootNames } from './rootNames.ts';

export interface Planner {
  model: SupergraphModel;
  /**
   * The plan of the one operation in `text`, valid against the API schema, with the labels of progressive `@override`
   * that hold. Rejects with OPERATION_TOO_HARD, OPERATION_UNANSWERABLE or PLANNER_BUSY, or with an error that is a fault
   * of ours.
   */
  plan: (text: string, overrides?: ReadonlyMap<string, boolean>) => Promise<QueryPlan>;
  counts: () => PlannerCounts;
  /** Plans that are being made are given up. */
  close: () => Promise<void>;
}

/** What a planner has done since it was opened. */
export interface PlannerCounts {
  made: number;
  /** Threads that were ended because a plan took too long, or too much memory. */
  ended: number;
  /** Threads that there are now. */
  threads: number;
}

export interface PlannerOptions {
  /** How long one plan may take; where it takes longer its thread is ended. */
  timeoutMs?: number | undefined;
  /** The most ways to one field that are looked at. */
  maxPaths?: number | undefined;
  /** Whether what the supergraph says of who may see what is enforced; otherwise one that says so is refused. */
  enforces?: boolean;
  /** Where plans are made, at most two side by side: threads, unless a test says otherwise. */
  open?: OpenPlannerThread;
}

/**
 * The defaults. A graph of 50 subgraphs and an operation of 2,000 fields takes 400 ms on a thread that has planned
 * nothing before; a caller waits no longer than this for a refusal.
 */
export const usualTimeoutMs = 700;
/** Ten types of one interface whose field two subgraphs have make 1,024 ways to it, and are planned in 80 ms. */
export const usualMaxPaths = 2000;

/** How many times as long a plan may take where the machine has no time for it. */
const patience = 4;

/**
 * A second thread, which takes some 50 MB, is opened when others wait and one plan has taken so long, and closed when it
 * had nothing to do for so long. Plans that come fast go through one thread.
 */
const secondAfterMs = 50;
const idleAfterMs = 60_000;
const maxPlannerThreads = 2;

/** Operations that wait to be planned, and how long they do: more is a flood, of which others should not be last. */
const maxWaiting = 500;
const maxWaitMs = 10_000;

/** Operations that took too long are refused at once for a while: the machine may only have been busy. */
const hardForMs = 60_000;
const maxHard = 10_000;

interface Job extends Wanted {
  /** When it began to wait. */
  sinceMs: number;
  resolve: (plan: QueryPlan) => void;
  reject: (error: unknown) => void;
}

/** A planner for the supergraph; rejects when that cannot be run, with a sentence for whoever composed it. */
export async function openPlanner(sdl: string, options: PlannerOptions = {}): Promise<Planner> {
  const document = parse(sdl, { noLocation: true });
  const problem = checkFeatures(document, options);
  if (problem) throw new Error(problem);
  const { open = openPlannerThread, maxPaths = usualMaxPaths, timeoutMs = usualTimeoutMs } = options;
  const names = openRootNames(document);
  const planned = names ? names.supergraph(document) : sdl;
  const openOne = () => open(planned, { maxPaths });
  const opening = openOne();
  let model: SupergraphModel;
  try {
    // While the first thread is being opened.
    const supergraph = readSupergraph(sdl, document);
    const { apiSdl } = await opening;
    model = withApi(supergraph, names ? names.api(apiSdl) : apiSdl);
  } catch (error) {
    await opening.then((thread) => thread.close());
    throw error;
  }
  const queue = new PlanQueue(await opening, openOne, timeoutMs);
  return {
    model,
    plan: async (text, overrides = new Map()) => {
      if (!names) return queue.plan({ text, overrides: [...overrides] });
      return names.plan(await queue.plan({ text: names.operation(text), overrides: [...overrides] }));
    },
    counts: () => queue.counts(),
    close: () => queue.close(),
  };
}

class PlanQueue {
  readonly #open: () => Promise<PlannerThread>;
  readonly #timeoutMs: number;
  readonly #free: PlannerThread[];
  /** Desks at work: since when, and what ends the waiting for them. */
  readonly #busy = new Map<PlannerThread, { sinceMs: number; giveUp: () => void }>();
  readonly #waiting: Job[] = [];
  /** Texts that threads are at: the same text with other labels waits, since it may be found too hard. */
  readonly #texts = new Set<string>();
  readonly #hard = new LRUCache<string, true>({ max: maxHard });
  #opening = 0;
  #made = 0;
  #ended = 0;
  #isClosed = false;
  #second: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(first: PlannerThread, open: () => Promise<PlannerThread>, timeoutMs: number) {
    this.#free = [first];
    this.#open = open;
    this.#timeoutMs = timeoutMs;
  }

  async plan(wanted: Wanted): Promise<QueryPlan> {
    if (this.#hard.has(wanted.text)) throw callerError('OPERATION_TOO_HARD');
    if (this.#isClosed || this.#waiting.length >= maxWaiting) throw callerError('PLANNER_BUSY');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...wanted, sinceMs: performance.now(), resolve, reject });
      this.#next();
    });
  }

  counts(): PlannerCounts {
    const threads = this.#free.length + this.#busy.size;
    return { made: this.#made, ended: this.#ended, threads };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#second);
    clearTimeout(this.#idle);
    for (const { reject } of this.#waiting.splice(0)) reject(callerError('PLANNER_BUSY'));
    for (const { giveUp } of this.#busy.values()) giveUp();
    await Promise.all([...this.#free.splice(0), ...this.#busy.keys()].map((thread) => thread.close()));
  }

  #next(): void {
    const tooLongMs = performance.now() - maxWaitMs;
    while ((this.#waiting[0]?.sinceMs ?? Infinity) < tooLongMs)
      this.#waiting.shift()?.reject(callerError('PLANNER_BUSY'));
    while (this.#free.length > 0) {
      const at = this.#waiting.findIndex(({ text }) => !this.#texts.has(text));
      const [job] = at < 0 ? [] : this.#waiting.splice(at, 1);
      const thread = job && this.#free.pop();
      if (!thread) break;
      void this.#work(thread, job);
    }
    if (this.#waiting.length === 0) return;
    if (this.#busy.size === 0) this.#openMore();
    else
      this.#second ??= setTimeout(() => {
        this.#second = undefined;
        if (this.#waiting.length === 0) return;
        if (this.#isStuck()) this.#openMore();
        else this.#next();
      }, secondAfterMs);
  }

  /** Whether no plan that is being made can be expected soon. */
  #isStuck(): boolean {
    const longAgoMs = performance.now() - secondAfterMs;
    return [...this.#busy.values()].every(({ sinceMs }) => sinceMs <= longAgoMs);
  }

  /** An operation may be asked for again while it is found too hard. */
  async #work(thread: PlannerThread, job: Job): Promise<void> {
    if (this.#hard.has(job.text)) {
      this.#free.push(thread);
      job.reject(callerError('OPERATION_TOO_HARD'));
      return this.#next();
    }
    this.#texts.add(job.text);
    const made = await this.#within(thread, thread.make(job));
    this.#busy.delete(thread);
    this.#texts.delete(job.text);
    if (this.#isClosed) return job.reject(callerError('PLANNER_BUSY'));
    if (made === undefined || ('isLost' in made && made.isLost)) {
      this.#ended++;
      void thread.close();
    } else this.#free.push(thread);
    this.#settle(job, made);
    this.#next();
    this.#tidy();
  }

  #settle({ text, resolve, reject }: Job, made: Made | undefined): void {
    if (made && 'plan' in made) {
      this.#made++;
      resolve(JSON.parse(made.plan) as QueryPlan);
      return;
    }
    if (made && !made.isTooHard) {
      const { unanswerable: got, reason } = made;
      reject(
        got === undefined
          ? new Error(`Expected a plan, but got: ${reason}`)
          : callerError('OPERATION_UNANSWERABLE', { got }),
      );
      return;
    }
    this.#hard.set(text, true, made ? {} : { ttl: hardForMs });
    reject(callerError('OPERATION_TOO_HARD'));
  }

  /**
   * What was made, undefined when time is up. The clock alone would blame an operation for a machine that is busy with
   * something else: a thread has more time, to a bound, while this whole process has not been given that much.
   */
  #within(thread: PlannerThread, making: Promise<Made>): Promise<Made | undefined> {
    return new Promise((resolve) => {
      const endMs = performance.now() + this.#timeoutMs * patience;
      const spentMs = cpuMs() + this.#timeoutMs;
      let timer: NodeJS.Timeout;
      let isDone = false;
      const finish = (made?: Made) => {
        isDone = true;
        clearTimeout(timer);
        resolve(made);
      };
      const look = () => {
        const leftMs = Math.min(spentMs - cpuMs(), endMs - performance.now());
        if (isDone) return;
        if (leftMs > 0) wait(leftMs);
        else finish();
      };
      // The plan may have come while this thread was busy: what has come is read before time is up.
      const wait = (ms: number) => {
        timer = setTimeout(() => setImmediate(look), ms);
      };
      this.#busy.set(thread, { sinceMs: performance.now(), giveUp: finish });
      wait(this.#timeoutMs);
      making.then(finish, (error: unknown) =>
        finish({ reason: String(error), isTooHard: false, isLost: true }),
      );
    });
  }

  #openMore(): void {
    if (this.#busy.size + this.#free.length + this.#opening >= maxPlannerThreads) return;
    this.#opening++;
    this.#open().then(
      (thread) => {
        this.#opening--;
        if (this.#isClosed) return void thread.close();
        this.#free.push(thread);
        this.#next();
        this.#tidy();
      },
      (error: unknown) => {
        this.#opening--;
        // The supergraph was read before, so it is the machine that has no room for another thread.
        if (this.#busy.size === 0) for (const { reject } of this.#waiting.splice(0)) reject(error);
      },
    );
  }

  /** Keeps one thread warm, and a second only while there is use for it. */
  #tidy(): void {
    if (this.#free.length + this.#busy.size + this.#opening === 0) this.#openMore();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      while (this.#free.length > 1) void this.#free.pop()?.close();
    }, idleAfterMs).unref();
  }
}

/** What this process has used of its processors. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
