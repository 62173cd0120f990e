/** Players and frames of other sites: shown only where we know the provider, in a frame that we write ourselves. */
import type { Block } from '../blocks.ts';
import { escapeAttribute } from './inline.ts';
import { type Element, findOne } from './tree.ts';

type Embed = Extract<Block, { kind: 'embed' }>;

interface Provider {
  name: string;
  /** The address of a frame of theirs. */
  frame: RegExp;
  /** The frame's address as we write it, from what the pattern found. */
  source: (found: RegExpExecArray) => string;
  /** The page where people find the same; the frame's address where it is left out. */
  page?: (found: RegExpExecArray) => string;
}

const whole = ([address]: RegExpExecArray) => address;
const providers: readonly Provider[] = [
  {
    name: 'YouTube',
    frame: /^https:\/\/(?:www\.)?youtube(?:-nocookie)?\.com\/embed\/([\w-]{6,20})(?=$|[?&#/])/,
    source: ([, id]) => `https://www.youtube-nocookie.com/embed/${id}`,
    page: ([, id]) => `https://www.youtube.com/watch?v=${id}`,
  },
  {
    name: 'Vimeo',
    frame: /^https:\/\/player\.vimeo\.com\/video\/(\d+)(\?h=\w+)?/,
    source: ([, id, key = '']) => `https://player.vimeo.com/video/${id}${key}`,
    page: ([, id]) => `https://vimeo.com/${id}`,
  },
  {
    name: 'SlideShare',
    frame: /^https:\/\/www\.slideshare\.net\/slideshow\/embed_code\/(?:key\/)?\w+/,
    source: whole,
  },
  { name: 'SoundCloud', frame: /^https:\/\/w\.soundcloud\.com\/player\/?\?[\w%.:/=&;#-]+/, source: whole },
  { name: 'Spotify', frame: /^https:\/\/open\.spotify\.com\/embed(?:-podcast)?\/\w+\/\w+/, source: whole },
  { name: 'Apple Podcasts', frame: /^https:\/\/embed\.podcasts\.apple\.com\/[\w/?=&%.-]+/, source: whole },
  { name: 'Datawrapper', frame: /^https:\/\/datawrapper\.dwcdn\.net\/\w+\/(?:\d+\/)?/, source: whole },
  { name: 'Flourish', frame: /^https:\/\/flo\.uri\.sh\/(?:visualisation|story)\/\d+\/embed/, source: whole },
  { name: 'CodePen', frame: /^https:\/\/codepen\.io\/[\w-]+\/embed\/(?:preview\/)?\w+/, source: whole },
  { name: 'TED', frame: /^https:\/\/embed\.ted\.com\/talks\/[\w/-]+/, source: whole },
  {
    name: 'Dailymotion',
    frame: /^https:\/\/(?:www\.|geo\.)?dailymotion\.com\/(?:embed\/video\/|player\.html\?video=)\w+/,
    source: whole,
  },
];

const namesByHost: Record<string, string> = {
  'youtube.com': 'YouTube',
  'youtu.be': 'YouTube',
  'youtube-nocookie.com': 'YouTube',
  'vimeo.com': 'Vimeo',
  'twitter.com': 'X',
  'x.com': 'X',
  'instagram.com': 'Instagram',
  'facebook.com': 'Facebook',
  'tiktok.com': 'TikTok',
  'bsky.app': 'Bluesky',
  'slideshare.net': 'SlideShare',
  'soundcloud.com': 'SoundCloud',
  'spotify.com': 'Spotify',
  'storify.com': 'Storify',
  'google.com': 'Google',
  'github.com': 'GitHub',
};

/** Whose site an address is on, by the name people know it by, or its host. */
export function providerOf(address: string): string {
  const host = URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : '';
  const known = Object.keys(namesByHost).find((name) => host === name || host.endsWith(`.${name}`));
  return known ? (namesByHost[known] as string) : host;
}

/** The embed of a frame or player; undefined where it has no address that can be kept. */
export function embedOf(element: Element, link: (href: string) => string | undefined): Embed | undefined {
  const { attribs } = element;
  const source =
    attribs.src ?? attribs['data-src'] ?? findOne(element, (it) => it.name === 'source')?.attribs.src;
  const address = source === undefined ? undefined : link(source);
  if (address === undefined || !/^https?:/.test(address)) return undefined;
  const secure = address.replace(/^http:/, 'https:');
  for (const { name, frame, source: write, page = write } of element.name === 'iframe' ? providers : []) {
    const found = frame.exec(secure);
    if (found)
      return {
        kind: 'embed',
        url: page(found),
        providerName: name,
        html: frameHtml(write(found), name, attribs),
      };
  }
  return { kind: 'embed', url: address, providerName: providerOf(address) };
}

/** A frame that may run its own scripts on its own origin, and neither touch the page nor lead it away. */
function frameHtml(source: string, name: string, { width, height }: Record<string, string>): string {
  const size = (text: string | undefined, fallback: number) => {
    const pixels = /^\d{1,4}$/.test(text ?? '') ? Number(text) : 0;
    return pixels >= 100 && pixels <= 2000 ? pixels : fallback;
  };
  return (
    `<iframe src="${escapeAttribute(source)}" title="${escapeAttribute(name)}" ` +
    `width="${size(width, 560)}" height="${size(height, 315)}" loading="lazy" ` +
    'sandbox="allow-scripts allow-same-origin allow-popups allow-presentation" ' +
    'referrerpolicy="strict-origin-when-cross-origin" allowfullscreen></iframe>'
  );
}
