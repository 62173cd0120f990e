/** A story's blocks as one piece of HTML, for readers that take no blocks. */
import type { Block } from '../blocks.ts';
import { audienceHtml } from '../html/audience.ts';
import { paywallMark } from '../html/walk.ts';
import { anchorsOf } from './anchors.ts';
import { plainText } from './words.ts';

/** Text as it may stand in HTML, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Links to our own stories are kept root-relative; a reader elsewhere needs them whole. */
export function withAbsoluteLinks(html: string, publicUrl: string): string {
  return html.replaceAll('href="/', `href="${publicUrl}/`);
}

/** The blocks as an editor sends them: with the mark that ends the free part, the audiences of parts, and what a picture shows in words. */
export function renderForEditing(blocks: readonly Block[], publicUrl: string): string {
  const anchors = anchorsOf(blocks);
  const html = (block: Block): string => {
    if (block.kind === 'paywall') return `<!--${paywallMark}-->`;
    const alt = block.kind === 'image' && block.altText ? ` data-alt="${escapeHtml(block.altText)}"` : '';
    const shown = renderBlock(block, anchors).replace(/^<figure/, () => `<figure${alt}`);
    return block.audience ? audienceHtml(shown, block.audience) : shown;
  };
  return withAbsoluteLinks(blocks.map(html).join('\n'), publicUrl);
}

/**
 * The blocks as HTML. Pictures and videos belong to Media: their place is kept by an empty figure that names
 * them (`data-image`, `data-video`), with the caption of this use.
 */
export function renderHtml(blocks: readonly Block[], publicUrl: string): string {
  const anchors = anchorsOf(blocks);
  return withAbsoluteLinks(blocks.map((block) => renderBlock(block, anchors)).join('\n'), publicUrl);
}

function renderBlock(block: Block, anchors: Map<Block, string>): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${block.html}</p>`;
    case 'heading':
      return `<h${block.level} id="${escapeHtml(anchors.get(block) ?? '')}">${block.html ?? escapeHtml(block.text)}</h${block.level}>`;
    case 'list':
      return inTag(block.ordered ? 'ol' : 'ul', block.items.map((item) => inTag('li', item)).join(''));
    case 'quote':
      return `<blockquote${block.pull ? ' class="pull"' : ''}>${inTag('p', block.html)}${cited(block.citation)}</blockquote>`;
    case 'image':
      return figure('image', block.imageId, block.caption);
    case 'video':
      return figure('video', block.videoId, block.caption);
    case 'embed':
      return embedHtml(block);
    case 'related':
      return `<aside><a href="/articles/${encodeURIComponent(block.slug)}">${escapeHtml(block.linkText)}</a></aside>`;
    case 'callout':
      return `<aside>${inTag('p', block.html)}</aside>`;
    case 'table':
      return renderTable(block.header, block.rows);
    case 'code':
      return `<pre><code>${escapeHtml(block.code)}</code></pre>`;
    case 'divider':
      return '<hr>';
    case 'paywall':
      return '';
  }
}

/** What shows an embed, or links to it where showing it would not be safe. */
export function embedHtml({ html, url, providerName }: Block & { kind: 'embed' }): string {
  return html ?? `<a href="${escapeHtml(url)}">${escapeHtml(providerName)}</a>`;
}

const inTag = (tag: string, html: string) => `<${tag}>${html}</${tag}>`;

const cited = (citation?: string) => (citation ? `<cite>${escapeHtml(plainText(citation))}</cite>` : '');

const figure = (kind: string, id: string, caption?: string) =>
  `<figure data-${kind}="${escapeHtml(id)}">${caption ? `<figcaption>${escapeHtml(caption)}</figcaption>` : ''}</figure>`;

function renderTable(header: readonly string[] | undefined, rows: readonly string[][]): string {
  const row = (cells: readonly string[], tag: string) =>
    inTag('tr', cells.map((cell) => inTag(tag, cell)).join(''));
  const head = header ? inTag('thead', row(header, 'th')) : '';
  return inTag('table', `${head}${inTag('tbody', rows.map((cells) => row(cells, 'td')).join(''))}`);
}
