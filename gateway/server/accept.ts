/** Which media type an answer gets: the one that the Accept header of its request prefers (RFC 9110 section 12.5.1). */
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export const json = 'application/json; charset=utf-8';
export const graphqlResponse = 'application/graphql-response+json; charset=utf-8';

/** Clients have a few Accept headers. */
const keptHeaders = 200;
const keptLength = 500;

/**
 * The one of `offered` that a request prefers, the first of them where it has no preference; undefined where it accepts none. An
 * exact media type counts before a range, whichever weight it has, and one of weight 0 is not accepted.
 */
export function preferredOf(accept: string | undefined, offered: readonly string[]): string | undefined {
  // A header without a value says nothing.
  if (accept === undefined || accept.trim() === '') return offered[0];
  return new Negotiator({ headers: { accept } }).mediaType([...offered]);
}

/** The same, each header worked out once. */
export function openPreference(
  offered: readonly string[],
): (accept: string | undefined) => string | undefined {
  const kept = new LRUCache<string, { type: string | undefined }>({ max: keptHeaders });
  return (accept = '') => {
    const known = kept.get(accept);
    if (known) return known.type;
    const type = preferredOf(accept, offered);
    if (accept.length <= keptLength) kept.set(accept, { type });
    return type;
  };
}
