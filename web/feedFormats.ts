/** The formats in which feeds are served, by the file name extension of their address. */
export const feedFormats = {
  rss: { mediaType: 'application/rss+xml', title: 'RSS' },
  atom: { mediaType: 'application/atom+xml', title: 'Atom' },
  json: { mediaType: 'application/feed+json', title: 'JSON Feed' },
} as const satisfies Record<string, { mediaType: string; title: string }>;

export type FeedFormat = keyof typeof feedFormats;

export const feedFormatNames = Object.keys(feedFormats) as FeedFormat[];
