/** Work that goes on beside requests: again at once while there is more, otherwise after a while, or when woken. */
import { setImmediate as othersFirst } from 'node:timers/promises';

interface LoopOptions {
  /** How long to wait where there is nothing to do. */
  everyMs: number;
  /** Told of what went wrong; the work goes on, less often. */
  onError: (error: unknown) => void;
}

export interface Loop {
  start(): void;
  /** Has it look now. */
  wake(): void;
  /** Resolves when the work under way has ended; none begins after. */
  stop(): Promise<void>;
}

const slowerAfterError = 5;

/** A loop around `work`, which says whether there may be more to do at once. */
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
        // The embedded database answers without a turn of the event loop: requests would wait for all of it.
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
