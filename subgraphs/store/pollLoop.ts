/**
 * A polling loop for background work: it runs again at once while there is more, otherwise after an interval or when
 * woken.
 */
import { setImmediate as othersFirst } from 'node:timers/promises';

interface LoopOptions {
  /** The wait when there is nothing to do. */
  everyMs: number;
  /** Called with an error of the work. The loop goes on, at a longer interval. */
  onError: (error: unknown) => void;
}

export interface Loop {
  start(): void;
  /** Runs the work now. */
  wake(): void;
  /** Resolves when the current run has ended; no further run starts. */
  stop(): Promise<void>;
}

const slowerAfterError = 5;

/** A loop around `work`, which resolves to whether more work is waiting. */
export function openLoop(work: () => Promise<boolean>, { everyMs, onError }: LoopOptions): Loop {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWoken = false;
  let hasEnded = true;

  async function run(): Promise<void> {
    let waitMs = everyMs;
    try {
      for (let hasMore = true; hasMore && !hasEnded; ) {
        isWoken = false;
        const mayHaveMore = await work();
        // The embedded database responds without yielding to the event loop, so requests would wait for the whole loop.
        await othersFirst();
        hasMore = mayHaveMore || isWoken;
      }
    } catch (error) {
      onError(error);
      waitMs = everyMs * slowerAfterError;
    }
    running = undefined;
    if (hasEnded) return;
    timer = setTimeout(begin, waitMs);
    timer.unref();
  }

  function begin(): void {
    clearTimeout(timer);
    if (!hasEnded) running = run();
  }

  return {
    start() {
      hasEnded = false;
      begin();
    },
    wake() {
      isWoken = true;
      if (!running) begin();
    },
    async stop() {
      hasEnded = true;
      clearTimeout(timer);
      await running;
    },
  };
}
