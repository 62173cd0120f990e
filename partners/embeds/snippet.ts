/** HTML for partners' pages, in oEmbed and for copying. */
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { sandbox } from './framePolicy.ts';
import type { Theme } from './query.ts';
import type { Size } from './size.ts';

export interface FrameOf {
  siteUrl: string;
  /** The path after /embed/. */
  path: string;
  title: string;
  key?: string | undefined;
  limit?: number;
  theme?: Theme;
}

/** An iframe of an embed page, without script. */
export function frameHtml(
  { siteUrl, path, title, key, limit, theme }: FrameOf,
  { width, height }: Size,
): string {
  const url = new URL(`${siteUrl}/embed/${path}`);
  if (limit !== undefined) url.searchParams.set('limit', String(limit));
  if (theme !== undefined && theme !== 'auto') url.searchParams.set('theme', theme);
  if (key !== undefined) url.searchParams.set('key', key);
  return renderToString(
    h('iframe', { src: url.href, title, width, height, loading: 'lazy', frameborder: '0', sandbox }),
  );
}

export interface FeedOf {
  siteUrl: string;
  siteName: string;
  /** "news", "section/world". */
  feed: string;
  title: string;
  limit: number;
  theme: Theme;
}

/** The script and its element, with a link for browsers without script. */
export function feedSnippet({ siteUrl, siteName, feed, title, limit, theme }: FeedOf): string {
  const fallback = h('a', { href: `${siteUrl}/` }, `${title} on ${siteName}`);
  const attributes = { feed, limit, ...(theme === 'auto' ? {} : { theme }) };
  const script = h('script', { src: `${siteUrl}/embed.js`, async: true });
  const element = h('dateline-feed', attributes, ['\n  ', fallback, '\n']);
  return `${renderToString(script)}\n${renderToString(element)}`;
}
