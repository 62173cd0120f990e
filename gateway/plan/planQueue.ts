/** The operations that wait for a plan, and the worker threads that make the plans, with a time limit. */
import type { QueryPlan } from '@apollo/query-planner';
import { LRUCache } from 'lru-cache';
import { callerError } from '../errors.ts';
import type { PlanRequest, PlanResult } from './makePlan.ts';
import type { PlannerThread } from './plannerThread.ts';

/** Counters since the planner was opened. */
export interface PlannerCounts {
  made: number;
  /** Threads terminated because a plan took too long or too much memory. */
  ended: number;
  /** Current threads. */
  threads: number;
}

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

export class PlanQueue {
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
