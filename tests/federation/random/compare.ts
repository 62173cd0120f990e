/** Holds two outcomes against one another, with the few liberties that GraphQL gives those who run operations. */
import type { Outcome } from '../../support/federation/outcome.ts';

/** Differences that are none, each with its reason. */
export const rules = {
  /**
   * Of several failures inside what became null, it is left open which are told (GraphQL section 6.4.4): one that
   * stops its siblings hides theirs, and a gateway does not ask for what is below null. So errors are compared by
   * the null that they explain, which is in the answer for all to see.
   */
  'one null, one error': 'errors are told by the null that they explain',
} as const;

export type Rule = keyof typeof rules;

export interface Comparison {
  difference: 'data' | 'errors' | undefined;
  rules: readonly Rule[];
}

export function compare(one: Outcome, other: Outcome): Comparison {
  if (JSON.stringify(one.data) !== JSON.stringify(other.data)) return { difference: 'data', rules: [] };
  if (one.errors.join(' ') === other.errors.join(' ')) return { difference: undefined, rules: [] };
  const isSame = explained(one).join(' ') === explained(other).join(' ');
  return isSame
    ? { difference: undefined, rules: ['one null, one error'] }
    : { difference: 'errors', rules: [] };
}

/**
 * Whether one has what the other has, or null in its place with an error: where a subgraph is down nobody may know what an
 * object behind an interface is, and then it is null.
 */
export function isPartOf({ data, errors }: Outcome, other: Outcome): boolean {
  const isExplained = (path: string) =>
    errors.some((error) => error === path || error.startsWith(path === '' ? '' : `${path}.`));
  const isPart = (one: unknown, whole: unknown, path: string): boolean => {
    if (JSON.stringify(one) === JSON.stringify(whole)) return true;
    if (one === null) return isExplained(path);
    if (typeof one !== 'object' || typeof whole !== 'object' || one === undefined || whole === null)
      return false;
    const keys = Object.keys(whole as object);
    return (
      Object.keys(one).length === keys.length &&
      keys.every((key) =>
        isPart(
          (one as Record<string, unknown>)[key],
          (whole as Record<string, unknown>)[key],
          path === '' ? key : `${path}.${key}`,
        ),
      )
    );
  };
  return isPart(data, other.data, '');
}

/** Where the nulls are that errors explain; an error that explains none stays as it is. */
export function explained({ data, errors }: Outcome): string[] {
  const places = errors.map((path) => {
    let value = data;
    const seen: string[] = [];
    for (const key of path === '(no path)' ? [] : path.split('.')) {
      if (value === null) break;
      seen.push(key);
      value = (value as Record<string, unknown> | undefined)?.[key];
    }
    return value === null && path !== '(no path)' ? `null at ${seen.join('.')}` : path;
  });
  return [...new Set(places)].sort();
}
