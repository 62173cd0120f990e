/** Embed codes without iframes: social media posts in a blockquote, an empty element or a script, and charts. */
import type { Block } from '../blocks.ts';
import { embedAt } from './embed.ts';
import { type Element, findAll, hasClass } from './tree.ts';

type Embed = Extract<Block, { kind: 'embed' }>;

/** The URL of the post in a blockquote; undefined for an ordinary quotation. */
export function postIn(element: Element): string | undefined {
  const { attribs } = element;
  const embedUrl = attribs['data-embed-url'];
  if (hasClass(element, 'mastodon-embed') && embedUrl !== undefined)
    return pageOf(embedUrl.replace(/\/embed\/?$/, ''));
  const imgur = attribs['data-id'] ?? '';
  if (hasClass(element, 'imgur-embed-pub') && /^(?:a\/)?\w+$/.test(imgur))
    return `https://imgur.com/${imgur}`;
  if (!networks.some((name) => hasClass(element, name))) return undefined;
  const links = findAll(element.children, ({ name }) => name === 'a').map((it) => it.attribs.href ?? '');
  const attributes = [attribs['data-instgrm-permalink'], attribs['data-text-post-permalink'], attribs.cite];
  const addresses = [...attributes, ...links.reverse()].flatMap((href) =>
    href === undefined ? [] : (postAt(href) ?? []),
  );
  return addresses[0];
}

const networks =
  'twitter-tweet twitter-video instagram-media tiktok-embed bluesky-embed text-post-media reddit-embed-bq reddit-card mastodon-embed'.split(
    ' ',
  );

/** The URL patterns of single posts, by network. */
const posts: readonly [host: RegExp, path: RegExp][] = [
  [/^(?:mobile\.)?(?:twitter|x)\.com$/, /^\/[^/]+\/(?:[^/]+\/)?status(?:es)?\/\d+/],
  [/^instagram\.com$/, /^\/(?:[^/]+\/)?(?:p|reel|reels|tv)\/[\w-]+\/?/],
  [/^threads\.(?:net|com)$/, /^\/(?:@[^/]+\/post|t)\/[\w-]+/],
  [/^tiktok\.com$/, /^\/@[^/]+\/(?:video|photo)\/\d+/],
  [/^bsky\.app$/, /^\/profile\/[^/]+\/post\/\w+/],
  [/^(?:old\.|new\.)?reddit\.com$/, /^\/(?:r|user)\/[^/]+\/comments\/\w+(?:\/[^/?#]*){0,2}/],
];

/** The URL of a post without tracking parameters. */
function postAt(href: string): string | undefined {
  const address = href.trim().replace(/^\/\//, 'https://');
  if (!/^https?:/.test(address) || !URL.canParse(address)) return undefined;
  const { hostname, pathname } = new URL(address);
  const host = hostname.replace(/^www\./, '');
  const [, form] = posts.find(([name]) => name.test(host)) ?? [];
  const [path] = form?.exec(pathname) ?? [];
  return path === undefined ? undefined : `https://${hostname}${path}`;
}

/** The embed of an element that a script fills, or of that script; undefined for any other element. */
export function filledIn(element: Element): Embed | undefined {
  const address = element.name === 'script' ? addressOfScript(element) : addressOfElement(element);
  return address === undefined ? undefined : embedAt(address);
}

function addressOfScript({ attribs }: Element): string | undefined {
  const telegram = attribs['data-telegram-post'] ?? '';
  if (/^[\w-]+\/\d+$/.test(telegram)) return `https://t.me/${telegram}`;
  const { hostname = '', pathname = '' } = urlOf(attribs.src) ?? {};
  const [, chart] = (hostname === 'datawrapper.dwcdn.net' && /^\/(\w+)\//.exec(pathname)) || [];
  if (chart !== undefined) return `https://datawrapper.dwcdn.net/${chart}/`;
  const [, gist] = (hostname === 'gist.github.com' && /^\/([\w-]+\/\w+)\.js$/.exec(pathname)) || [];
  if (gist !== undefined) return `https://gist.github.com/${gist}`;
  const [, graphic] =
    (/(?:^|\.)infogram\.com$/.test(hostname) && /^infogram_0_([\w-]+)/.exec(attribs.id ?? '')) || [];
  return graphic === undefined ? undefined : `https://infogram.com/${graphic}`;
}

function addressOfElement(element: Element): string | undefined {
  const { attribs } = element;
  const classes = attribs.class ?? '';
  if (classes === '') return undefined;
  const has = (name: string) => classes.includes(name) && hasClass(element, name);
  if (has('fb-post') || has('fb-video') || has('fb-comment-embed') || has('tumblr-post'))
    return pageOf(attribs['data-href']);
  if (has('infogram-embed')) return below('https://infogram.com/', attribs['data-id'], '');
  if (has('flourish-embed'))
    return below('https://flo.uri.sh/', attribs['data-src'], '/embed') ?? pageOf(attribs['data-url']);
  if (has('typeform-widget')) return pageOf(attribs['data-url']);
  if (has('strava-embed-placeholder'))
    return below('https://www.strava.com/activities/', attribs['data-embed-id'], '');
  return undefined;
}

const below = (base: string, path: string | undefined, end: string) =>
  path !== undefined && /^[\w-]+(?:\/[\w-]+)*$/.test(path) ? base + path + end : undefined;

const urlOf = (address: string | undefined) => {
  const text = address?.trim().replace(/^\/\//, 'https://') ?? '';
  return URL.canParse(text) ? new URL(text) : undefined;
};

function pageOf(address: string | undefined): string | undefined {
  const url = urlOf(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.href.length > 2_000) return undefined;
  // User info before "@" can imitate a host.
  return url.username === '' && url.password === '' ? url.href : undefined;
}
