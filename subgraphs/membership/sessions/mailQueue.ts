/** A queue for background work, with limited concurrency and length. */

export interface MailQueue {
  /** Whether the queue accepts no more work. */
  isFull: () => boolean;
  /** Runs the work when it reaches the front of the queue. */
  add: (work: () => Promise<void>) => void;
  /** Resolves when all queued work is done, or after the timeout. */
  idle: (atMostMs: number) => Promise<void>;
}

interface QueueOptions {
  waitingAtMost: number;
  atOnce: number;
  /** Called with the error of failed work. */
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
      // After the response has been sent.
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
