/** Topics: the addresses of our feeds, as far as their form goes. */

const formats = ['rss', 'atom', 'json'] as const;
const feedPath = /^\/feeds\/(?:news|(?:section|tag|author)\/[^/?#]+)\.(?:rss|atom|json)$/;

/** The topics of a feed by its name, such as "section/world": one for each format. */
export function topicsOf(feed: string, publicUrl: string): string[] {
  const name = feed.split('/').map(encodeURIComponent).join('/');
  return formats.map((format) => `${publicUrl}/feeds/${name}.${format}`);
}

/** Where we serve a topic, such as "/feeds/news.rss"; undefined for what cannot be one of ours. */
export function pathOf(topic: string, publicUrl: string): string | undefined {
  if (!topic.startsWith(`${publicUrl}/`)) return undefined;
  const path = topic.slice(publicUrl.length);
  // One address for one feed: whatever is spelled in another way is not it.
  const isPlain = feedPath.test(path) && new URL(topic).href === topic;
  return isPlain && topicsOf(nameIn(path), publicUrl).includes(topic) ? path : undefined;
}

function nameIn(path: string): string {
  const name = path.slice('/feeds/'.length, path.lastIndexOf('.'));
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}
