/** The origins whose pages may call from a browser: those agreed with partners. */
import type { Logger } from 'pino';
import type { KeyStore } from './store.ts';

interface OriginsOptions {
  store: KeyStore;
  log: Logger;
  clock: () => Date;
}

/** How long the set of origins is cached; a change applies on every replica within this time. */
const keptMs = 1000;

/**
 * Returns a function that tells whether a partner has the origin. It uses the last known set while the database is
 * unavailable.
 */
export function openOrigins({ store, log, clock }: OriginsOptions): (origin: string) => Promise<boolean> {
  let last: ReadonlySet<string> = new Set();
  let askedAt = Number.NEGATIVE_INFINITY;
  let asked = Promise.resolve(last);

  async function ask(): Promise<ReadonlySet<string>> {
    try {
      last = new Set(await store.origins());
    } catch (error) {
      log.warn(
        { reason: (error as Error).message },
        'partner origins unavailable; using the last known ones',
      );
    }
    return last;
  }

  return async (origin) => {
    const now = clock().getTime();
    if (now - askedAt >= keptMs) {
      askedAt = now;
      asked = ask();
    }
    return (await asked).has(origin);
  };
}
