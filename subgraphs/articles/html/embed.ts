/** Embeds of players and frames from other sites: shown for known providers only, in an iframe that we write. */
import type { Block } from '../blocks.ts';
import { escapeAttribute } from './inline.ts';
import { frameOf, providerOf } from './providers.ts';
import { frameSource } from './source.ts';
import type { Element } from './tree.ts';

type Embed = Extract<Block, { kind: 'embed' }>;
type Attributes = Readonly<Record<string, string>>;

/** The embed of a frame or player; undefined if it has no valid URL. */
export function embedOf(element: Element, link: (href: string) => string | undefined): Embed | undefined {
  const source = frameSource(element);
  const address = source === undefined ? undefined : link(source);
  if (address === undefined || !/^https?:/.test(address)) return undefined;
  const isFrame = /^(?:iframe|embed|object)$/.test(element.name);
  return isFrame
    ? embedAt(address, element.attribs)
    : { kind: 'embed', url: address, providerName: providerOf(address) };
}

/** The embed of a URL: an iframe for a known provider, otherwise a link. */
export function embedAt(address: string, attribs: Attributes = {}): Embed {
  const frame = frameOf(address);
  if (!frame) return { kind: 'embed', url: address, providerName: providerOf(address) };
  const { name, source, page } = frame;
  return { kind: 'embed', url: page, providerName: name, html: frameHtml(source, name, attribs) };
}

/**
 * An iframe sandbox that allows the provider's scripts on its own origin, but no access to or navigation of the page.
 */
function frameHtml(source: string, name: string, { width, height }: Attributes): string {
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
