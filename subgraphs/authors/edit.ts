/** A profile as an editor sends it, put on the one that is stored: what is left out stays, what is null goes. */
import { boundedText, checkCount, checkedId, requiredText } from '../graph/editorInput.ts';
import type { AuthorContent, SocialPlatform } from './content.ts';
import type { AuthorRow } from './store.ts';
import type { AuthorInput } from './types.ts';

const longest = { line: 300, paragraph: 2_000 };
const linksAtMost = 30;

/** What is to be stored of a profile. Throws what the caller is to be told where something is out of bounds. */
export function readInput(input: AuthorInput): {
  sourceId: string;
  change: (stored: AuthorRow | undefined) => AuthorContent;
} {
  checkCount('sameAs', input.sameAs, linksAtMost);
  const sourceId = requiredText('sourceId', input.sourceId, longest.line);
  const name = requiredText('name', input.name, longest.line);
  const said = {
    slug: boundedText('slug', input.slug, longest.line),
    jobTitle: boundedText('jobTitle', input.jobTitle, longest.line),
    bio: boundedText('bio', input.bio, longest.paragraph),
    location: boundedText('location', input.location, longest.line),
    avatarId: checkedId('avatarId', input.avatarId),
  };
  const change = (stored: AuthorRow | undefined) => {
    // Handles are of the source: a link that stays keeps its own.
    const sameAs =
      input.sameAs?.map(
        (url) => stored?.sameAs.find((link) => link.url === url) ?? { platform: platformOf(url), url },
      ) ?? input.sameAs;
    const before = stored ? contentOf(stored) : {};
    const changed = Object.entries({ ...said, sameAs }).filter(([, value]) => value !== undefined);
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

/** By the host; "/@name" on any other is how Mastodon writes it. */
function platformOf(url: string): SocialPlatform {
  const { hostname, pathname } = new URL(url);
  const known = platforms.find(([host]) => hostname === host || hostname.endsWith(`.${host}`));
  return known?.[1] ?? (/^\/@\w+\/?$/.test(pathname) ? 'MASTODON' : 'WEBSITE');
}
