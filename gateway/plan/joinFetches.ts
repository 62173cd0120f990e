/** Joins fetches of a plan that differ only in the types of the objects above the entities they fetch. */
import type { FetchNode } from '@apollo/query-planner';

/** A fetch of the objects at `path`, its conditions, and the indexes of the fetches it depends on. */
export interface Ordered {
  fetch: FetchNode;
  path: readonly string[];
  conditions: readonly unknown[];
  after: readonly number[];
}

/**
 * Returns the fetches, each after its dependencies. Two equal fetches for "things|[Cart].good" and
 * "things|[Wish].good" with the same dependencies become one for "things|[Cart,Wish].good".
 */
export function joinTypes<Fetch extends Ordered>(fetches: readonly Fetch[]): Fetch[] {
  const joined: Fetch[] = [];
  const places: number[] = [];
  const alike = new Map<string, number[]>();
  for (const fetch of fetches) {
    // Dependencies come first in the list.
    const after = [...new Set(fetch.after.map((at) => places[at] as number))].sort(
      (one, other) => one - other,
    );
    const key = keyOf(fetch, after);
    const others = (key !== undefined && alike.get(key)) || [];
    let path: readonly string[] | undefined;
    const place = others.find((at) => {
      path = joinPaths((joined[at] as Fetch).path, fetch.path);
      return path !== undefined;
    });
    if (place !== undefined && path) {
      joined[place] = { ...(joined[place] as Fetch), path };
      places.push(place);
      continue;
    }
    const own = joined.push({ ...fetch, after }) - 1;
    places.push(own);
    if (key !== undefined) alike.set(key, [...others, own]);
  }
  return joined;
}

/** Equal for fetches that can be joined; undefined for a fetch that cannot. */
function keyOf({ fetch, path, conditions }: Ordered, after: readonly number[]): string | undefined {
  const { serviceName, operation, operationKind, requires, inputRewrites, outputRewrites } = fetch;
  if (operationKind !== 'query' || !requires || fetch.id !== undefined) return undefined;
  if (fetch.contextRewrites?.length) return undefined;
  const text = operation.slice(operation.search(/[({]/));
  const names = path.map((element) => element.split('|', 1)[0]);
  return JSON.stringify([
    serviceName,
    text,
    requires,
    inputRewrites,
    outputRewrites,
    conditions,
    after,
    names,
  ]);
}

/** The joined path of two paths; undefined if they differ in more than one element. */
function joinPaths(one: readonly string[], other: readonly string[]): readonly string[] | undefined {
  const differing = one.flatMap((element, at) => (element === other[at] ? [] : [at]));
  const [at] = differing;
  if (at === undefined) return one;
  if (differing.length > 1) return undefined;
  return one.map((element, place) => (place === at ? joinElements(element, other[at] as string) : element));
}

function joinElements(one: string, other: string): string {
  const [name = '', types] = one.split('|', 2);
  const [, others] = other.split('|', 2);
  if (types === undefined || others === undefined) return name;
  return `${name}|[${[...new Set([...typesIn(types), ...typesIn(others)])].join()}]`;
}

const typesIn = (types: string) => types.replace(/^\[|\]$/g, '').split(',');
