/** Plans operations of one supergraph in worker threads, with a time limit. */
import type { QueryPlan } from '@apollo/query-planner';
import { parse } from 'graphql';
import { LRUCache } from 'lru-cache';
import { callerError } from '../errors.ts';
import { checkFeatures } from '../supergraph/features.ts';
import { readSupergraph, type SupergraphModel, withApi } from '../supergraph/supergraphModel.ts';
import type { PlanRequest, PlanResult } from './makePlan.ts';
import { type OpenPlannerThread, openPlannerThread, type PlannerThread } from './plannerThread.ts';
import { openRootNames } from './rootNames.ts';

export interface Planner {
  model: SupergraphModel;
  /**
   * Plans the operation in `text`, which is valid against the API schema, with the active labels of progressive
   * `@override`. Rejects with OPERATION_TOO_HARD, OPERATION_UNANSWERABLE or PLANNER_BUSY, or with an unregistered
   * error for an internal failure.
   */
  plan: (text: string, overrides?: ReadonlyMap<string, boolean>) => Promise<QueryPlan>;
  counts: () => PlannerCounts;
  /** Closes the threads; plans in progress are abandoned. */
  close: () => Promise<void>;
}

/** Counters since the planner was opened. */
export interface PlannerCounts {
  made: number;
  /** Threads terminated because a plan took too long or too much memory. */
  ended: number;
  /** Current threads. */
  threads: number;
}

export interface PlannerOptions {
  /** Time limit of one plan; beyond it the thread is terminated. */
  timeoutMs?: number | undefined;
  /** Maximum paths to one field that the planner examines. */
  maxPaths?: number | undefined;
  /** Whether the gateway enforces authorization directives; otherwise a supergraph that uses them is rejected. */
  enforces?: boolean;
  /** Opens a planner, at most two at a time; a worker thread by default, replaced in tests. */
  open?: OpenPlannerThread;
}

/**
 * Default time limit. A graph of 50 subgraphs and an operation of 2,000 fields takes 400 ms on a new thread; a client
 * waits no longer than this for an error.
 */
export const defaultTimeoutMs = 700;
/**
 * Default path limit. Ten types of an interface with a field in two subgraphs have 1,024 paths to it, and are planned
 * in 80 ms.
 */
export const defaultMaxPaths = 2000;

/** On a busy machine, a plan may take this many times the limit in wall time. */
const patience = 4;

/**
 * A second thread, which takes some 50 MB, is opened when operations wait and a plan has taken `secondAfterMs`, and
 * closed after `idleAfterMs` without work. Fast plans use one thread.
 */
const secondAfterMs = 50;
const idleAfterMs = 60_000;
const maxPlannerThreads = 2;

/**
 * Maximum queue length and waiting time; beyond them, operations fail with PLANNER_BUSY so that a flood does not
 * delay all others.
 */
const maxWaiting = 500;
const maxWaitMs = 10_000;

/**
 * Operations that exceeded the time limit are rejected at once for this long, not forever: the machine may only have
 * been busy.
 */
const hardForMs = 60_000;
/** Characters of the texts of such operations that are remembered. */
const maxHardCharacters = 8 * 1024 * 1024;

interface Job extends PlanRequest {
  /** When it was queued. */
  sinceMs: number;
  resolve: (plan: QueryPlan) => void;
  reject: (error: unknown) => void;
}

