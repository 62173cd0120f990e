/** Restricts the cache policy of a response by the Cache-Control headers of the subgraph responses it is made of. */

import type { CallMeta } from './subgraphRequest.ts';

/** The part of Apollo Server's `overallCachePolicy` that is used here. */
export interface CachePolicy {
  restrict: (hint: { maxAge?: number; scope?: 'PUBLIC' | 'PRIVATE' }) => void;
}

/**
 * Restricts `policy` by the Cache-Control header of each subgraph response, as ApolloGateway does: a response without `max-age`,
 * or with `no-store` or `no-cache`, is not cacheable.
 */
export function restrictBy(policy: CachePolicy, calls: readonly Pick<CallMeta, 'cacheControl'>[]): void {
  for (const { cacheControl } of calls) policy.restrict(hintOf(cacheControl ?? ''));
}

function hintOf(header: string): Parameters<CachePolicy['restrict']>[0] {
  const directives = new Map(
    header.split(',').map((directive): [string, string] => {
      const [name = '', value = ''] = directive.split('=', 2);
      return [name.trim().toLowerCase(), value.trim().replace(/^"|"$/g, '')];
    }),
  );
  const age = directives.get('max-age') ?? '';
  const isCacheable = /^\d+$/.test(age) && !directives.has('no-store') && !directives.has('no-cache');
  const maxAge = isCacheable ? Number(age) : 0;
  if (directives.has('private')) return { maxAge, scope: 'PRIVATE' };
  return directives.has('public') ? { maxAge, scope: 'PUBLIC' } : { maxAge };
}
