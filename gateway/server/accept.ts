/** Content negotiation: the media type of a response by the Accept header of its request (RFC 9110 section 12.5.1). */
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

export const json = 'application/json; charset=utf-8';
export const graphqlResponse = 'application/graphql-response+json; charset=utf-8';

/** Maximum cached Accept headers, and the maximum length of one; clients send only a few different ones. */
const maxCachedHeaders = 200;
const maxCachedLength = 500;

/**
 * Returns the media type of `offered` that the Accept header prefers, the first without a preference, undefined if none is
 * acceptable. An exact media type takes precedence over a range, whatever its weight; weight 0 means "not acceptable".
 */
export function preferredOf(accept: string | undefined, offered: readonly string[]): string | undefined {
  // An empty header states no preference.
  if (accept === undefined || accept.trim() === '') return offered[0];
  return new Negotiator({ headers: { accept } }).mediaType([...offered]);
}

/** `preferredOf` for a fixed list, with a cache by header. */
export function openPreference(
  offered: readonly string[],
): (accept: string | undefined) => string | undefined {
  const cache = new LRUCache<string, { type: string | undefined }>({ max: maxCachedHeaders });
  return (accept = '') => {
    const cached = cache.get(accept);
    if (cached) return cached.type;
    const type = preferredOf(accept, offered);
    if (accept.length <= maxCachedLength) cache.set(accept, { type });
    return type;
  };
}
