/** Renders Markdown cards as HTML, with Ghost's library and settings. */
import MarkdownIt from 'markdown-it';
import { escapeText } from '../../../subgraphs/articles/html/inline.ts';
import type { Note } from './lexicalNode.ts';

const markdownIt = new MarkdownIt({ html: true, breaks: true, linkify: true });
/** The nesting limit of the library, which leaves out deeper content. */
const deepest = 100;

/** The library takes more than linear time for some texts, so that long texts are split. */
const longest = { part: 20_000, line: 5_000 };
const mostQuotes = 20;

const told = {
  parts: `A Markdown card of more than ${longest.part.toLocaleString('en-GB')} characters was read in parts.`,
  line: `A line of Markdown of more than ${longest.line.toLocaleString('en-GB')} characters was taken as plain text.`,
  deep: 'Markdown that nests too deep was taken as plain text.',
};

/** HTML for Markdown. Raw HTML is kept, to be sanitized later. All words are kept; lost formatting is noted. */
export function markdownHtml(markdown: string, note: Note = () => {}): string {
  const parts = partsOf(markdown.split(/\r\n?|\n/), note);
  if (parts.length > 1) note(told.parts);
  const env: Record<string, unknown> = {};
  // A link reference in one part may be defined in another.
  if (parts.length > 1) markdownIt.parse(definitionsIn(parts), env);
  return parts.map((part) => partHtml(part, env, note)).join('');
}

function partHtml(part: string, env: Record<string, unknown>, note: Note): string {
  const tokens = markdownIt.parse(part, env);
  if (tokens.every(({ level }) => level < deepest - 1))
    return markdownIt.renderer.render(tokens, markdownIt.options, env);
  note(told.deep);
  return plainHtml(part);
}

const plainHtml = (text: string) => `<p>${escapeText(text).replaceAll('\n', '<br>')}</p>`;

const fence = /^ {0,3}(```|~~~)/;

/** Parts of bounded length, split at empty lines where possible. A split fence continues in the next part. */
function partsOf(lines: readonly string[], note: Note): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  let open: string | undefined;
  const end = () => {
    if (open !== undefined) part.push(open);
    parts.push(part.join('\n'));
    part = open === undefined ? [] : [open];
    length = 0;
  };
  for (const line of lines) {
    const isNearEnd = length > longest.part / 2 && line.trim() === '' && open === undefined;
    if (isNearEnd || length + line.length > longest.part) end();
    if (line.length > longest.line) {
      note(told.line);
      end();
      parts.push(plainHtml(line));
      continue;
    }
    const [, mark] = fence.exec(line) ?? [];
    if (mark !== undefined && open === undefined) open = mark;
    else if (mark === open) open = undefined;
    part.push(open === undefined && mark === undefined ? tidied(line) : line);
    length += line.length + 1;
  }
  end();
  return parts.filter((text) => text.trim() !== '');
}

/** Adds the space that Ghost allows headings to omit, and limits nested quotations. */
function tidied(line: string): string {
  if (line.startsWith('#')) return line.replace(/^(#{1,6})(?=[^#\s])/, '$1 ');
  const [quotes = ''] = /^(?:[ \t]*>)*/.exec(line) ?? [];
  return quotes.length <= mostQuotes ? line : `${'>'.repeat(mostQuotes)} ${line.slice(quotes.length)}`;
}

const definitionsIn = (parts: readonly string[]) =>
  parts
    .flatMap((part) => part.split('\n').filter((line) => /^ {0,3}\[[^\]]{1,200}\]:/.test(line)))
    .join('\n\n');
