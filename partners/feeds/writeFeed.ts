/** Writes feeds: one query of the graph, then the writer of the requested format. */

import { SyndicationFeedDocument } from '../../schema/documents.ts';
import { type FeedFormat, feedFormats } from '../../web/feedFormats.ts';
import { partnerError } from '../errors.ts';
import { writeAtom } from './atom.ts';
import type { AskContent } from './content.ts';
import { type Feed, type FeedRequest, feedOf } from './feed.ts';
import { writeJsonFeed } from './jsonFeed.ts';
import type { Document } from './respond.ts';
import type { Rights } from './rights.ts';
import { writeRss } from './rss.ts';

const writers: Record<FeedFormat, (feed: Feed) => string> = {
  rss: writeRss,
  atom: writeAtom,
  json: writeJsonFeed,
};

const usualItems = 20;

export interface FeedSite {
  /** The base URL of the site, without a slash at the end. */
  base: string;
  /** The name of the publication. */
  publisher: string;
}

interface WriteFeedOptions {
  content: AskContent;
  rights: Rights;
  site: FeedSite;
}

/** One page of a feed in the requested format. Rejects with FEED_NOT_FOUND, or as `content` does. */
export async function writeFeed(
  request: FeedRequest,
  { content, rights, site }: WriteFeedOptions,
): Promise<{ feed: Feed; document: Document }> {
  const { name: slug, format, limit: first = usualItems, after = null } = request;
  const { data, isWhole } = await content(SyndicationFeedDocument, { slug, first, after });
  if (!data.feed) throw partnerError('FEED_NOT_FOUND', { name: slug });
  const feed = feedOf(data.feed, request, rights, site);
  const type = `${feedFormats[format].mediaType}; charset=utf-8`;
  return { feed, document: { body: writers[format](feed), type, changed: feed.changed, isWhole } };
}

/** Whether there is a feed of this name. Rejects as `content` does. */
export async function feedExists(name: string, content: AskContent): Promise<boolean> {
  const { data } = await content(SyndicationFeedDocument, { slug: name, first: 1, after: null });
  return data.feed !== null;
}
