/** A page of a feed in plain values, for whichever format it is written in. */
import type { SyndicationFeedQuery } from '../../schema/documents.ts';
import { iconPath } from '../../web/pages/icons.ts';
import { type FeedAddress, homePathOf, writeFeedPath } from './feedAddress.ts';
import { type Item, itemOf, latest, urnOf } from './item.ts';
import type { Rights } from './rights.ts';

export interface Feed {
  name: string;
  title: string;
  description: string;
  /** Who publishes it. */
  publisher: string;
  /** BCP 47, where all that stands in it is in one language. */
  language: string | undefined;
  /** Our mark as PNG, square: for lists of feeds, and larger. */
  icons: { small: Icon; large: Icon };
  /** A page for people. */
  homeUrl: string;
  /** This page of this feed in this format. */
  selfUrl: string;
  /** The first page of it. */
  firstUrl: string;
  nextUrl: string | undefined;
  /** Where it is pushed from; undefined of what the hub does not know by this address. */
  hubUrl: string | undefined;
  /** What explains `_dateline`. */
  aboutUrl: string;
  items: Item[];
  /** Stories that were taken back of late: on the first page alone. */
  withdrawals: { id: string; when: string; reason: string | null }[];
  /** When any of it last changed; undefined where there is nothing in it. */
  changed: string | undefined;
}

/** A picture of ours, as wide as high. */
export interface Icon {
  url: string;
  pixels: number;
}

export interface FeedRequest extends FeedAddress {
  limit: number | undefined;
  after: string | undefined;
}

/** `base` is the address of our site, without a slash at the end; `publisher` the name of the publication. */
export function feedOf(
  { slug, title, description, articles, withdrawals }: NonNullable<SyndicationFeedQuery['feed']>,
  request: FeedRequest,
  rights: Rights,
  { base, publisher }: { base: string; publisher: string },
): Feed {
  const { hasNextPage, endCursor } = articles.pageInfo;
  const items = articles.nodes.map((story) => itemOf(story, rights, base));
  // A page of its own is no topic: whoever asked the hub for it would be told of a feed that they did not ask for.
  const isTopic = request.after === undefined && request.limit === undefined;
  const gone = request.after === undefined ? withdrawals : [];
  return {
    name: slug,
    title: `${publisher}: ${title}`,
    description: description ?? title,
    publisher,
    language: languageOf(items),
    icons: { small: iconOf(144, base), large: iconOf(512, base) },
    homeUrl: `${base}${homePathOf(slug)}`,
    selfUrl: addressOf(request, base),
    firstUrl: addressOf({ ...request, after: undefined }, base),
    nextUrl: hasNextPage && endCursor ? addressOf({ ...request, after: endCursor }, base) : undefined,
    hubUrl: isTopic ? `${base}/hub` : undefined,
    aboutUrl: `${base}/feeds/about.md`,
    items,
    withdrawals: gone.map(({ id, withdrawnAt, reason }) => ({ id: urnOf(id), when: withdrawnAt, reason })),
    changed: latest([...items.map(({ changed }) => changed), ...gone.map(({ withdrawnAt }) => withdrawnAt)]),
  };
}

function languageOf(items: readonly Item[]): string | undefined {
  const [first, ...others] = new Set(items.map(({ language }) => language));
  return others.length === 0 ? first : undefined;
}

const iconOf = (pixels: 144 | 512, base: string): Icon => ({ url: `${base}${iconPath(pixels)}`, pixels });

/** The canonical URL of a page of a feed, without any other parameter of the request. */
function addressOf({ limit, after, ...feed }: FeedRequest, base: string): string {
  const url = new URL(base + writeFeedPath(feed));
  if (limit !== undefined) url.searchParams.set('limit', String(limit));
  if (after !== undefined) url.searchParams.set('after', after);
  return url.href;
}
