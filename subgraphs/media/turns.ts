/** Heavy work in turns: a few pieces at a time, the same piece once, and no client ahead of all others. */

/** Too much waits already. */
export class BusyError extends Error {
  override name = 'BusyError';
}

interface TurnsOptions {
  /** Pieces at a time; of slow ones one less, so that quick ones always find a place. */
  atOnce: number;
  /** Pieces that may wait, of all clients and of one client; one more is refused with a `BusyError`. */
  waiting: number;
  waitingOfClient: number;
}

export interface Turn {
  /** Who asks, such as an address: clients take turns, one piece each. */
  client: string;
  /** Whether the work takes much longer than other work: what is quick goes before it. */
  isSlow?: boolean;
}

/** A function that does `work` in turn; a request for the same `key` meanwhile gets the same promise. */
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

  /** Begins what waits and may begin: quick pieces first. */
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
    const known = underway.get(key);
    if (known) return known;
    const promise = inTurn(work, turn).finally(() => underway.delete(key));
    underway.set(key, promise);
    return promise;
  };
}

/** A queue from which clients are served in rotation, each in the order of its own. */
function createQueue() {
  const clients = new Map<string, (() => void)[]>();
  return {
    add(client: string, go: () => void): void {
      const own = clients.get(client);
      if (own) own.push(go);
      else clients.set(client, [go]);
    },
    take(): (() => void) | undefined {
      const [first] = clients;
      if (!first) return undefined;
      const [client, own] = first;
      const go = own.shift();
      // Behind all others, for its next piece.
      clients.delete(client);
      if (own.length > 0) clients.set(client, own);
      return go;
    },
  };
}
