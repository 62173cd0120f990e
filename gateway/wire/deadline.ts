/** Ends a call to a subgraph when its time is up or when the caller has gone. */
import { CallEnd, type Layer, SubgraphFailure } from './call.ts';

/**
 * A layer that gives each call `timeoutMs` milliseconds. What is under it hears of both ends through the CallEnd
 * that it is handed, and the layer answers at once even when nothing under it listens.
 */
export function withDeadline(timeoutMs: number): Layer {
  const queue = new Queue(timeoutMs);
  return (call) => (request) => {
    const caller = request.signal;
    if (caller?.aborted) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      const pending = new Pending(reject, caller && companyOf(caller));
      queue.add(pending);
      let answer: ReturnType<typeof call>;
      try {
        answer = call(request, pending);
      } catch (error) {
        pending.leave();
        reject(error);
        return;
      }
      answer.then(
        (value) => {
          pending.leave();
          resolve(value);
        },
        (error) => {
          pending.leave();
          reject(error);
        },
      );
    });
  };
}

/** The calls of one caller that are under way, each of which knows its neighbours. */
interface Company {
  first: Pending | undefined;
}

// One listener for all calls of a caller: a page makes many, and a listener costs more than a place in a list.
const companies = new WeakMap<AbortSignal, Company>();

function companyOf(caller: AbortSignal): Company {
  const known = companies.get(caller);
  if (known) return known;
  const company: Company = { first: undefined };
  companies.set(caller, company);
  caller.addEventListener(
    'abort',
    () => {
      while (company.first) company.first.end(gone());
    },
    { once: true },
  );
  return company;
}

function gone(): SubgraphFailure {
  return new SubgraphFailure('aborted', 'The caller has gone.');
}

/** A call under way: its place in the queue, and among the calls of its caller. */
class Pending extends CallEnd {
  dueMs = 0;
  before: Pending | undefined = undefined;
  after: Pending | undefined = undefined;
  queue: Queue | undefined = undefined;
  readonly #reject: (failure: SubgraphFailure) => void;
  #company: Company | undefined;
  #elder: Pending | undefined = undefined;
  #younger: Pending | undefined = undefined;

  constructor(reject: (failure: SubgraphFailure) => void, company: Company | undefined) {
    super();
    this.#reject = reject;
    this.#company = company;
    if (!company) return;
    this.#elder = company.first;
    if (company.first) company.first.#younger = this;
    company.first = this;
  }

  /** Leaves nothing behind; safe to call twice. */
  leave(): void {
    this.queue?.remove(this);
    const company = this.#company;
    if (!company) return;
    const elder = this.#elder;
    const younger = this.#younger;
    if (elder) elder.#younger = younger;
    if (younger) younger.#elder = elder;
    else company.first = elder;
    this.#company = undefined;
    this.#elder = undefined;
    this.#younger = undefined;
  }

  override end(failure: SubgraphFailure): void {
    this.leave();
    this.#reject(failure);
    super.end(failure);
  }
}

/** Calls in the order in which they are due. All have the same time, so that one timer does for all. */
class Queue {
  readonly #timeoutMs: number;
  #first: Pending | undefined = undefined;
  #last: Pending | undefined = undefined;
  #isTimed = false;

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  add(pending: Pending): void {
    pending.dueMs = performance.now() + this.#timeoutMs;
    pending.queue = this;
    pending.before = this.#last;
    if (this.#last) this.#last.after = pending;
    else this.#first = pending;
    this.#last = pending;
    if (!this.#isTimed) this.#wait(this.#timeoutMs);
  }

  remove(pending: Pending): void {
    const { before, after } = pending;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    pending.before = undefined;
    pending.after = undefined;
    pending.queue = undefined;
  }

  /** The timer runs on when its call is answered: it fires once for thousands of calls, and then looks who is next. */
  #wait(ms: number): void {
    this.#isTimed = true;
    setTimeout(() => this.#endLate(), ms).unref();
  }

  #endLate(): void {
    this.#isTimed = false;
    const nowMs = performance.now();
    while (this.#first && this.#first.dueMs <= nowMs) {
      const reason = `Expected an answer in ${this.#timeoutMs} ms, but got: none.`;
      this.#first.end(new SubgraphFailure('late', reason));
    }
    if (this.#first) this.#wait(Math.max(1, Math.ceil(this.#first.dueMs - nowMs)));
  }
}
