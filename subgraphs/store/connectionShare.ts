/**
 * The share of a database that one operation holds: so many questions at once, and no more, so that forty aliases are not
 * forty connections that nobody else can have.
 */

/** Thrown where nobody waits for an answer any more. */
export class Abandoned extends Error {
  override name = 'Abandoned';
}

/** A store call holds a place and waits for no other one: no place waits for a place. */
export class Share {
  readonly #most: number;
  readonly #signal: AbortSignal | undefined;
  #held = 0;
  #waiting: { begin: () => void; reject: (reason: Error) => void }[] = [];
  #next = 0;
  #isListening = false;

  /** `most` calls at once. What still waits when `signal` fires is never begun. */
  constructor(most: number, signal?: AbortSignal) {
    this.#most = most;
    this.#signal = signal;
  }

  /** Does the work when there is a place for it: at once, or after what was asked for before. */
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
      // Drizzle's questions are asked each time that somebody calls their "then".
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

/** Shares of one database: the calls of an operation that have one signal have one share. */
export function sharesOf(most: number): (signal?: AbortSignal) => Share {
  const shares = new WeakMap<AbortSignal, Share>();
  return (signal) => {
    if (!signal) return new Share(most);
    const share = shares.get(signal) ?? new Share(most, signal);
    shares.set(signal, share);
    return share;
  };
}

/** The store as one operation has it: each of its functions, all of which answer promises, takes a place of the share. */
export function sharedStore<Store extends object>(store: Store, share: Share): Store {
  const views = new Map<PropertyKey, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const known = views.get(name);
      if (known) return known;
      const value: unknown = Reflect.get(target, name);
      let view = value;
      if (typeof value === 'function')
        view = (...given: unknown[]) => share.take(() => Reflect.apply(value, target, given));
      else if (typeof value === 'object' && value !== null) view = sharedStore(value, share);
      views.set(name, view);
      return view;
    },
  });
}
