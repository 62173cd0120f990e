/** One attempt at a delivery: the request, and what follows from the response. */
import type { Logger } from 'pino';
import type { AddressPolicy } from './addressPolicy.ts';
import type { Tell } from './event.ts';
import { type Content, eventRequest, feedRequest, verificationOf } from './outgoingRequest.ts';
import { attemptsAtMost, delayMs, retryAfterMs, verificationsAtMost } from './schedule.ts';
import { type Exchange, type Incoming, type Outgoing, problemOf } from './sendRequest.ts';
import type { Ending, TakenDelivery } from './sql/deliveries.ts';

/** The current content of a feed; undefined when it cannot be written. */
export type ContentOf = (topic: string) => Promise<Content | undefined>;

export interface AttemptOptions {
  addressPolicy: AddressPolicy;
  exchange: Exchange;
  contentOf: ContentOf;
  tell: Tell;
  /** The URL of the hub. */
  hub: string;
  clock: () => Date;
  random: () => number;
  log: Logger;
}

/** The graph or a feed is unavailable; the delivery is retried. */
class MissingError extends Error {
  override name = 'MissingError';
}

/** Attempts a delivery once. Resolves to its ending, failures included, or to undefined when `signal` aborts it. */
export async function attempt(
  delivery: TakenDelivery,
  signal: AbortSignal,
  options: AttemptOptions,
): Promise<Ending | undefined> {
  const { exchange, clock, random } = options;
  const begun = clock();
  const log = (status: number | null, problem: string | null) => ({
    attempt: { at: begun.toISOString(), status, problem, ms: clock().getTime() - begun.getTime() },
  });
  // A failed verification is dropped, not kept for replay: the subscriber can subscribe again.
  const [most, givenUp] =
    delivery.kind === 'verification'
      ? ([verificationsAtMost, 'dropped'] as const)
      : ([attemptsAtMost, 'dead'] as const);
  const failed = (status: number | null, problem: string, waitMs = 0): Ending => {
    if (delivery.attempts >= most) return { state: givenUp, ...log(status, problem) };
    const nextAttemptAt = new Date(clock().getTime() + delayMs(delivery.attempts, random, waitMs));
    return { state: 'pending', nextAttemptAt, ...log(status, problem) };
  };
  // Each attempt ended with its process killed, perhaps because of this delivery.
  if (delivery.attempts > most)
    return { state: givenUp, ...log(null, 'Expected the attempt to end, but got: no result.') };
  try {
    const request = await requestFor(delivery, options);
    if (!request) return { state: 'dropped', ...log(null, null) };
    const answer = await exchange({ ...request.outgoing, signal });
    const { status } = answer;
    if ('challenge' in request) return verified(request.challenge, answer, { log, failed });
    if (status >= 200 && status < 300) return { state: 'delivered', ...log(status, null) };
    const problem = `Expected status 2xx, but got: ${status}.`;
    if (status === 410) return { state: 'dead', effect: 'end target', ...log(status, problem) };
    return failed(status, problem, retryAfterMs(answer.retryAfter, clock()));
  } catch (error) {
    if (signal.aborted) return undefined;
    return failed(null, error instanceof MissingError ? error.message : problemOf(error));
  }
}

interface Request {
  outgoing: Outgoing;
  challenge?: string;
}

/** The request of a delivery; undefined when its target is gone, or when its event no longer holds. */
async function requestFor(
  delivery: TakenDelivery,
  { addressPolicy, contentOf, tell, hub, clock, log }: AttemptOptions,
): Promise<Request | undefined> {
  if (delivery.kind === 'verification') return verificationOf(delivery.intent, addressPolicy);
  if (!delivery.to) return undefined;
  if (delivery.kind === 'feed') {
    const content = await contentOf(delivery.to.topic);
    if (!content) throw new MissingError('Expected the feed to answer, but got: nothing.');
    return { outgoing: feedRequest(delivery.to, content, { addressPolicy, hub }) };
  }
  const payload = await tell(delivery, log).catch((err: unknown) => {
    log.warn({ err, delivery: delivery.id }, 'webhook delivery delayed; story unavailable');
    throw new MissingError('Expected the graph to answer, but got: nothing.');
  });
  if (!payload) return undefined;
  return { outgoing: eventRequest(delivery.to, { id: delivery.id, at: clock(), payload }, addressPolicy) };
}

type Log = (status: number | null, problem: string | null) => Pick<Ending, 'attempt'>;
type Failed = (status: number | null, problem: string) => Ending;

/** Whether the subscriber confirmed its intent by returning the challenge. A 5xx response is retried. */
function verified(
  challenge: string,
  { status, body }: Incoming,
  { log, failed }: { log: Log; failed: Failed },
): Ending {
  const isMeant = status >= 200 && status < 300 && body.toString() === challenge;
  if (isMeant) return { state: 'delivered', effect: 'fulfil', ...log(status, null) };
  const problem = `Expected the challenge with status 2xx, but got: ${status} with ${body.length} bytes.`;
  return status >= 500 ? failed(status, problem) : { state: 'dropped', ...log(status, problem) };
}
