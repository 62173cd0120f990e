/** A place where one plan at a time is made, which can be closed while it is being made. */
import { Worker } from 'node:worker_threads';
import type { Made, MakerOptions, Wanted } from './makePlan.ts';
import program from './plannerWorkerPath.cts';

export interface PlannerThread {
  /** What clients see, as SDL. */
  apiSdl: string;
  /** Resolves to what was made; never resolves once the thread is closed. Take one plan at a time. */
  make: (wanted: Wanted) => Promise<Made>;
  close: () => Promise<void>;
}

export type OpenPlannerThread = (sdl: string, options: MakerOptions) => Promise<PlannerThread>;

/** A thread that grows beyond this is ended: its operation is too hard. */
const maxHeapMiB = 1024;

/** Opens a thread in a thread of its own; rejects when the supergraph cannot be read. Sources that are not built run in this thread. */
export const openPlannerThread: OpenPlannerThread = (sdl, options) =>
  program === undefined ? openPlannerHere(sdl, options) : openPlannerInThread(program, sdl, options);

/** A thread in this thread: nothing else runs while a plan is made, and nothing ends it. */
export async function openPlannerHere(sdl: string, options: MakerOptions): Promise<PlannerThread> {
  // Loaded only here: the planner takes room and time that the threads need and this one does not.
  const { openMaker } = await import('./makePlan.ts');
  const { apiSdl, make } = openMaker(sdl, options);
  return { apiSdl, make: async (wanted) => make(wanted), close: async () => undefined };
}

/** A thread in a thread of its own, which runs the program in `file`. */
export async function openPlannerInThread(
  file: string,
  sdl: string,
  options: MakerOptions,
): Promise<PlannerThread> {
  const worker = new Worker(file, {
    workerData: { sdl, options },
    // The program is built and needs none; some of those of this process, such as --input-type, a thread refuses.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMiB },
  });
  let take: ((made: Made) => void) | undefined;
  let lost: Made | undefined;
  const give = (made: Made) => {
    // Only a plan that somebody waits for keeps the process alive.
    worker.unref();
    take?.(made);
    take = undefined;
  };
  const lose = (reason: string, isTooHard: boolean) => {
    lost ??= { reason, isTooHard, isLost: true };
    give(lost);
  };
  const apiSdl = await new Promise<string>((resolve, reject) => {
    worker.once('message', (opened: { apiSdl: string }) => resolve(opened.apiSdl));
    worker.on('error', (error: Error & { code?: string }) => {
      reject(error);
      lose(error.message, error.code === 'ERR_WORKER_OUT_OF_MEMORY');
    });
    worker.on('exit', (code) => {
      const reason = `The thread ended with ${code}.`;
      reject(new Error(reason));
      lose(reason, false);
    });
  });
  worker.on('message', give);
  worker.unref();
  return {
    apiSdl,
    make: ({ text, overrides }) =>
      new Promise((resolve) => {
        if (lost) return resolve({ ...lost, isTooHard: false });
        take = resolve;
        worker.ref();
        worker.postMessage({ text, overrides });
      }),
    close: async () => {
      take = undefined;
      await worker.terminate();
    },
  };
}
