/** A queue for expensive work: a few tasks at a time, equal tasks once, and clients in rotation. */

/** The queue is full. */
export class BusyError extends Error {
  override name = 'BusyError';
}

interface TurnsOptions {
  /** The number of concurrent tasks; one less for slow tasks, so that quick ones always have a slot. */
  atOnce: number;
  /** The maximum number of waiting tasks, in total and per client; a further one is rejected with a `BusyError`. */
  waiting: number;
  waitingOfClient: number;
}

export interface Turn {
  /** The client, such as an IP address; clients take turns, one task each. */
  client: string;
  /** Whether the task takes much longer than others; quick tasks run first. */
  isSlow?: boolean;
}

/** Returns a function that queues `work`. Calls with the same `key` share the promise until it settles. */
export function createTurns<Result>({ atOnce, waiting, waitingOfClient }: TurnsOptions) {
  const underway = new Map<string, Promise<Result>>();
  const waitingOf = new Map<string, number>();
  const [quick, slow] = [createQueue(), createQueue()];
  const running = { all: 0, slow: 0 };
  const slowAtOnce = Math.max(1, atOnce - 1);
  let waitingNow = 0;

  const mayBegin = (isSlow: boolean) => running.all < atOnce && !(isSlow && running.slow >= slowAtOnce);

  function begin(isSlow: boolean): void {
    running.all += 1;
    if (isSlow) running.slow += 1;
  }

  /** Starts waiting tasks while slots are free, quick ones first. */
  function beginNext(): void {
    for (const [queue, isSlow] of [
      [quick, false],
      [slow, true],
    ] as const) {
      while (mayBegin(isSlow)) {
        const go = queue.take();
        if (!go) break;
        begin(isSlow);
        go();
      }
    }
  }

  async function wait(client: string, isSlow: boolean): Promise<void> {
    const ofClient = waitingOf.get(client) ?? 0;
    if (ofClient >= waitingOfClient)
      throw new BusyError(
        `Expected one client to have at most ${waitingOfClient} waiting, but got: one more.`,
      );
    if (waitingNow >= waiting) throw new BusyError(`Expected at most ${waiting} to wait, but got: one more.`);
    waitingNow += 1;
    waitingOf.set(client, ofClient + 1);
    await new Promise<void>((go) => (isSlow ? slow : quick).add(client, go));
    waitingNow -= 1;
    const left = (waitingOf.get(client) ?? 1) - 1;
    if (left > 0) waitingOf.set(client, left);
    else waitingOf.delete(client);
  }

  async function inTurn(work: () => Promise<Result>, { client, isSlow = false }: Turn): Promise<Result> {
    if (mayBegin(isSlow)) begin(isSlow);
    else await wait(client, isSlow);
    try {
      return await work();
    } finally {
      running.all -= 1;
      if (isSlow) running.slow -= 1;
      beginNext();
    }
  }

  return (key: string, work: () => Promise<Result>, turn: Turn): Promise<Result> => {
    const pending = underway.get(key);
    if (pending) return pending;
    const promise = inTurn(work, turn).finally(() => underway.delete(key));
    underway.set(key, promise);
    return promise;
  };
}

/** A queue that serves clients in rotation, and each client's tasks in order. */
function createQueue() {
  const clients = new Map<string, (() => void)[]>();
  return {
    add(client: string, go: () => void): void {
      const tasks = clients.get(client);
      if (tasks) tasks.push(go);
      else clients.set(client, [go]);
    },
    take(): (() => void) | undefined {
      const [first] = clients;
      if (!first) return undefined;
      const [client, tasks] = first;
      const go = tasks.shift();
      // The client moves to the end for its next task.
      clients.delete(client);
      if (tasks.length > 0) clients.set(client, tasks);
      return go;
    },
  };
}
