/** Deduplicates subgraph queries: equal queries in flight share one request. */
import type { SubgraphFailure, SubgraphRequest } from './subgraphCall.ts';
import type { Cancel, Receiver, Reply, Send } from './transport.ts';

/**
 * Headers that identify a request and must not change its response. All other headers, known or not, keep requests
 * apart when they differ.
 */
export const namesOfRequests: ReadonlySet<string> = new Set(['x-request-id', 'traceparent', 'tracestate']);

/** Counts mutations that have ended, over all subgraphs that share the counter. */
export interface Changes {
  count: number;
}

/** The number of hash buckets; a power of two. */
const placesCount = 512;

/** Maximum requests in one bucket, to keep lookups cheap; further requests are not shared. */
const maxAlike = 16;

/**
 * Wraps `send` so that queries with the same body, identity and headers share one request until its response begins.
 * Each receiver gets the response and can cancel on its own; the request is cancelled when its last receiver cancels.
 * Mutations are never shared. Once one has ended, queries do not join a request that was sent before it, whose
 * response may predate its effects. Subgraphs that can see each other's changes share one `changes`.
 */
export function shareReads(send: Send, changes: Changes = { count: 0 }): Send {
  // Not a Map: constantly filling and emptying one leaves garbage tables that keep responses alive.
  const flights: Flights = new Array(placesCount).fill(undefined);

  function sendAlone(request: SubgraphRequest, body: string, receiver: Receiver): Cancel {
    const cancel = send(request, body, {
      onBegin: () => receiver.onBegin(),
      onReply: (reply) => {
        changes.count += 1;
        receiver.onReply(reply);
      },
      onFailure: (failure) => {
        changes.count += 1;
        receiver.onFailure(failure);
      },
    });
    return () => {
      changes.count += 1;
      cancel();
    };
  }

  return (request, body, receiver) => {
    if (request.kind !== 'query') return sendAlone(request, body, receiver);
    const place = placeOf(request, body);
    const first = flights[place];
    let alike = 0;
    for (let flight = first; flight; flight = flight.next) {
      const isNew = flight.since === changes.count;
      if (
        isNew &&
        flight.body === body &&
        flight.identity === request.identity &&
        areSame(flight.headers, request.headers)
      )
        return flight.join(receiver);
      alike += 1;
    }
    if (alike >= maxAlike) return send(request, body, receiver);
    const flight = new Flight(flights, place, {
      body,
      headers: request.headers,
      identity: request.identity,
      since: changes.count,
      next: first,
    });
    const leave = flight.join(receiver);
    flights[place] = flight;
    flight.cancel = send(request, body, flight);
    return leave;
  };
}

type Headers = Readonly<Record<string, string>>;

/** Requests in flight by bucket; each bucket is a linked list. */
type Flights = (Flight | undefined)[];

/** The bucket of a request. Hashes only some characters: hashing a long body would cost more than comparing it. */
function placeOf({ headers, identity = '' }: SubgraphRequest, body: string): number {
  let hash = body.length;
  for (let back = 4; back <= 24; back += 1) hash = (hash * 31 + body.charCodeAt(body.length - back)) | 0;
  for (let at = Math.max(0, identity.length - 48); at < identity.length; at += 1)
    hash = (hash * 31 + identity.charCodeAt(at)) | 0;
  for (const name in headers) {
    if (namesOfRequests.has(name)) continue;
    const { length } = headers[name] as string;
    // A sum, so that the order of the headers does not matter.
    hash += length;
    for (let back = 1; back <= 4; back += 1) {
      hash += ((headers[name] as string).charCodeAt(length - back) << (back * 3)) | 0;
    }
  }
  return (hash ^ (hash >>> 12)) & (placesCount - 1);
}

/** Whether two requests agree in all headers except those that identify a request. */
function areSame(one: Headers, two: Headers): boolean {
  let count = 0;
  for (const name in one) {
    if (namesOfRequests.has(name)) continue;
    if (one[name] !== two[name]) return false;
    count += 1;
  }
  for (const name in two) if (!namesOfRequests.has(name)) count -= 1;
  return count === 0;
}

/** One request in flight, and its receivers. */
class Flight implements Receiver {
  readonly body: string;
  readonly headers: Headers;
  readonly identity: string | undefined;
  /** The value of the mutation counter when it was sent. */
  readonly since: number;
  /** The next request in the same bucket, sent before this one. */
  next: Flight | undefined;
  cancel: Cancel | undefined = undefined;
  readonly #flights: Flights;
  readonly #place: number;
  // Most requests have one receiver and need no set.
  #only: Receiver | undefined = undefined;
  #waiting: Set<Receiver> | undefined = undefined;

  constructor(
    flights: Flights,
    place: number,
    {
      body,
      headers,
      identity,
      since,
      next,
    }: Pick<Flight, 'body' | 'headers' | 'identity' | 'since' | 'next'>,
  ) {
    this.#flights = flights;
    this.#place = place;
    this.body = body;
    this.headers = headers;
    this.identity = identity;
    this.since = since;
    this.next = next;
  }

  join(receiver: Receiver): Cancel {
    if (!this.#only && !this.#waiting) this.#only = receiver;
    else {
      this.#waiting ??= new Set(this.#only && [this.#only]);
      this.#only = undefined;
      this.#waiting.add(receiver);
    }
    return () => this.#leave(receiver);
  }

  onBegin(): void {
    this.#close();
    if (this.#only) this.#only.onBegin();
    else for (const receiver of this.#waiting ?? []) receiver.onBegin();
  }

  onReply(reply: Reply): void {
    this.#close();
    if (this.#only) this.#only.onReply(reply);
    else for (const receiver of this.#waiting ?? []) receiver.onReply(reply);
  }

  onFailure(failure: SubgraphFailure): void {
    this.#close();
    if (this.#only) this.#only.onFailure(failure);
    else for (const receiver of this.#waiting ?? []) receiver.onFailure(failure);
  }

  #leave(receiver: Receiver): void {
    if (this.#only === receiver) this.#only = undefined;
    else if (!this.#waiting?.delete(receiver) || this.#waiting.size > 0) return;
    this.#close();
    this.cancel?.();
  }

  /** Removes the request from its bucket, so that no receiver joins it any more. */
  #close(): void {
    const first = this.#flights[this.#place];
    if (first === this) this.#flights[this.#place] = this.next;
    for (let flight = first; flight; flight = flight.next) {
      if (flight.next === this) flight.next = this.next;
    }
    this.next = undefined;
  }
}
