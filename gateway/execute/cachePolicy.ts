/** How long an answer may be kept: no longer than any answer of a subgraph that it is made of. */

import type { CallMeta } from './runPlan.ts';

/** As much of Apollo Server's `overallCachePolicy` as is needed. */
export interface CachePolicy {
  restrict: (hint: { maxAge?: number; scope?: 'PUBLIC' | 'PRIVATE' }) => void;
}

/**
 * Restricts `policy` by the Cache-Control of each answer, as ApolloGateway does: one that names no `max-age` may not be kept,
 * nor may one that says so.
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
  const mayKeep = /^\d+$/.test(age) && !directives.has('no-store') && !directives.has('no-cache');
  const maxAge = mayKeep ? Number(age) : 0;
  if (directives.has('private')) return { maxAge, scope: 'PRIVATE' };
  return directives.has('public') ? { maxAge, scope: 'PUBLIC' } : { maxAge };
}
