/** Merges an editor's input into the stored profile: omitted fields stay, null fields are removed. */
import { boundedText, checkCount, checkedId, requiredText } from '../graph/editorInput.ts';
import type { AuthorContent, SocialPlatform } from './content.ts';
import type { AuthorRow } from './store.ts';
import type { AuthorInput } from './types.ts';

const longest = { line: 300, paragraph: 2_000 };
const linksAtMost = 30;

/** Validates an input and returns the change to store. Throws a user error if a field exceeds its limit. */
export function readInput(input: AuthorInput): {
  sourceId: string;
  change: (stored: AuthorRow | undefined) => AuthorContent;
} {
  checkCount('sameAs', input.sameAs, linksAtMost);
  const sourceId = requiredText('sourceId', input.sourceId, longest.line);
  const name = requiredText('name', input.name, longest.line);
  const fields = {
    slug: boundedText('slug', input.slug, longest.line),
    jobTitle: boundedText('jobTitle', input.jobTitle, longest.line),
    bio: boundedText('bio', input.bio, longest.paragraph),
    location: boundedText('location', input.location, longest.line),
    avatarId: checkedId('avatarId', input.avatarId),
  };
  const change = (stored: AuthorRow | undefined) => {
    // Only sources give handles: a link that stays keeps its handle.
    const sameAs =
      input.sameAs?.map(
        (url) => stored?.sameAs.find((link) => link.url === url) ?? { platform: platformOf(url), url },
      ) ?? input.sameAs;
    const before = stored ? contentOf(stored) : {};
    const changed = Object.entries({ ...fields, sameAs }).filter(([, value]) => value !== undefined);
    const merged = { ...before, ...Object.fromEntries(changed), sourceId, name };
    return withoutNulls(merged) as unknown as AuthorContent;
  };
  return { sourceId, change };
}

function contentOf(row: AuthorRow): object {
  const { id, contentHash, updatedAt, ...content } = row;
  return withoutNulls(content);
}

const withoutNulls = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

const platforms: readonly [host: string, platform: SocialPlatform][] = [
  ['x.com', 'X'],
  ['twitter.com', 'X'],
  ['facebook.com', 'FACEBOOK'],
  ['threads.net', 'THREADS'],
  ['threads.com', 'THREADS'],
  ['bsky.app', 'BLUESKY'],
  ['tiktok.com', 'TIKTOK'],
  ['youtube.com', 'YOUTUBE'],
  ['instagram.com', 'INSTAGRAM'],
  ['linkedin.com', 'LINKEDIN'],
  ['t.me', 'TELEGRAM'],
];

/** The platform by host name; a path "/@name" on another host is Mastodon's form. */
function platformOf(url: string): SocialPlatform {
  const { hostname, pathname } = new URL(url);
  const platform = platforms.find(([host]) => hostname === host || hostname.endsWith(`.${host}`));
  return platform?.[1] ?? (/^\/@\w+\/?$/.test(pathname) ? 'MASTODON' : 'WEBSITE');
}
