/** What the pages know of the newsroom around the stories. */

export const siteDescription = 'News from Port Almery and beyond, paid for by those who read it.';

/** Where the newsroom is found: its public address, without a trailing slash. */
export interface Site {
  /** What the publication is called. */
  name: string;
  publicUrl: string;
  now: () => Date;
}

export const storyPath = (slug: string) => `/articles/${encodeURIComponent(slug)}`;
export const authorPath = (slug: string) => `/authors/${encodeURIComponent(slug)}`;
export const sectionPath = (slug: string) => `/sections/${encodeURIComponent(slug)}`;
export const tagPath = (slug: string) => `/tags/${encodeURIComponent(slug)}`;

/** Where one signs in, and comes back to a path of ours from there. */
export const signInPath = (returnTo?: string) =>
  !returnTo || returnTo === '/'
    ? '/sign-in'
    : `/sign-in?return=${encodeURIComponent(returnTo).replaceAll('%2F', '/')}`;

/** The address of a list's next page, which begins after `cursor`. */
export function afterPath(path: string, cursor: string, rest: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ ...rest, after: cursor })}`;
}

/** An address of our own without its origin, so that it works wherever the page was opened; others as they are. */
export function localPath(url: string, { publicUrl }: Site): string {
  const path = url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : '';
  // Two of them at the start would name a host.
  return /^\/(?![/\\])/.test(path) ? path : url;
}
