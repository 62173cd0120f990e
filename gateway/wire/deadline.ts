/** Ends a call to a subgraph when its time is up or when the caller has gone. */
import { CallEnd, type Layer, SubgraphFailure } from './subgraphCall.ts';

/**
 * A layer that gives each call `timeoutMs` milliseconds. What is under it hears of both ends through the CallEnd
 * that it is handed, and the layer answers at once even when nothing under it listens.
 */
export function withDeadline(timeoutMs: number): Layer {
  const queue = new DeadlineQueue(timeoutMs);
  return (call) => (request) => {
    const caller = request.signal;
    if (caller?.aborted) return Promise.reject(gone());
    return new Promise((resolve, reject) => {
      const pending = new Pending(reject, caller && callsOf(caller));
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
interface CallerCalls {
  first: Pending | undefined;
}

// One listener for all calls of a caller: a page makes many, and a listener costs more than a place in a list.
const callsByCaller = new WeakMap<AbortSignal, CallerCalls>();

function callsOf(caller: AbortSignal): CallerCalls {
  const known = callsByCaller.get(caller);
  if (known) return known;
  const callerCalls: CallerCalls = { first: undefined };
  callsByCaller.set(caller, callerCalls);
  caller.addEventListener(
    'abort',
    () => {
      while (callerCalls.first) callerCalls.first.end(gone());
    },
    { once: true },
  );
  return callerCalls;
}

function gone(): SubgraphFailure {
  return new SubgraphFailure('aborted', 'The caller has gone.');
}

/** A call under way: its place in the queue, and among the calls of its caller. */
class Pending extends CallEnd {
  dueMs = 0;
  before: Pending | undefined = undefined;
  after: Pending | undefined = undefined;
  queue: DeadlineQueue | undefined = undefined;
  readonly #reject: (failure: SubgraphFailure) => void;
  #callerCalls: CallerCalls | undefined;
  #previous: Pending | undefined = undefined;
  #next: Pending | undefined = undefined;

  constructor(reject: (failure: SubgraphFailure) => void, callerCalls: CallerCalls | undefined) {
    super();
    this.#reject = reject;
    this.#callerCalls = callerCalls;
    if (!callerCalls) return;
    this.#previous = callerCalls.first;
    if (callerCalls.first) callerCalls.first.#next = this;
    callerCalls.first = this;
  }

  /** Leaves nothing behind; safe to call twice. */
  leave(): void {
    this.queue?.remove(this);
    const callerCalls = this.#callerCalls;
    if (!callerCalls) return;
    const previous = this.#previous;
    const next = this.#next;
    if (previous) previous.#next = next;
    if (next) next.#previous = previous;
    else callerCalls.first = previous;
    this.#callerCalls = undefined;
    this.#previous = undefined;
    this.#next = undefined;
  }

  override end(failure: SubgraphFailure): void {
    this.leave();
    this.#reject(failure);
    super.end(failure);
  }
}

/** Calls in the order in which they are due. All have the same time, so that one timer does for all. */
class DeadlineQueue {
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
