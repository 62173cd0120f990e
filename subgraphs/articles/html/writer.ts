/** Writes blocks in order: text is collected into a paragraph until a block or the end of an element. */
import type { Block } from '../blocks.ts';
import { escapeText, sanitizeInline } from './inline.ts';

/** Takes text, inline tags and blocks in reading order. */
export interface BlockWriter {
  readonly blocks: Block[];
  text(text: string): void;
  /** Ends a line; two in a row end the paragraph. */
  lineBreak(): void;
  /** Adds invisible HTML, which is kept if text follows in the same paragraph. */
  mark(html: string): void;
  /** Opens an inline element, which is closed and reopened around a block inside it. */
  open(tag: { open: string; close: string }): void;
  close(): void;
  /** Ends the paragraph, which is dropped if it has no visible text. */
  endParagraph(): void;
  push(block: Block): void;
}

interface OpenTag {
  /** Both are empty if an equal element is already open. */
  open: string;
  close: string;
  /** The index in `pieces`, for removing an element without text. */
  at: number;
  hasText: boolean;
}

export function openBlockWriter(): BlockWriter {
  const blocks: Block[] = [];
  const stack: OpenTag[] = [];
  let pieces: string[] = [];
  let hasText = false;
  /** Whether only white space has followed the last line break. */
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

  /** HTML links do not nest: a new link ends the open one. */
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
      // Editors write an empty paragraph as a no-break space or zero-width characters.
      if (/[^\s\u200B-\u200D\u2060\uFEFF]/.test(collapsed)) {
        hasText = true;
        isAfterBreak = false;
        for (const tag of stack) tag.hasText = true;
      }
    },
    lineBreak() {
      // An empty line separates paragraphs.
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

/** Trims white space and line breaks at both ends, and collapses spaces. */
function trimInline(html: string): string {
  const text = html
    .replace(/<br ?\/?>/g, '<br>')
    .replace(/ {2,}/g, ' ')
    .replace(/ ?<br> ?/g, '<br>');
  let start = 0;
  let end = text.length;
  // By hand, since a regular expression for trailing white space is quadratic.
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
