/** Writes blocks in order: text gathers into a paragraph until a block or the end of the element ends it. */
import type { Block } from '../blocks.ts';
import { escapeText, sanitizeInline } from './inline.ts';

/** Takes text, inline tags and blocks in the order in which they are read. */
export interface BlockWriter {
  readonly blocks: Block[];
  text(text: string): void;
  lineBreak(): void;
  /** Opens an inline element; it is closed and opened again around a block that stands within it. */
  open(tag: { open: string; close: string }): void;
  close(): void;
  /** Ends the paragraph, which is dropped where nothing is to be read in it. */
  endParagraph(): void;
  push(block: Block): void;
}

interface OpenTag {
  open: string;
  close: string;
  /** Where it stands in the pieces, so that an element without text can be taken back. */
  at: number;
  hasText: boolean;
}

export function openBlockWriter(): BlockWriter {
  const blocks: Block[] = [];
  const stack: OpenTag[] = [];
  let pieces: string[] = [];
  let hasText = false;

  function endParagraph(): void {
    if (hasText) {
      for (const { close } of [...stack].reverse()) pieces.push(close);
      const html = trimInline(sanitizeInline(pieces.join('')));
      if (html !== '') blocks.push({ kind: 'paragraph', html });
    }
    hasText = false;
    pieces = [];
    for (const tag of stack) {
      tag.at = pieces.length;
      tag.hasText = false;
      pieces.push(tag.open);
    }
  }

  return {
    blocks,
    endParagraph,
    text(text) {
      const collapsed = text.replace(/[ \t\r\n\f]+/g, ' ');
      if (collapsed === '') return;
      pieces.push(escapeText(collapsed));
      // A no-break space alone is how editors write an empty paragraph; so are marks of no width.
      if (/[^\s\u200B-\u200D\u2060\uFEFF]/.test(collapsed)) {
        hasText = true;
        for (const tag of stack) tag.hasText = true;
      }
    },
    lineBreak() {
      pieces.push('<br>');
    },
    open({ open, close }) {
      stack.push({ open, close, at: pieces.length, hasText: false });
      pieces.push(open);
    },
    close() {
      const tag = stack.pop();
      if (!tag) return;
      if (tag.hasText) pieces.push(tag.close);
      else pieces.splice(tag.at, 1);
    },
    push(block) {
      endParagraph();
      blocks.push(block);
    },
  };
}

/** Without white space and line breaks at its ends, and with one space where several stood. */
function trimInline(html: string): string {
  return html
    .replace(/<br ?\/?>/g, '<br>')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?<br> ?/g, '<br>')
    .replace(/^(?:<br>|\s)+|(?:<br>|\s)+$/g, '');
}
