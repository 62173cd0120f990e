/**
 * Writes a feed as RSS 2.0 with Media RSS, which carries the credit of each picture. Withdrawals are left out.
 * https://www.rssboard.org/rss-specification, https://www.rssboard.org/media-rss
 */
import type { Feed } from './feed.ts';
import type { Item } from './item.ts';
import type { Picture } from './media.ts';
import { escapeHtml } from './text.ts';
import { cdata, writeXml, type XmlNode } from './xml.ts';

export function writeRss(feed: Feed): string {
  return writeXml({
    rss: {
      '@version': '2.0',
      '@xmlns:atom': 'http://www.w3.org/2005/Atom',
      '@xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
      '@xmlns:dc': 'http://purl.org/dc/elements/1.1/',
      '@xmlns:media': 'http://search.yahoo.com/mrss/',
      channel: {
        title: feed.title,
        link: feed.homeUrl,
        description: escapeHtml(feed.description),
        language: feed.language,
        image: {
          url: feed.icons.small.url,
          title: feed.title,
          link: feed.homeUrl,
          width: feed.icons.small.pixels,
          height: feed.icons.small.pixels,
        },
        'atom:link': [
          { '@rel': 'self', '@href': feed.selfUrl, '@type': 'application/rss+xml' },
          ...(feed.hubUrl ? [{ '@rel': 'hub', '@href': feed.hubUrl }] : []),
          { '@rel': 'first', '@href': feed.firstUrl },
          ...(feed.nextUrl ? [{ '@rel': 'next', '@href': feed.nextUrl }] : []),
        ],
        lastBuildDate: feed.changed && httpDate(feed.changed),
        item: feed.items.map(itemNode),
      },
    },
  });
}

/** A date as in RFC 822 and HTTP. */
export const httpDate = (moment: string): string => new Date(moment).toUTCString();

function itemNode(item: Item): XmlNode {
  return {
    title: item.headline,
    link: item.url,
    guid: { '@isPermaLink': 'false', '#': item.id },
    pubDate: httpDate(item.published),
    'dc:creator': item.authors.map(({ name }) => name),
    'dc:language': item.language,
    'dc:rights': item.copyright || null,
    category: item.categories,
    // RSS descriptions are HTML, so that "<" is escaped twice: for HTML and for XML.
    description: item.summary ? escapeHtml(item.summary) : null,
    'content:encoded': item.html ? cdata(item.html) : null,
    'atom:updated': item.modified,
    'media:content': item.pictures.map(mediaNode),
  };
}

/** A picture in Media RSS; Atom uses it too. */
export function mediaNode(picture: Picture): XmlNode {
  const { url, type, width, height, altText, caption, credit, copyright, license } = picture;
  return {
    '@url': url,
    '@type': type,
    '@medium': 'image',
    '@width': width,
    '@height': height,
    'media:credit': credit,
    'media:description': (caption || altText) && { '@type': 'plain', '#': caption || altText },
    'media:copyright': copyright || null,
    'media:license': license && { '@type': 'text/html', '@href': license, '#': 'Licence' },
  };
}
