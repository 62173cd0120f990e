/** Shares one request between all who ask a subgraph the same thing at the same time. */
import type { SubgraphFailure, SubgraphRequest } from './subgraphCall.ts';
import type { Cancel, Receiver, Reply, Send } from './transport.ts';

/**
 * Headers by which no subgraph may tell readers apart: they name the request, not who asks or what for. Any other
 * header that differs keeps two requests apart, known to us or not.
 */
export const namesOfRequests: ReadonlySet<string> = new Set(['x-request-id', 'traceparent', 'tracestate']);

/** Counts what may have changed something, in all subgraphs that share it. */
export interface Changes {
  count: number;
}

/** A power of two: in so many places flights are looked for. */
const placesCount = 512;

/** How many flights one place may have; further requests go alone, so that looking for one stays cheap. */
const maxAlike = 16;

/**
 * Reads of one subgraph that agree in their body and in all headers that can change the answer become one request,
 * while it is under way and nothing of its reply has come. Each who waits hears the reply and may leave: the
 * request is cancelled when the last has left. Requests that are not known to be reads go alone; once one has ended
 * nobody joins a read that was sent before, which may not know what it changed. What one subgraph changes another may
 * read: all that have the same `changes` hear of it.
 */
export function shareReads(send: Send, changes: Changes = { count: 0 }): Send {
  // Not a Map: one that is filled and emptied all the time leaves tables of garbage that keep answers alive.
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

/** Flights by their place, those of one place behind each other. */
type Flights = (Flight | undefined)[];

/** Equal for requests that are the same. A few letters do: hashing a long body would cost more than comparing it. */
function placeOf({ headers, identity = '' }: SubgraphRequest, body: string): number {
  let hash = body.length;
  for (let back = 4; back <= 24; back += 1) hash = (hash * 31 + body.charCodeAt(body.length - back)) | 0;
  for (let at = Math.max(0, identity.length - 48); at < identity.length; at += 1)
    hash = (hash * 31 + identity.charCodeAt(at)) | 0;
  for (const name in headers) {
    if (namesOfRequests.has(name)) continue;
    const { length } = headers[name] as string;
    // Added up, so that the order of the headers does not matter.
    hash += length;
    for (let back = 1; back <= 4; back += 1) {
      hash += ((headers[name] as string).charCodeAt(length - back) << (back * 3)) | 0;
    }
  }
  return (hash ^ (hash >>> 12)) & (placesCount - 1);
}

/** Whether two requests say the same in all headers but those that name the request. */
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

/** One request under way, and those who wait for it. */
class Flight implements Receiver {
  readonly body: string;
  readonly headers: Headers;
  readonly identity: string | undefined;
  /** How many changes there were when it began. */
  readonly since: number;
  /** Another flight in the same place, sent before this one. */
  next: Flight | undefined;
  cancel: Cancel | undefined = undefined;
  readonly #flights: Flights;
  readonly #place: number;
  // Most flights have one who waits: no list for that one.
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

  /** Nobody joins from here on. */
  #close(): void {
    const first = this.#flights[this.#place];
    if (first === this) this.#flights[this.#place] = this.next;
    for (let flight = first; flight; flight = flight.next) {
      if (flight.next === this) flight.next = this.next;
    }
    this.next = undefined;
  }
}
