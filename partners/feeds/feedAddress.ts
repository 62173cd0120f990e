/** Feed addresses: "/feeds/section/world.rss" is the feed "section/world" as RSS. */
import { readFeedName } from '../../subgraphs/store/feedName.ts';
import { type FeedFormat, feedFormatNames } from '../../web/feedFormats.ts';

export interface FeedAddress {
  /** "news", "section/world". */
  name: string;
  format: FeedFormat;
}

/** Parses what follows "/feeds/" in a decoded path; undefined when it ends in no feed format. */
export function readFeedAddress(path: string): FeedAddress | undefined {
  const [, name, extension] = /^(.+)\.([a-z]+)$/.exec(path) ?? [];
  const format = feedFormatNames.find((one) => one === extension);
  return name !== undefined && format ? { name, format } : undefined;
}

/** The path of a feed, percent-encoded. */
export const writeFeedPath = ({ name, format }: FeedAddress): string =>
  `/feeds/${name.split('/').map(encodeURIComponent).join('/')}.${format}`;

/** The path of the web page that a feed belongs to: "/sections/world"; the front page for "news" and unknown names. */
export function homePathOf(name: string): string {
  const parsed = readFeedName(name);
  return !parsed || parsed.kind === 'news' ? '/' : `/${parsed.kind}s/${encodeURIComponent(parsed.slug)}`;
}
