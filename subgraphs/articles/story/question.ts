/** Parses a search query: words, "phrases", -excluded words, alternatives with "or". */
import { alternativesOf, tokensOf } from './terms.ts';

/** A word of a query, or a phrase. */
export interface QueryItem {
  /** The text as typed, without operators. */
  text: string;
  isExcluded: boolean;
  /** Quoted: matches exactly, without other forms. */
  isExact: boolean;
  /** The terms of the phrase; one for a single word. */
  row: string[];
  /** Alternative terms. */
  others: string[];
  /** A single character of a script without spaces, which matches the start of a pair. */
  isCharacter: boolean;
  /** Whether it may be a prefix: the last word, with nothing after it. */
  isOpen: boolean;
}

/** Alternatives; all items of one alternative must match. */
export type SearchQuery = QueryItem[][];

const itemsAtMost = 40;
const chunk = /-?["“”„«»][^"“”«»]*["“”«»]?|[^\s"“”„«»]+/gu;
const quote = /["“”„«»]/;

/** Parses a query; an alternative that only excludes words is dropped. */
export function parseQuery(text: string): { query: SearchQuery; hasExcluded: boolean } {
  const alternatives: SearchQuery = [[]];
  let hasExcluded = false;
  let items = 0;
  const chunks = [...text.matchAll(chunk)].map(([text]) => text);
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(text);
  for (const [place, chunkText] of chunks.entries()) {
    if (/^or$/i.test(chunkText) && place > 0 && place + 1 < chunks.length) {
      alternatives.push([]);
      continue;
    }
    const isExcluded = /^-(?=["“”„«»\p{L}\p{N}])/u.test(chunkText);
    const isExact = quote.test(chunkText);
    const words = chunkText.replace(/^-/, '').replace(/["“”„«»]/g, ' ');
    const item = itemOf(words, {
      isExcluded,
      isExact,
      isOpen: isOpen && !isExact && place + 1 === chunks.length,
    });
    if (!item || items >= itemsAtMost) continue;
    items += 1;
    hasExcluded ||= isExcluded;
    const last = alternatives.at(-1) as QueryItem[];
    if (!last.some((other) => other.text === item.text && other.isExcluded === item.isExcluded))
      last.push(item);
  }
  const query = alternatives.filter((group) => group.some((item) => !item.isExcluded));
  return { query, hasExcluded };
}

function itemOf(
  text: string,
  flags: Pick<QueryItem, 'isExcluded' | 'isExact' | 'isOpen'>,
): QueryItem | undefined {
  const tokens = tokensOf(text);
  const row = tokens.filter(({ kind }) => kind !== 'part');
  // A pair includes the next character, so the last character alone adds nothing.
  const pairs = row.filter(({ kind, term }, place) => {
    const isLastOfPairs =
      kind === 'pair' && row[place + 1]?.kind !== 'pair' && row[place - 1]?.kind === 'pair';
    return !(isLastOfPairs && isSingle(term));
  });
  const first = pairs[0];
  if (!first) return undefined;
  const isWord = pairs.length === 1 && first.kind === 'word';
  const compound = tokens.find(
    ({ kind, start, end }) => kind === 'part' && end - start >= text.trim().length,
  );
  return {
    text: text.trim(),
    ...flags,
    row: pairs.map(({ term }) => term),
    others: isWord
      ? alternativesOf(text.slice(first.start, first.end))
      : compound && !flags.isExact
        ? [compound.term]
        : [],
    isCharacter: pairs.length === 1 && first.kind === 'pair' && isSingle(first.term),
    isOpen: flags.isOpen && pairs.at(-1)?.kind === 'word',
  };
}

const isSingle = (term: string) => (term.match(/[^\p{M}]\p{M}*/gu) ?? []).length === 1;
