/** Shares one run of a plan between all who ask the same at the same time. */
import { writeJson } from '../wire/losslessJson.ts';
import { namesOfRequests } from '../wire/shareRequests.ts';
import type { Ran } from './runPlan.ts';
import type { Values } from './subgraphRequest.ts';

/** Answers are text that nobody changes, so that many can be given the same one. */
export interface RunShare {
  /**
   * The answer that is being worked out under `key`, or that of `run`, which is begun. The key holds everything that can
   * change the answer. Whoever joins does not depend on the one who began: when that one leaves, the run is begun anew.
   */
  share: (key: string, signal: AbortSignal | undefined, run: () => Promise<Ran>) => Promise<Ran>;
  /** Nobody joins a run that has begun before: something may have changed. */
  forget: () => void;
}

interface Flight {
  key: string;
  answer: Promise<Ran>;
  /** Fires when the one who began it has gone, and the run with it. */
  signal: AbortSignal | undefined;
  /** Another flight in the same place. */
  next: Flight | undefined;
}

/** A power of two. Flights stand in places rather than in a map: one that is filledBatches and emptied all the time is garbage. */
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
 * All that can change an answer: the plan, the values of its variables, and what each subgraph is told of the caller, but
 * for what only numbers the request.
 */
export function runKeyOf(
  plan: number,
  { given }: Values,
  headers: ReadonlyMap<string, Readonly<Record<string, string>>>,
  identity: string | undefined,
): string {
  let key = `${plan} ${writeJson(given)}`;
  for (const [subgraph, sent] of headers) {
    for (const name in sent) {
      if (!namesOfRequests.has(name)) key += JSON.stringify([subgraph, name, sent[name]]);
    }
  }
  return identity === undefined ? key : key + identity;
}

/** Looks at the end of the key, where values and headers stand. */
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
