/** Search highlights: the parts of a story that match, as HTML. */
import { escapeHtml } from './html.ts';
import { type Token, tokensOf } from './terms.ts';

const partsAtMost = 3;
/** The number of words before a match, and in total. */
const wordsBefore = 8;
const wordsShown = 24;
/** The part of a text that is searched for matches. */
const longestText = 60_000;

/** The headline if it contains a term, then parts of the text that do, with matches in `mark`. */
export function highlightsOf(headline: string, freeText: string, terms: ReadonlySet<string>): string[] {
  const title = tokensOf(headline);
  const parts = title.some(({ term }) => terms.has(term)) ? [marked(headline, title, terms)] : [];
  const text = freeText.slice(0, longestText);
  const tokens = tokensOf(text);
  let from = 0;
  while (parts.length < partsAtMost) {
    const matchIndex = tokens.findIndex(({ term }, place) => place >= from && terms.has(term));
    if (matchIndex < 0) break;
    const first = startOf(text, tokens, Math.max(from, matchIndex - wordsBefore), matchIndex);
    const partTokens = tokens.slice(first, first + wordsShown);
    from = first + partTokens.length;
    parts.push(marked(text, partTokens, terms));
  }
  return parts;
}

/** The start of a part: it begins on the same line as its match. */
function startOf(text: string, tokens: readonly Token[], from: number, matchIndex: number): number {
  const line = text.lastIndexOf('\n', tokens[matchIndex]?.start) + 1;
  const start = tokens.findIndex(({ start: at }, place) => place >= from && at >= line);
  return start < 0 ? matchIndex : Math.min(start, matchIndex);
}

function marked(text: string, tokens: readonly Token[], terms: ReadonlySet<string>): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last) return '';
  // Tokens of one word and pairs of characters overlap.
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
