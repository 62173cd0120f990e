/** A page of a feed as plain values, independent of its format. */
import type { SyndicationFeedQuery } from '../../schema/documents.ts';
import { iconPath } from '../../web/pages/icons.ts';
import { type FeedAddress, homePathOf, writeFeedPath } from './feedAddress.ts';
import { type Item, itemOf, latest, urnOf } from './item.ts';
import type { Rights } from './rights.ts';

export interface Feed {
  name: string;
  title: string;
  description: string;
  /** The name of the publication. */
  publisher: string;
  /** BCP 47; undefined when the items are in several languages. */
  language: string | undefined;
  /** The logo as square PNG: a small one for lists of feeds, and a large one. */
  icons: { small: Icon; large: Icon };
  /** The web page that the feed belongs to. */
  homeUrl: string;
  /** The URL of this page in this format. */
  selfUrl: string;
  /** The URL of the first page. */
  firstUrl: string;
  nextUrl: string | undefined;
  /** The WebSub hub; undefined when this URL is not a topic. */
  hubUrl: string | undefined;
  /** The documentation of `_dateline`. */
  aboutUrl: string;
  items: Item[];
  /** Recently withdrawn articles, on the first page only. */
  withdrawals: { id: string; when: string; reason: string | null }[];
  /** When an item or a withdrawal last changed; undefined for an empty feed. */
  changed: string | undefined;
}

/** A square picture. */
export interface Icon {
  url: string;
  pixels: number;
}

export interface FeedRequest extends FeedAddress {
  limit: number | undefined;
  after: string | undefined;
}

/** `base` is the base URL of the site, without a slash at the end; `publisher` is the name of the publication. */
export function feedOf(
  { slug, title, description, articles, withdrawals }: NonNullable<SyndicationFeedQuery['feed']>,
  request: FeedRequest,
  rights: Rights,
  { base, publisher }: { base: string; publisher: string },
): Feed {
  const { hasNextPage, endCursor } = articles.pageInfo;
  const items = articles.nodes.map((story) => itemOf(story, rights, base));
  // Only the plain URL of a feed is a topic. A page with parameters names no hub, which would push another document.
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
    withdrawals: gone.map(({ articleId, withdrawnAt, reason }) => ({
      id: urnOf(articleId),
      when: withdrawnAt,
      reason,
    })),
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
