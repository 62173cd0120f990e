/** Deduplicates concurrent queries: equal queries in flight share one run of their plan. */
import { writeJson } from '../wire/losslessJson.ts';
import { namesOfRequests } from '../wire/shareRequests.ts';
import type { Ran } from './runPlan.ts';
import type { Values } from './subgraphRequest.ts';

/** Results are immutable text, so several requests can receive the same one. */
export interface RunShare {
  /**
   * Joins the run in flight under `key`, or starts `run`. The key contains everything that can change the result. If the request
   * that started the run is aborted, the others start a new run.
   */
  share: (key: string, signal: AbortSignal | undefined, run: () => Promise<Ran>) => Promise<Ran>;
  /** Prevents requests from joining runs that began earlier: a mutation may have changed the data. */
  forget: () => void;
}

interface Flight {
  key: string;
  answer: Promise<Ran>;
  /** Fires when the request that started the run is aborted, and the run with it. */
  signal: AbortSignal | undefined;
  /** The next flight in the same bucket. */
  next: Flight | undefined;
}

/** The number of hash buckets; a power of two. Not a Map: constantly filling and emptying one produces garbage tables. */
const placesCount = 1024;

export function shareRuns(): RunShare {
  const places: (Flight | undefined)[] = new Array(placesCount).fill(undefined);

  function begin(place: number, key: string, signal: AbortSignal | undefined, run: () => Promise<Ran>) {
    const flight: Flight = { key, answer: run(), signal, next: places[place] };
    places[place] = flight;
    const end = () => land(places, place, flight);
    flight.answer.then(end, end);
    return flight.answer;
  }

  function share(key: string, signal: AbortSignal | undefined, run: () => Promise<Ran>): Promise<Ran> {
    const place = placeOf(key);
    let flight = places[place];
    while (flight && (flight.key !== key || flight.signal?.aborted)) flight = flight.next;
    if (!flight) return begin(place, key, signal, run);
    const begun = flight;
    const again = (): Promise<Ran> | undefined =>
      begun.signal?.aborted && !signal?.aborted ? share(key, signal, run) : undefined;
    return begun.answer.then(
      (ran) => again() ?? ran,
      (error: unknown) => again() ?? Promise.reject(error),
    );
  }

  return { share, forget: () => void places.fill(undefined) };
}

/**
 * The key of a run: the plan, the values of its variables, the identity of the caller, and the headers of each subgraph, without
 * those that only identify the request.
 */
export function runKeyOf(
  plan: number,
  { given }: Values,
  headers: ReadonlyMap<string, Readonly<Record<string, string>>>,
  identity: string | undefined,
): string {
  let key = `${plan} ${writeJson(given)}`;
  for (const [subgraph, fields] of headers) {
    for (const name in fields) {
      if (!namesOfRequests.has(name)) key += JSON.stringify([subgraph, name, fields[name]]);
    }
  }
  return identity === undefined ? key : key + identity;
}

/** Hashes the end of the key, which has the values and headers. */
function placeOf(key: string): number {
  let hash = key.length;
  for (let at = Math.max(0, key.length - 32); at < key.length; at++)
    hash = (hash * 31 + key.charCodeAt(at)) | 0;
  return hash & (placesCount - 1);
}

function land(places: (Flight | undefined)[], place: number, flight: Flight): void {
  if (places[place] === flight) {
    places[place] = flight.next;
    return;
  }
  for (let one = places[place]; one; one = one.next) if (one.next === flight) one.next = flight.next;
}
