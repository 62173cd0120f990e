/** A page of a feed in plain values, for whichever format it is written in. */
import type { SyndicationFeedQuery } from '../../schema/documents.ts';
import { type Item, itemOf, latest, urnOf } from './item.ts';
import type { Rights } from './rights.ts';

export interface Feed {
  name: string;
  title: string;
  description: string;
  /** The host of our site, which also stands for who publishes it. */
  host: string;
  /** A page for people. */
  homeUrl: string;
  /** This page of this feed in this format. */
  selfUrl: string;
  /** The first page of it. */
  firstUrl: string;
  nextUrl: string | undefined;
  hubUrl: string;
  /** What explains `_dateline`. */
  aboutUrl: string;
  items: Item[];
  /** Stories that were taken back of late: on the first page alone. */
  withdrawals: { id: string; when: string; reason: string | null }[];
  /** When any of it last changed; undefined where there is nothing in it. */
  changed: string | undefined;
}

export interface FeedRequest {
  /** "news", "section/world". */
  name: string;
  format: string;
  limit: number | undefined;
  after: string | undefined;
}

/** `base` is the address of our site, without a slash at the end. */
export function feedOf(
  { slug, title, description, articles, withdrawals }: NonNullable<SyndicationFeedQuery['feed']>,
  request: FeedRequest,
  rights: Rights,
  base: string,
): Feed {
  const { hasNextPage, endCursor } = articles.pageInfo;
  const items = articles.nodes.map((story) => itemOf(story, rights, base));
  const gone = request.after === undefined ? withdrawals : [];
  return {
    name: slug,
    title,
    description: description ?? title,
    host: new URL(base).host,
    homeUrl: slug.startsWith('author/') ? `${base}/authors/${pathOf(slug.slice(7))}` : `${base}/`,
    selfUrl: addressOf(request, base),
    firstUrl: addressOf({ ...request, after: undefined }, base),
    nextUrl: hasNextPage && endCursor ? addressOf({ ...request, after: endCursor }, base) : undefined,
    hubUrl: `${base}/hub`,
    aboutUrl: `${base}/feeds/about.md`,
    items,
    withdrawals: gone.map(({ id, withdrawnAt, reason }) => ({ id: urnOf(id), when: withdrawnAt, reason })),
    changed: latest([...items.map(({ changed }) => changed), ...gone.map(({ withdrawnAt }) => withdrawnAt)]),
  };
}

/** The one address of a page of a feed, whatever else the request had in its own. */
function addressOf({ name, format, limit, after }: FeedRequest, base: string): string {
  const url = new URL(`${base}/feeds/${pathOf(name)}.${format}`);
  if (limit !== undefined) url.searchParams.set('limit', String(limit));
  if (after !== undefined) url.searchParams.set('after', after);
  return url.href;
}

const pathOf = (name: string) => name.split('/').map(encodeURIComponent).join('/');
