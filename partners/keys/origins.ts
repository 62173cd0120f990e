/** Whose pages may call from a browser: those of the origins that were agreed with partners. */
import type { Logger } from 'pino';
import type { KeyStore } from './store.ts';

interface OriginsOptions {
  store: KeyStore;
  log: Logger;
  clock: () => Date;
}

/** What is agreed counts within this time on every replica. */
const keptMs = 1000;

/** Resolves to whether any partner has the origin; to what was known last while the database does not answer. */
export function openOrigins({ store, log, clock }: OriginsOptions): (origin: string) => Promise<boolean> {
  let last: ReadonlySet<string> = new Set();
  let askedAt = Number.NEGATIVE_INFINITY;
  let asked = Promise.resolve(last);

  async function ask(): Promise<ReadonlySet<string>> {
    try {
      last = new Set(await store.origins());
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'the origins of partners could not be read');
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
