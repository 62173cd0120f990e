/** A size-bounded LRU cache of compiled plans, by normalised operation text and active override labels. */
import { LRUCache } from 'lru-cache';

export interface CachedPlan<Compiled> {
  compiled: Compiled;
  /** Approximate size in bytes. */
  size: number;
  uses: number;
}

export interface PlanCache<Compiled> {
  /** Returns a cached plan, marks it as recently used and counts the use. */
  use: (key: string) => CachedPlan<Compiled> | undefined;
  /** Returns the cached plan of `key` or makes it. Concurrent calls share one attempt; failures are not cached. */
  make: (
    key: string,
    make: () => Promise<Omit<CachedPlan<Compiled>, 'uses'>>,
  ) => Promise<CachedPlan<Compiled>>;
  /** All cached plans. */
  list: () => Iterable<readonly [key: string, plan: CachedPlan<Compiled>]>;
}

/** Opens a cache of at most `maxBytes` in total; the least recently used plan is evicted first. */
export function openPlanCache<Compiled extends object>(maxBytes: number): PlanCache<Compiled> {
  const kept = new LRUCache<string, CachedPlan<Compiled>>({
    maxSize: maxBytes,
    sizeCalculation: ({ size }, key) => size + key.length,
  });
  const pending = new Map<string, Promise<CachedPlan<Compiled>>>();
  const use = (key: string) => {
    const plan = kept.get(key);
    if (plan) plan.uses++;
    return plan;
  };
  return {
    use,
    make: async (key, make) => {
      const cached = use(key);
      if (cached) return cached;
      let making = pending.get(key);
      if (!making) {
        making = make()
          .then((plan) => {
            const one = { ...plan, uses: 0 };
            kept.set(key, one);
            return one;
          })
          .finally(() => pending.delete(key));
        pending.set(key, making);
      }
      const plan = await making;
      plan.uses++;
      return plan;
    },
    list: () => kept.entries(),
  };
}
