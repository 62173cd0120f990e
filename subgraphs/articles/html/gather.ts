/** Merges text blocks into one: how a list item, a quote or a callout holds several paragraphs. */
import type { Block } from '../blocks.ts';
import { escapeText } from './inline.ts';

/** Merged text as inline HTML, or a block that text cannot hold. */
export type TextOrBlock = { html: string } | { block: Block };

/** Merges consecutive text blocks; other blocks stay separate. */
export function gather(blocks: readonly Block[]): TextOrBlock[] {
  const pieces: TextOrBlock[] = [];
  for (const block of blocks) {
    const html = htmlOf(block);
    const last = pieces.at(-1);
    if (html === undefined) pieces.push({ block });
    else if (last && 'html' in last) last.html += `<br>${html}`;
    else pieces.push({ html });
  }
  return pieces;
}

/** Wraps merged text in a block; other blocks stay between. */
export function wrapText(blocks: readonly Block[], wrap: (html: string) => Block): Block[] {
  return gather(blocks).map((piece) => ('html' in piece ? wrap(piece.html) : piece.block));
}

/** A list item with its number or dash, as text. */
function withMarker(item: string, ordered: boolean, number: number): string {
  return `${ordered ? `${number}.` : '–'} ${item}`;
}

function htmlOf(block: Block): string | undefined {
  switch (block.kind) {
    case 'paragraph':
    case 'callout':
      return block.html;
    case 'quote':
      return block.citation ? `${block.html}<br>— ${escapeText(block.citation)}` : block.html;
    case 'heading':
      return `<strong>${block.html ?? escapeText(block.text)}</strong>`;
    case 'list':
      return block.items.map((item, index) => withMarker(item, block.ordered, index + 1)).join('<br>');
    case 'code':
      return `<code>${escapeText(block.code).replace(/\n/g, '<br>')}</code>`;
    default:
      return undefined;
  }
}
