/** Quotations to blocks: who is quoted is taken out, and a post of a social network keeps its words. */
import type { Block } from '../blocks.ts';
import { providerOf } from './embed.ts';
import { wrapText } from './gather.ts';
import { type Element, findAll, hasClass, isElement, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

const posts = ['twitter-tweet', 'twitter-video', 'instagram-media', 'tiktok-embed', 'bluesky-embed'];
const postAddress =
  /^https:\/\/(www\.)?(twitter\.com|x\.com|instagram\.com|tiktok\.com|bsky\.app)\/.*(\/status\/\d+|\/(p|reel|video|post)\/[\w-]+)/;

/** The blocks of a blockquote: quotes, and an embed after them where it is a post with an address. */
export function quote(walk: Walk, element: Element): Block[] {
  const last = lastElement(element.children);
  const cite = last && (last.name === 'cite' || last.name === 'footer') ? last : undefined;
  const citation = cite && textOf(cite);
  const nodes = cite ? element.children.filter((node) => node !== cite) : element.children;
  const isPull = hasClass(element, 'kg-blockquote-alt');
  const blocks = wrapText(walk.within(nodes), (html) => ({
    kind: 'quote',
    html,
    ...(isPull ? { pull: true } : {}),
  }));
  const quoted = blocks.findLast((block) => block.kind === 'quote');
  if (citation && quoted) quoted.citation = citation;
  else if (cite) blocks.push(...walk.within([cite]));
  const url = posts.some((name) => hasClass(element, name)) ? addressOf(element) : undefined;
  return url ? [...blocks, { kind: 'embed', url, providerName: providerOf(url) }] : blocks;
}

function lastElement(nodes: readonly Node[]): Element | undefined {
  const last = nodes.findLast((node) => node.type !== 'text' || node.data.trim() !== '');
  return last && isElement(last) ? last : undefined;
}

function addressOf(element: Element): string | undefined {
  const { attribs } = element;
  const links = findAll(element.children, ({ name }) => name === 'a').map((it) => it.attribs.href ?? '');
  return [...links.reverse(), attribs['data-instgrm-permalink'] ?? '', attribs.cite ?? '']
    .map((href) => href.split('?', 1)[0] as string)
    .find((href) => postAddress.test(href));
}
