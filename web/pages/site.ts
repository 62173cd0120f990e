/** Names, URLs and paths of the site. */

export const siteDescription = 'News from Port Almery and beyond, paid for by those who read it.';

/** The public base URL, without a slash at the end. */
export interface Site {
  /** The name of the publication. */
  name: string;
  publicUrl: string;
  now: () => Date;
}

export const storyPath = (slug: string) => `/articles/${encodeURIComponent(slug)}`;
export const authorPath = (slug: string) => `/authors/${encodeURIComponent(slug)}`;
export const sectionPath = (slug: string) => `/sections/${encodeURIComponent(slug)}`;
export const tagPath = (slug: string) => `/tags/${encodeURIComponent(slug)}`;

/** The sign-in page with a return path. */
export const signInPath = (returnTo?: string) =>
  !returnTo || returnTo === '/'
    ? '/sign-in'
    : `/sign-in?return=${encodeURIComponent(returnTo).replaceAll('%2F', '/')}`;

/** The URL of the list page after `cursor`. */
export function afterPath(path: string, cursor: string, rest: Record<string, string> = {}): string {
  return `${path}?${new URLSearchParams({ ...rest, after: cursor })}`;
}

/** The path of a URL on this site; other URLs unchanged. */
export function localPath(url: string, { publicUrl }: Site): string {
  const path = url.startsWith(`${publicUrl}/`) ? url.slice(publicUrl.length) : '';
  // Two slashes at the beginning would name a host.
  return /^\/(?![/\\])/.test(path) ? path : url;
}
