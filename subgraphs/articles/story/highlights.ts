/** The parts of a story in which something was found, as HTML. */
import { escapeHtml } from './html.ts';
import { type Token, tokensOf } from './terms.ts';

const partsAtMost = 3;
/** So many words before what was found, and in all. */
const wordsBefore = 8;
const wordsShown = 24;
/** No text is looked through further than this. */
const longestText = 60_000;

/** The headline where it has one of the terms, then parts of the text that have; what was found stands in `mark`. */
export function highlightsOf(headline: string, freeText: string, terms: ReadonlySet<string>): string[] {
  const title = tokensOf(headline);
  const parts = title.some(({ term }) => terms.has(term)) ? [marked(headline, title, terms)] : [];
  const text = freeText.slice(0, longestText);
  const tokens = tokensOf(text);
  let from = 0;
  while (parts.length < partsAtMost) {
    const found = tokens.findIndex(({ term }, place) => place >= from && terms.has(term));
    if (found < 0) break;
    const first = startOf(text, tokens, Math.max(from, found - wordsBefore), found);
    const shown = tokens.slice(first, first + wordsShown);
    from = first + shown.length;
    parts.push(marked(text, shown, terms));
  }
  return parts;
}

/** A part begins in the line of what was found. */
function startOf(text: string, tokens: readonly Token[], from: number, found: number): number {
  const line = text.lastIndexOf('\n', tokens[found]?.start) + 1;
  const start = tokens.findIndex(({ start: at }, place) => place >= from && at >= line);
  return start < 0 ? found : Math.min(start, found);
}

function marked(text: string, tokens: readonly Token[], terms: ReadonlySet<string>): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return '';
  // Tokens of one word, and pairs of characters, lie over one another.
  const places: { start: number; end: number }[] = [];
  for (const { term, start, end } of tokens) {
    if (!terms.has(term)) continue;
    const previous = places.at(-1);
    if (previous && start <= previous.end) previous.end = Math.max(previous.end, end);
    else places.push({ start, end });
  }
  const isWhole = first.start < 3;
  const stop = Math.max(...tokens.map(({ end }) => end));
  let at = isWhole ? 0 : first.start;
  let html = '';
  for (const { start, end } of places) {
    html += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  const tail = /^[^\s\p{L}\p{N}]*/u.exec(text.slice(stop, stop + 20))?.[0] ?? '';
  return `${html}${escapeHtml(text.slice(at, stop) + tail)}`.replace(/\s+/g, ' ').trim();
}
