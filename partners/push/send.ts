/** Sends deliveries as their time comes: so many at once and no more, and what is under way at the end is given back. */
import { withoutValues } from '../../subgraphs/store/databaseFailure.ts';
import { type AttemptOptions, attempt, type ContentOf } from './attempt.ts';
import { exchangeMs } from './sendRequest.ts';
import type { Room, TakenDelivery } from './sql/deliveries.ts';
import type { PushStore } from './store.ts';

export interface SenderOptions extends AttemptOptions {
  store: PushStore;
  /** Told when there is room for more. */
  onFree?: () => void;
}

export interface Sender {
  /** Begins as many deliveries as are due and there is room for; gives how many. */
  look(): Promise<number>;
  /** Resolves when none is under way. */
  settled(): Promise<void>;
  /** Begins none any more; waits for those under way for `graceMs`, then gives them back. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Deliveries of this process at once, and of all processes at once to one host. Each kind has room of its own: strangers
 * whose servers hang hold up neither partners nor one another.
 */
const atOnce: Room = { event: 8, feed: 8, verification: 4 };
const perHost = 4;
/** An exchange takes ten seconds at most; the rest is for what it needs of ours. */
const leaseMs = exchangeMs + 10_000;

export function openSender({ store, onFree, ...options }: SenderOptions): Sender {
  const { clock, contentOf, log } = options;
  const under = new Map<Promise<void>, TakenDelivery['kind']>();
  const giveUp = new AbortController();
  let isStopping = false;

  async function send(delivery: TakenDelivery, attempting: AttemptOptions): Promise<void> {
    const ending = await attempt(delivery, giveUp.signal, attempting);
    // What failed while everything ends may have failed for that: the next process tries it anew.
    const hasFailed = ending?.state === 'pending' || ending?.state === 'dead';
    if (!ending || (isStopping && hasFailed && !ending.effect)) return store.giveBack(delivery, clock());
    const { state, attempt: tried } = ending;
    const isOurs = await store.end(delivery, ending, clock());
    const { id, kind, host, attempts } = delivery;
    // No address beyond its host: callbacks bear secrets.
    const line = { delivery: id, kind, host, attempts, state, status: tried?.status, ms: tried?.ms };
    if (isOurs) log.info(line, 'push');
  }

  return {
    async look() {
      if (isStopping) return 0;
      const room = { ...atOnce };
      for (const kind of under.values()) room[kind] -= 1;
      const taken = await store.take({ now: clock(), room, perHost, leaseMs });
      const attempting = { ...options, contentOf: askedOnce(contentOf) };
      for (const delivery of taken) {
        const sending = send(delivery, attempting)
          .catch((error: unknown) => {
            const err = withoutValues(error);
            log.error({ err, delivery: delivery.id }, 'the end of a delivery was not written down');
          })
          .finally(() => {
            under.delete(sending);
            onFree?.();
          });
        under.set(sending, delivery.kind);
      }
      return taken.length;
    },

    async settled() {
      while (under.size > 0) await Promise.all(under.keys());
    },

    async stop(graceMs) {
      isStopping = true;
      const timer = setTimeout(() => giveUp.abort(), graceMs);
      await Promise.all(under.keys());
      clearTimeout(timer);
    },
  };
}

/** Feeds that several deliveries take at the same time are asked for once: after all of these were taken. */
function askedOnce(contentOf: ContentOf): ContentOf {
  const asked = new Map<string, ReturnType<ContentOf>>();
  return (topic) => {
    const known = asked.get(topic) ?? contentOf(topic);
    asked.set(topic, known);
    return known;
  };
}
