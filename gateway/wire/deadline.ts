/** Ends a subgraph call at its timeout, or when the client disconnects. */
import { CallEnd, type SubgraphCall, SubgraphFailure } from './subgraphCall.ts';

/**
 * A layer that limits each call to `timeoutMs` milliseconds. It reports both ends to inner layers through the CallEnd
 * argument, and rejects at once even if no inner layer listens.
 */
export function withDeadline(timeoutMs: number): (call: SubgraphCall) => SubgraphCall {
  const queue = new DeadlineQueue(timeoutMs);
  return (call) => (request) => {
    const caller = request.signal;
    if (caller?.aborted) return Promise.reject(abortedFailure());
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

/** The pending calls of one client request, as a linked list. */
interface CallerCalls {
  first: Pending | undefined;
}

// One abort listener per client request: a page makes many calls, and a listener costs more than a list entry.
const callsByCaller = new WeakMap<AbortSignal, CallerCalls>();

function callsOf(caller: AbortSignal): CallerCalls {
  const existing = callsByCaller.get(caller);
  if (existing) return existing;
  const callerCalls: CallerCalls = { first: undefined };
  callsByCaller.set(caller, callerCalls);
  caller.addEventListener(
    'abort',
    () => {
      while (callerCalls.first) callerCalls.first.end(abortedFailure());
    },
    { once: true },
  );
  return callerCalls;
}

function abortedFailure(): SubgraphFailure {
  return new SubgraphFailure('aborted', 'The caller has gone.');
}

/** A pending call: its entry in the deadline queue and in the list of its client request. */
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

  /** Removes the call from both lists. Safe to call twice. */
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

/** Pending calls in the order of their deadlines. All have the same timeout, so one timer is enough. */
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

  /**
   * The timer is not cancelled when its call ends: it fires once for thousands of calls and then waits for the next
   * deadline.
   */
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
