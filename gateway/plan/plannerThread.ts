/** A worker thread that makes one plan at a time and can be terminated meanwhile. */
import { Worker } from 'node:worker_threads';
import type { MakerOptions, PlanRequest, PlanResult } from './makePlan.ts';
import program from './plannerWorkerPath.cts';

export interface PlannerThread {
  /** The API schema as SDL. */
  apiSdl: string;
  /** Makes a plan. Never resolves once the thread is closed. One call at a time. */
  make: (request: PlanRequest) => Promise<PlanResult>;
  close: () => Promise<void>;
}

export type OpenPlannerThread = (sdl: string, options: MakerOptions) => Promise<PlannerThread>;

/** Heap limit; beyond it the thread is terminated and its operation is too hard. */
const maxHeapMiB = 1024;

/**
 * Opens a planner in a worker thread; when running from source, in this thread. Rejects if the planner cannot read
 * the supergraph.
 */
export const openPlannerThread: OpenPlannerThread = (sdl, options) =>
  program === undefined ? openPlannerHere(sdl, options) : openPlannerInThread(program, sdl, options);

/** A planner in the calling thread: planning blocks it and cannot be terminated. */
export async function openPlannerHere(sdl: string, options: MakerOptions): Promise<PlannerThread> {
  // Loaded on demand: the main thread does without the planner's memory and startup time.
  const { openMaker } = await import('./makePlan.ts');
  const { apiSdl, make } = openMaker(sdl, options);
  return { apiSdl, make: async (request) => make(request), close: async () => undefined };
}

/** A planner in a worker thread that runs the program in `file`. */
export async function openPlannerInThread(
  file: string,
  sdl: string,
  options: MakerOptions,
): Promise<PlannerThread> {
  const worker = new Worker(file, {
    workerData: { sdl, options },
    // The built program needs no flags, and a worker rejects some flags of this process, such as --input-type.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB },
  });
  let resolvePending: ((result: PlanResult) => void) | undefined;
  let failure: PlanResult | undefined;
  const settle = (result: PlanResult) => {
    // The worker keeps the process alive only while a plan is pending.
    worker.unref();
    resolvePending?.(result);
    resolvePending = undefined;
  };
  const fail = (reason: string, isTooHard: boolean) => {
    failure ??= { reason, isTooHard, isLost: true };
    settle(failure);
  };
  const apiSdl = await new Promise<string>((resolve, reject) => {
    worker.once('message', (opened: { apiSdl: string }) => resolve(opened.apiSdl));
    worker.on('error', (error: Error & { code?: string }) => {
      reject(error);
      fail(error.message, error.code === 'ERR_WORKER_OUT_OF_MEMORY');
    });
    worker.on('exit', (code) => {
      const reason = `The thread ended with ${code}.`;
      reject(new Error(reason));
      fail(reason, false);
    });
  });
  worker.on('message', settle);
  worker.unref();
  return {
    apiSdl,
    make: ({ text, overrides }) =>
      new Promise((resolve) => {
        if (failure) return resolve({ ...failure, isTooHard: false });
        resolvePending = resolve;
        worker.ref();
        worker.postMessage({ text, overrides });
      }),
    close: async () => {
      resolvePending = undefined;
      await worker.terminate();
    },
  };
}
