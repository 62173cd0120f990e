/** Where a reader goes on after they signed in: a path of ours, and nowhere else. */

const longest = 1000;

/** The path that `value` names; undefined of anything that a browser may take for another site, and of the way in itself. */
export function returnPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > longest || !isLocal(value)) return undefined;
  const here = 'http://here.invalid';
  if (!URL.canParse(value, here)) return undefined;
  const { origin, pathname, search } = new URL(value, here);
  // What browsers leave out of an address (tabs, "/./") may have hidden a host.
  if (origin !== here || !isLocal(pathname) || /^\/sign-(in|out)(\/|$)/.test(pathname)) return undefined;
  return pathname + search;
}

/** Two of them at the start would name a host. */
const isLocal = (path: string): boolean => /^\/(?![/\\])/.test(path);
