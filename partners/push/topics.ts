/** WebSub topics: the URLs of this site's feeds. */
import { readFeedName } from '../../subgraphs/store/feedName.ts';
import { feedFormatNames } from '../../web/feedFormats.ts';
import { type FeedAddress, readFeedAddress, writeFeedPath } from '../feeds/feedAddress.ts';

/** The topics of a feed such as "section/world": one URL for each feed format. */
export function topicsOf(feed: string, publicUrl: string): string[] {
  return feedFormatNames.map((format) => publicUrl + writeFeedPath({ name: feed, format }));
}

/** The feed of a topic; undefined unless the topic is the canonical URL of a feed. The feed may not exist. */
export function feedOfTopic(topic: string, publicUrl: string): FeedAddress | undefined {
  const prefix = `${publicUrl}/feeds/`;
  if (!topic.startsWith(prefix)) return undefined;
  const address = readFeedAddress(decoded(topic.slice(prefix.length)));
  if (!address || !readFeedName(address.name)) return undefined;
  // A feed has one topic; other spellings of its URL are not topics.
  const isCanonical = new URL(topic).href === topic && publicUrl + writeFeedPath(address) === topic;
  return isCanonical ? address : undefined;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
