/** The path to return to after sign-in, on this site only. */

const longest = 1000;

/** The path in `value`; undefined for anything that a browser may read as another site, and for the sign-in page. */
export function returnPath(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > longest || !isLocal(value)) return undefined;
  const here = 'http://here.invalid';
  if (!URL.canParse(value, here)) return undefined;
  const { origin, pathname, search } = new URL(value, here);
  // Characters that browsers drop from URLs (tabs, "/./") may hide a host.
  if (origin !== here || !isLocal(pathname) || /^\/sign-(in|out)(\/|$)/.test(pathname)) return undefined;
  return pathname + search;
}

/** Two slashes at the beginning would name a host. */
const isLocal = (path: string): boolean => /^\/(?![/\\])/.test(path);
