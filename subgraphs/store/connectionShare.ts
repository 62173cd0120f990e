/**
 * Limits the database connections that one operation holds, so that forty aliases in one query do not take forty
 * connections away from other operations.
 */

/** Thrown when the caller has gone and the result is no longer needed. */
export class Abandoned extends Error {
  override name = 'Abandoned';
}

/**
 * A concurrency limit for one operation. A store call never makes another store call, so a running call never waits for
 * a second slot.
 */
export class Share {
  readonly #most: number;
  readonly #signal: AbortSignal | undefined;
  #held = 0;
  #waiting: { begin: () => void; reject: (reason: Error) => void }[] = [];
  #next = 0;
  #isListening = false;

  /** Runs at most `most` calls at once. Calls that still wait when `signal` aborts never start. */
  constructor(most: number, signal?: AbortSignal) {
    this.#most = most;
    this.#signal = signal;
  }

  /** Runs `work` as soon as a slot is free, in the order of the calls. */
  take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#held < this.#most) return this.#begin(work);
    if (this.#signal?.aborted) return Promise.reject(abandoned());
    if (this.#signal && !this.#isListening) {
      this.#isListening = true;
      this.#signal.addEventListener('abort', () => this.#abandon(), { once: true });
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ begin: () => void this.#begin(work).then(resolve, reject), reject });
    });
  }

  #begin<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#held++;
    const done = () => this.#end();
    let result: Promise<Result>;
    try {
      // A Drizzle query runs each time its `then` is called, so it is wrapped in a promise once.
      result = Promise.resolve(work());
    } catch (error) {
      done();
      return Promise.reject(error);
    }
    result.then(done, done);
    return result;
  }

  #end(): void {
    this.#held--;
    const next = this.#waiting[this.#next];
    if (!next) return;
    this.#next++;
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    next.begin();
  }

  #abandon(): void {
    const waiting = this.#waiting.slice(this.#next);
    this.#waiting = [];
    this.#next = 0;
    for (const { reject } of waiting) reject(abandoned());
  }
}

const abandoned = () => new Abandoned('Expected somebody to wait for the answer, but got: nobody.');

/** Shares of one database. Calls with the same signal belong to the same operation and use the same share. */
export function sharesOf(most: number): (signal?: AbortSignal) => Share {
  const shares = new WeakMap<AbortSignal, Share>();
  return (signal) => {
    if (!signal) return new Share(most);
    const share = shares.get(signal) ?? new Share(most, signal);
    shares.set(signal, share);
    return share;
  };
}

/** A view of the store for one operation: each function, all of which return promises, runs within the share. */
export function sharedStore<Store extends object>(store: Store, share: Share): Store {
  const views = new Map<PropertyKey, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const cached = views.get(name);
      if (cached) return cached;
      const value: unknown = Reflect.get(target, name);
      let view = value;
      if (typeof value === 'function')
        view = (...args: unknown[]) => share.take(() => Reflect.apply(value, target, args));
      else if (typeof value === 'object' && value !== null) view = sharedStore(value, share);
      views.set(name, view);
      return view;
    },
  });
}