/** Opens the planner of a supergraph. Rejects if the gateway cannot run it, with a message for its author. */
export async function openPlanner(sdl: string, options: PlannerOptions = {}): Promise<Planner> {
  const document = parse(sdl, { noLocation: true });
  const problem = checkFeatures(document, options);
  if (problem) throw new Error(problem);
  const { open = openPlannerThread, maxPaths = defaultMaxPaths, timeoutMs = defaultTimeoutMs } = options;
  const names = openRootNames(document);
  const planned = names ? names.supergraph(document) : sdl;
  const openOne = () => open(planned, { maxPaths });
  const opening = openOne();
  let model: SupergraphModel;
  try {
    // Runs while the first thread starts.
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
  /** Busy threads: the start time of the plan, and a function that abandons it. */
  readonly #busy = new Map<PlannerThread, { sinceMs: number; giveUp: () => void }>();
  readonly #waiting: Job[] = [];
  /** Operation texts being planned. The same text with other labels waits, since it may turn out too hard. */
  readonly #texts = new Set<string>();
  readonly #hard = new LRUCache<string, true>({
    maxSize: maxHardCharacters,
    sizeCalculation: (_, text) => text.length + 1,
  });
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

  async plan(request: PlanRequest): Promise<QueryPlan> {
    if (this.#hard.has(request.text)) throw callerError('OPERATION_TOO_HARD');
    if (this.#isClosed || this.#waiting.length >= maxWaiting) throw callerError('PLANNER_BUSY');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, sinceMs: performance.now(), resolve, reject });
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

  /** Whether every thread has been busy for a while. */
  #isStuck(): boolean {
    const longAgoMs = performance.now() - secondAfterMs;
    return [...this.#busy.values()].every(({ sinceMs }) => sinceMs <= longAgoMs);
  }

  /** The same operation may have been found too hard while this job was queued. */
  async #work(thread: PlannerThread, job: Job): Promise<void> {
    if (this.#hard.has(job.text)) {
      this.#free.push(thread);
      job.reject(callerError('OPERATION_TOO_HARD'));
      return this.#next();
    }
    this.#texts.add(job.text);
    const result = await this.#within(thread, thread.make(job));
    this.#busy.delete(thread);
    this.#texts.delete(job.text);
    if (this.#isClosed) return job.reject(callerError('PLANNER_BUSY'));
    if (result === undefined || ('isLost' in result && result.isLost)) {
      this.#ended++;
      void thread.close();
    } else this.#free.push(thread);
    this.#settle(job, result);
    this.#next();
    this.#tidy();
  }

  #settle({ text, resolve, reject }: Job, result: PlanResult | undefined): void {
    if (result && 'plan' in result) {
      this.#made++;
      resolve(JSON.parse(result.plan) as QueryPlan);
      return;
    }
    if (result && !result.isTooHard) {
      const { unanswerable: got, reason } = result;
      reject(
        got === undefined
          ? new Error(`Expected a plan, but got: ${reason}`)
          : callerError('OPERATION_UNANSWERABLE', { got }),
      );
      return;
    }
    this.#hard.set(text, true, result ? {} : { ttl: hardForMs });
    reject(callerError('OPERATION_TOO_HARD'));
  }

  /**
   * Resolves to the result, or to undefined when the time is up. Wall time alone would blame an operation for a busy
   * machine: a thread gets more time, up to a bound, while this process has used less CPU time than the limit.
   */
  #within(thread: PlannerThread, making: Promise<PlanResult>): Promise<PlanResult | undefined> {
    return new Promise((resolve) => {
      const endMs = performance.now() + this.#timeoutMs * patience;
      const spentMs = cpuMs() + this.#timeoutMs;
      let timer: NodeJS.Timeout;
      let isDone = false;
      const finish = (result?: PlanResult) => {
        isDone = true;
        clearTimeout(timer);
        resolve(result);
      };
      const check = () => {
        const leftMs = Math.min(spentMs - cpuMs(), endMs - performance.now());
        if (isDone) return;
        if (leftMs > 0) wait(leftMs);
        else finish();
      };
      // The plan may have arrived while this thread was busy: pending messages are read first.
      const wait = (ms: number) => {
        timer = setTimeout(() => setImmediate(check), ms);
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
        // The supergraph has been read before, so the machine lacks resources for another thread.
        if (this.#busy.size === 0) for (const { reject } of this.#waiting.splice(0)) reject(error);
      },
    );
  }

  /** Keeps one thread open, and a second one only while it is used. */
  #tidy(): void {
    if (this.#free.length + this.#busy.size + this.#opening === 0) this.#openMore();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      while (this.#free.length > 1) void this.#free.pop()?.close();
    }, idleAfterMs).unref();
  }
}

/** CPU time used by this process. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
