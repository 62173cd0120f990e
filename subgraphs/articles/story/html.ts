/** Renders a story's blocks as HTML. */
import type { Block } from '../blocks.ts';
import { audienceHtml } from '../html/audience.ts';
import { paywallMark } from '../html/walk.ts';
import { anchorsOf } from './anchors.ts';
import { plainText } from './words.ts';

/** Escapes text for HTML, including attribute values. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Makes root-relative links to our own stories absolute. */
export function withAbsoluteLinks(html: string, publicUrl: string): string {
  return html.replaceAll('href="/', `href="${publicUrl}/`);
}

/**
 * The blocks in the form that editors send: with the paywall mark, the audiences of parts, and the alt texts of
 * pictures.
 */
export function renderForEditing(blocks: readonly Block[], publicUrl: string): string {
  const anchors = anchorsOf(blocks);
  const html = (block: Block): string => {
    if (block.kind === 'paywall') return `<!--${paywallMark}-->`;
    const alt = block.kind === 'image' && block.altText ? ` data-alt="${escapeHtml(block.altText)}"` : '';
    const rendered = renderBlock(block, anchors).replace(/^<figure/, () => `<figure${alt}`);
    return block.audience ? audienceHtml(rendered, block.audience) : rendered;
  };
  return withAbsoluteLinks(blocks.map(html).join('\n'), publicUrl);
}

/**
 * The blocks as HTML. Pictures and videos belong to Media: an empty figure holds their id (`data-image`, `data-video`)
 * and the caption of this use.
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

/** The HTML of an embed, or a link to it if showing it would not be safe. */
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
