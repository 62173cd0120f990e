/** Verifies API keys, with a short cache. */
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { callerError } from '../../gateway/errors.ts';
import { isKeyOf, prefixOf } from './key.ts';
import { type KeyStore, type PartnerRow, useNotedEveryMs } from './store.ts';

export interface Verifier {
  /** Rejects with UNAUTHENTICATED for a key that is not in force. */
  verify(key: string): Promise<PartnerRow>;
  /** Resolves when no write is pending. */
  settled(): Promise<void>;
}

interface VerifierOptions {
  store: KeyStore;
  log: Logger;
  clock: () => Date;
}

/** How long a key is cached: a revoked key ends on every replica within this time. */
const keptMs = 1000;
const maxKept = 10_000;

export function openVerifier({ store, log, clock }: VerifierOptions): Verifier {
  const kept = new LRUCache<string, { readAt: number; row: ReturnType<KeyStore['keyByPrefix']> }>({
    max: maxKept,
  });
  const noted = new LRUCache<string, number>({ max: maxKept });
  const writing = new Set<Promise<void>>();

  function find(prefix: string, now: number): ReturnType<KeyStore['keyByPrefix']> {
    const cached = kept.get(prefix);
    if (cached && now - cached.readAt < keptMs) return cached.row;
    const row = store.keyByPrefix(prefix);
    kept.set(prefix, { readAt: now, row });
    // Waiting requests fail with this error; the next request reads again.
    row.catch(() => kept.delete(prefix));
    return row;
  }

  function noteUse(prefix: string, lastUsedAt: Date | null, now: number): void {
    const last = Math.max(noted.get(prefix) ?? 0, lastUsedAt?.getTime() ?? 0);
    if (now - last < useNotedEveryMs) return;
    noted.set(prefix, now);
    const written = store.noteUse(prefix, new Date(now)).catch((error: Error) => {
      log.warn({ reason: error.message, key: prefix }, 'last use of a key not recorded');
    });
    writing.add(written);
    void written.then(() => writing.delete(written));
  }

  return {
    async verify(sent) {
      const prefix = prefixOf(sent);
      if (prefix === undefined) throw refusal('a malformed one');
      const now = clock().getTime();
      const found = await find(prefix, now);
      if (!found || !isKeyOf(found.key.hash, sent)) throw refusal('an unknown one');
      const { revokedAt, expiresAt, lastUsedAt } = found.key;
      if (revokedAt) throw refusal('a revoked one');
      if (expiresAt && expiresAt.getTime() <= now) throw refusal('an expired one');
      noteUse(prefix, lastUsedAt, now);
      return found.partner;
    },
    settled: async () => void (await Promise.all(writing)),
  };
}

const refusal = (got: string) => callerError('UNAUTHENTICATED', { expected: 'key', got });
