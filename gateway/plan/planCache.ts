/** Bounded memory for compiled plans: one for each normal text and the labels that hold. */
import { LRUCache } from 'lru-cache';

export interface KeptPlan<Compiled> {
  compiled: Compiled;
  /** How many bytes it takes, about. */
  size: number;
  uses: number;
}

export interface PlanKeeper<Compiled> {
  /** The plan, now the one used last, and used once more. */
  use: (key: string) => KeptPlan<Compiled> | undefined;
  /** The plan of `key`, kept or made; whoever asks while it is being made waits for that. A failure is not kept. */
  make: (key: string, make: () => Promise<Omit<KeptPlan<Compiled>, 'uses'>>) => Promise<KeptPlan<Compiled>>;
  /** All that is kept, whether it was used lately or not. */
  list: () => Iterable<readonly [key: string, plan: KeptPlan<Compiled>]>;
}

/** Keeps plans that take `maxBytes` together; the least recently used is dropped first. */
export function keepPlans<Compiled extends object>(maxBytes: number): PlanKeeper<Compiled> {
  const kept = new LRUCache<string, KeptPlan<Compiled>>({
    maxSize: maxBytes,
    sizeCalculation: ({ size }, key) => size + key.length,
  });
  const made = new Map<string, Promise<KeptPlan<Compiled>>>();
  const use = (key: string) => {
    const plan = kept.get(key);
    if (plan) plan.uses++;
    return plan;
  };
  return {
    use,
    make: async (key, make) => {
      const there = use(key);
      if (there) return there;
      let making = made.get(key);
      if (!making) {
        making = make()
          .then((plan) => {
            const one = { ...plan, uses: 0 };
            kept.set(key, one);
            return one;
          })
          .finally(() => made.delete(key));
        made.set(key, making);
      }
      const plan = await making;
      plan.uses++;
      return plan;
    },
    list: () => kept.entries(),
  };
}
