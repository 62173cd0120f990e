/** Converts blockquotes: the citation is extracted, and a social media post keeps its text. */
import type { Block } from '../blocks.ts';
import { embedAt } from './embed.ts';
import { wrapText } from './gather.ts';
import { postIn } from './posts.ts';
import { providerOf } from './providers.ts';
import { type Element, findAll, hasClass, isElement, type Node, textOf } from './tree.ts';
import type { Walk } from './walk.ts';

/** The blocks of a blockquote: quotes, followed by an embed if it is a post with a URL. */
export function quote(walk: Walk, element: Element): Block[] {
  const url = postIn(element);
  const post: Block[] = url === undefined ? [] : [{ ...embedAt(url), providerName: nameOf(element, url) }];
  // Text that only links to the post, such as "View this post", is dropped.
  if (url !== undefined && wordsBeside(element) === '') return post;
  const last = lastElement(element.children);
  const cite = last && (last.name === 'cite' || last.name === 'footer') ? last : undefined;
  const citation = cite && textOf(cite).replace(/^[\s\u2012-\u2015-]+/, '');
  const nodes = cite ? element.children.filter((node) => node !== cite) : element.children;
  const isPull = hasClass(element, 'kg-blockquote-alt');
  const blocks = wrapText(walk.within(nodes), (html) => ({
    kind: 'quote',
    html,
    ...(isPull ? { pull: true } : {}),
  }));
  const lastQuote = blocks.findLast((block) => block.kind === 'quote');
  if (citation && lastQuote) lastQuote.citation = citation;
  else if (cite) blocks.push(...walk.within([cite]));
  return [...blocks, ...post];
}

const nameOf = (element: Element, url: string) =>
  hasClass(element, 'mastodon-embed') ? 'Mastodon' : providerOf(url);

function lastElement(nodes: readonly Node[]): Element | undefined {
  const last = nodes.findLast((node) => node.type !== 'text' || node.data.trim() !== '');
  return last && isElement(last) ? last : undefined;
}

/** The text of a post outside of links. */
function wordsBeside({ children }: Element): string {
  const links = new Set(findAll(children, ({ name }) => name === 'a'));
  const texts = (nodes: readonly Node[]): string =>
    nodes
      .map((node) => {
        if (node.type === 'text') return node.data;
        return isElement(node) && !links.has(node) && !/^(?:script|style|svg)$/.test(node.name)
          ? texts(node.children)
          : '';
      })
      .join('');
  return texts(children).trim();
}
