/** What two feed readers that we did not write make of a feed. */
import FeedParser from 'feedparser';
import RssParser from 'rss-parser';

/** The items as feedparser sees them, with what it says of the feed; rejects where it finds the XML broken. */
export function readByFeedparser(xml: string): Promise<{ meta: FeedParser.Meta; items: FeedParser.Item[] }> {
  return new Promise((resolve, reject) => {
    const parser = new FeedParser({});
    const items: FeedParser.Item[] = [];
    parser.on('error', reject);
    parser.on('readable', () => {
      for (let item = parser.read(); item !== null; item = parser.read()) items.push(item);
    });
    parser.on('end', () => resolve({ meta: parser.meta, items }));
    parser.end(xml);
  });
}

const rssParser = new RssParser({
  customFields: { item: [['media:content', 'media', { keepArray: true }]] },
} as unknown as ConstructorParameters<typeof RssParser>[0]);

/** The feed as rss-parser sees it; `media` of an item has what Media RSS says. */
export const readByRssParser = (xml: string) => rssParser.parseString(xml);
