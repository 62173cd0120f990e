/** Writes blocks in order: text gathers into a paragraph until a block or the end of the element ends it. */
import type { Block } from '../blocks.ts';
import { escapeText, sanitizeInline } from './inline.ts';

/** Takes text, inline tags and blocks in the order in which they are read. */
export interface BlockWriter {
  readonly blocks: Block[];
  text(text: string): void;
  /** Ends a line; two in a row end the paragraph. */
  lineBreak(): void;
  /** Puts in HTML that shows nothing; it is kept where text follows in its paragraph. */
  mark(html: string): void;
  /** Opens an inline element; it is closed and opened again around a block that stands within it. */
  open(tag: { open: string; close: string }): void;
  close(): void;
  /** Ends the paragraph, which is dropped where nothing is to be read in it. */
  endParagraph(): void;
  push(block: Block): void;
}

interface OpenTag {
  /** Both are empty where the element changes nothing, since one like it is open. */
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
  /** Whether nothing but space came since a line break. */
  let isAfterBreak = false;

  function endParagraph(): void {
    if (hasText) {
      for (const { close } of [...stack].reverse()) pieces.push(close);
      const html = trimInline(sanitizeInline(pieces.join('')));
      if (html !== '') blocks.push({ kind: 'paragraph', html });
    }
    hasText = false;
    isAfterBreak = false;
    pieces = [];
    for (const tag of stack) {
      tag.at = pieces.length;
      tag.hasText = false;
      pieces.push(tag.open);
    }
  }

  function start({ open, close }: { open: string; close: string }): void {
    stack.push({ open, close, at: pieces.length, hasText: false });
    pieces.push(open);
  }

  function end({ at, close, hasText: isWritten }: OpenTag): void {
    if (isWritten) pieces.push(close);
    else pieces[at] = '';
  }

  /** HTML has no link within a link: the next one ends it. */
  function endLink(): void {
    const at = stack.findIndex(({ close }) => close === '</a>');
    if (at < 0) return;
    const [link, ...within] = stack.splice(at);
    for (const tag of within.toReversed()) end(tag);
    end(link as OpenTag);
    start({ open: '', close: '' });
    for (const tag of within) start(tag);
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
        isAfterBreak = false;
        for (const tag of stack) tag.hasText = true;
      }
    },
    lineBreak() {
      // An empty line parts paragraphs.
      if (isAfterBreak && hasText) endParagraph();
      else pieces.push('<br>');
      isAfterBreak = true;
    },
    mark(html) {
      pieces.push(html);
    },
    open({ open, close }) {
      if (close === '</a>') endLink();
      const isOpen = stack.some((tag) => tag.open === open);
      start(isOpen ? { open: '', close: '' } : { open, close });
    },
    close() {
      const tag = stack.pop();
      if (tag) end(tag);
    },
    push(block) {
      endParagraph();
      blocks.push(block);
    },
  };
}

/** Without white space and line breaks at its ends, and with one space where several stood. */
function trimInline(html: string): string {
  const text = html
    .replace(/<br ?\/?>/g, '<br>')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?<br> ?/g, '<br>');
  let start = 0;
  let end = text.length;
  // By hand: an expression for white space before the end of a text looks for the end from each white space anew.
  for (;;)
    if (text.startsWith('<br>', start)) start += 4;
    else if (isSpace(text, start)) start += 1;
    else break;
  while (end > start)
    if (text.endsWith('<br>', end)) end -= 4;
    else if (isSpace(text, end - 1)) end -= 1;
    else break;
  return text.slice(start, end);
}

const isSpace = (text: string, at: number) => at < text.length && text.charAt(at).trim() === '';
