/**
 * Writes a feed as JSON Feed 1.1, with an extension under `_dateline` (docs/feeds.md). Withdrawals are left out.
 * https://www.jsonfeed.org/version/1.1/
 */
import type { Feed } from './feed.ts';
import type { Item } from './item.ts';
import { legalText } from './xml.ts';

export function writeJsonFeed(feed: Feed): string {
  const feedObject = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: feed.selfUrl,
    description: feed.description,
    next_url: feed.nextUrl,
    language: feed.language,
    icon: feed.icons.large.url,
    favicon: feed.icons.small.url,
    authors: [{ name: feed.publisher }],
    hubs: feed.hubUrl && [{ type: 'WebSub', url: feed.hubUrl }],
    items: feed.items.map((item) => itemObject(item, feed.aboutUrl)),
  };
  // Removes characters that XML cannot hold, so that every format has the same text.
  return JSON.stringify(feedObject, (_, value) => (typeof value === 'string' ? legalText(value) : value));
}

function itemObject(item: Item, about: string): object {
  return {
    id: item.id,
    url: item.url,
    title: item.headline,
    // An item needs `content_html` or `content_text`.
    ...(item.html ? { content_html: item.html } : { content_text: item.summary || item.headline }),
    summary: item.summary || undefined,
    image: item.pictures[0]?.url,
    date_published: item.published,
    date_modified: item.modified,
    authors: item.authors.length > 0 ? item.authors : undefined,
    tags: item.categories,
    language: item.language,
    _dateline: {
      about,
      credit: item.credit,
      rights: item.rights,
      access: { level: item.isWhole ? 'FULL' : 'PREVIEW' },
      pictures: item.pictures.map(({ url, credit, copyright }) => ({
        url,
        credit,
        copyright: copyright || null,
        syndicatable: true,
      })),
      corrections: item.corrections,
    },
  };
}
