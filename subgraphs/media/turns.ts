/** Work that is heavy: a few pieces at a time, the same piece once, and not without end waiting. */

/** Too much waits already. */
export class BusyError extends Error {
  override name = 'BusyError';
}

interface TurnsOptions {
  /** Pieces at a time. */
  atOnce: number;
  /** Pieces that may wait; one more is refused with a `BusyError`. */
  waiting: number;
}

/** A function that does `work` in turn; whoever asks for the same `key` meanwhile gets the same promise. */
export function createTurns<Result>({ atOnce, waiting }: TurnsOptions) {
  const underway = new Map<string, Promise<Result>>();
  const queue: (() => void)[] = [];
  let running = 0;

  async function inTurn(work: () => Promise<Result>): Promise<Result> {
    if (running < atOnce) running += 1;
    else if (queue.length < waiting) await new Promise<void>((resolve) => void queue.push(resolve));
    else throw new BusyError(`Expected at most ${waiting} to wait, but got: one more.`);
    try {
      return await work();
    } finally {
      // Whoever is next takes over this place, so that nobody can slip in between.
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return (key: string, work: () => Promise<Result>): Promise<Result> => {
    const known = underway.get(key);
    if (known) return known;
    const promise = inTurn(work).finally(() => underway.delete(key));
    underway.set(key, promise);
    return promise;
  };
}
