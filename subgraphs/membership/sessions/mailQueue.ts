/** Work that no answer waits for: a few at a time, and a bound on how many wait. */

export interface MailQueue {
  /** Whether nothing more is taken now. */
  isFull: () => boolean;
  /** Does it when its turn comes. */
  add: (work: () => Promise<void>) => void;
  /** Resolves when all is done that was taken, after so long at the latest. */
  idle: (atMostMs: number) => Promise<void>;
}

interface QueueOptions {
  waitingAtMost: number;
  atOnce: number;
  /** Told of work that failed. */
  onFailure: (error: unknown) => void;
}

export function openQueue({ waitingAtMost, atOnce, onFailure }: QueueOptions): MailQueue {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const idlers: (() => void)[] = [];

  function begin(): void {
    while (running < atOnce) {
      const work = waiting.shift();
      if (!work) break;
      running += 1;
      work()
        .catch(onFailure)
        .finally(() => {
          running -= 1;
          begin();
        });
    }
    if (running > 0) return;
    for (const done of idlers.splice(0)) done();
  }

  return {
    isFull: () => waiting.length >= waitingAtMost,
    add(work) {
      if (waiting.length >= waitingAtMost) return;
      waiting.push(work);
      // Not before the answer is on its way.
      setImmediate(begin);
    },
    idle: (atMostMs) =>
      new Promise((resolve) => {
        if (running === 0 && waiting.length === 0) return resolve();
        const timer = setTimeout(resolve, atMostMs);
        idlers.push(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
