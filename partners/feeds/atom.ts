/** Writes a feed as Atom (RFC 4287), paged by RFC 5005. Recently withdrawn articles have a tombstone (RFC 6721). */
import type { Feed } from './feed.ts';
import type { Item } from './item.ts';
import { mediaNode } from './rss.ts';
import { cdata, writeXml, type XmlNode } from './xml.ts';

/** Atom requires `updated`, which an empty feed lacks. */
const never = '1970-01-01T00:00:00Z';

export function writeAtom(feed: Feed): string {
  return writeXml({
    feed: {
      '@xmlns': 'http://www.w3.org/2005/Atom',
      '@xmlns:at': 'http://purl.org/atompub/tombstones/1.0',
      '@xmlns:media': 'http://search.yahoo.com/mrss/',
      '@xml:lang': feed.language,
      id: `tag:${new URL(feed.homeUrl).hostname},2026:feed/${feed.name}`,
      title: text(feed.title),
      subtitle: text(feed.description),
      icon: feed.icons.small.url,
      updated: feed.changed ?? never,
      author: { name: feed.publisher },
      link: [
        { '@rel': 'self', '@href': feed.selfUrl, '@type': 'application/atom+xml' },
        { '@rel': 'alternate', '@href': feed.homeUrl, '@type': 'text/html' },
        ...(feed.hubUrl ? [{ '@rel': 'hub', '@href': feed.hubUrl }] : []),
        { '@rel': 'first', '@href': feed.firstUrl },
        ...(feed.nextUrl ? [{ '@rel': 'next', '@href': feed.nextUrl }] : []),
      ],
      'at:deleted-entry': feed.withdrawals.map(({ id, when, reason }) => ({
        '@ref': id,
        '@when': when,
        'at:comment': reason,
      })),
      entry: feed.items.map(entryNode),
    },
  });
}

/** A text construct with an explicit type: some feed readers assume HTML without it. */
const text = (value: string): XmlNode => ({ '@type': 'text', '#': value });

function entryNode(item: Item): XmlNode {
  return {
    '@xml:lang': item.language,
    id: item.id,
    title: text(item.headline),
    link: { '@rel': 'alternate', '@type': 'text/html', '@href': item.url },
    published: item.published,
    updated: item.modified,
    author: item.authors.map(({ name, url }) => ({ name, uri: url })),
    category: item.categories.map((name) => ({ '@term': name })),
    rights: item.copyright || null,
    summary: item.summary ? text(item.summary) : null,
    content: item.html ? { '@type': 'html', ...cdata(item.html) } : null,
    'media:content': item.pictures.map(mediaNode),
  };
}
