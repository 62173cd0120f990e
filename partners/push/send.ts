/** Sends due deliveries with bounded concurrency, and returns unfinished ones when it stops. */
import { withoutValues } from '../../subgraphs/store/databaseFailure.ts';
import { type AttemptOptions, attempt, type ContentOf } from './attempt.ts';
import { exchangeMs } from './sendRequest.ts';
import type { Room, TakenDelivery } from './sql/deliveries.ts';
import type { PushStore } from './store.ts';

export interface SenderOptions extends AttemptOptions {
  store: PushStore;
  /** Called when a delivery ends and another may start. */
  onFree?: () => void;
}

export interface Sender {
  /** Starts due deliveries up to the limit; resolves to their number. */
  look(): Promise<number>;
  /** Resolves when no delivery is being sent. */
  settled(): Promise<void>;
  /** Starts no further delivery; waits `graceMs` for the current ones, then returns them to the queue. */
  stop(graceMs: number): Promise<void>;
}

/**
 * Most concurrent deliveries of this process by kind, and of all processes to one host. Subscribers whose servers hang
 * delay neither partners nor verifications.
 */
const atOnce: Room = { event: 8, feed: 8, verification: 4 };
const perHost = 4;
/** An exchange takes ten seconds at most; the rest is for reading the content. */
const leaseMs = exchangeMs + 10_000;

export function openSender({ store, onFree, ...options }: SenderOptions): Sender {
  const { clock, contentOf, log } = options;
  const under = new Map<Promise<void>, TakenDelivery['kind']>();
  const giveUp = new AbortController();
  let isStopping = false;

  async function send(delivery: TakenDelivery, attempting: AttemptOptions): Promise<void> {
    const ending = await attempt(delivery, giveUp.signal, attempting);
    // A failure during shutdown may be caused by it: the next process retries without counting this attempt.
    const hasFailed = ending?.state === 'pending' || ending?.state === 'dead';
    if (!ending || (isStopping && hasFailed && !ending.effect)) return store.giveBack(delivery, clock());
    const { state, attempt: tried } = ending;
    const isOurs = await store.end(delivery, ending, clock());
    const { id, kind, host, attempts } = delivery;
    // Only the host is logged: callbacks may hold secrets.
    const line = { delivery: id, kind, host, attempts, state, status: tried?.status, ms: tried?.ms };
    if (isOurs) log.info(line, 'push delivery attempted');
  }

  return {
    async look() {
      if (isStopping) return 0;
      const room = { ...atOnce };
      for (const kind of under.values()) room[kind] -= 1;
      const taken = await store.take({ now: clock(), room, perHost, leaseMs });
      const attempting = { ...options, contentOf: readOnce(contentOf) };
      for (const delivery of taken) {
        const sending = send(delivery, attempting)
          .catch((error: unknown) => {
            const err = withoutValues(error);
            log.error({ err, delivery: delivery.id }, 'delivery result not recorded');
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

/** Reads the feed of several deliveries once. All of these deliveries were taken before it is read. */
function readOnce(contentOf: ContentOf): ContentOf {
  const contents = new Map<string, ReturnType<ContentOf>>();
  return (topic) => {
    const content = contents.get(topic) ?? contentOf(topic);
    contents.set(topic, content);
    return content;
  };
}
