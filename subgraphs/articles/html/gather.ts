/** Gathers blocks of text into one: how a list item, a quote or a callout holds the paragraphs within it. */
import type { Block } from '../blocks.ts';
import { escapeText } from './inline.ts';

/** A stretch of blocks: text as one piece of inline HTML, or a block that text cannot hold. */
export type Piece = { html: string } | { block: Block };

/** Blocks as pieces in their order, text that follows text in one. */
export function gather(blocks: readonly Block[]): Piece[] {
  const pieces: Piece[] = [];
  for (const block of blocks) {
    const html = htmlOf(block);
    const last = pieces.at(-1);
    if (html === undefined) pieces.push({ block });
    else if (last && 'html' in last) last.html += `<br>${html}`;
    else pieces.push({ html });
  }
  return pieces;
}

/** Blocks with their text wrapped, and what text cannot hold between. */
export function wrapText(blocks: readonly Block[], wrap: (html: string) => Block): Block[] {
  return gather(blocks).map((piece) => ('html' in piece ? wrap(piece.html) : piece.block));
}

/** An item of a list with its mark, as text. */
function marked(item: string, ordered: boolean, number: number): string {
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
      return block.items.map((item, index) => marked(item, block.ordered, index + 1)).join('<br>');
    case 'code':
      return `<code>${escapeText(block.code).replace(/\n/g, '<br>')}</code>`;
    default:
      return undefined;
  }
}
