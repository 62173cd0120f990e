/** Feed names: "news", or a kind of list and its slug, such as "section/world". */

const kinds = ['section', 'tag', 'author'] as const;

export type FeedKind = (typeof kinds)[number];

export type FeedName = { kind: 'news' } | { kind: FeedKind; slug: string };

/** Parses a feed name; undefined when the text is not one. Whether the feed exists is up to Articles. */
export function readFeedName(text: string): FeedName | undefined {
  if (text === 'news') return { kind: 'news' };
  const [, word, slug] = /^([a-z]+)\/([^/]+)$/.exec(text) ?? [];
  const kind = kinds.find((one) => one === word);
  return kind && slug ? { kind, slug } : undefined;
}

export const writeFeedName = (kind: FeedKind, slug: string): string => `${kind}/${slug}`;
