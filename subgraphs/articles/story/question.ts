/** What a reader typed into a search, read: words, "words in a row", -words to leave out, alternatives with "or". */
import { alternativesOf, tokensOf } from './terms.ts';

/** A word of a question, or several that have to stand in a row. */
export interface AskedItem {
  /** As it was typed, without signs. */
  text: string;
  isExcluded: boolean;
  /** Quoted: as it stands, in no other form. */
  isExact: boolean;
  /** Its terms in a row; one for a usual word. */
  row: string[];
  /** Terms any of which does as well. */
  others: string[];
  /** A character alone of a script without blanks, which begins a pair. */
  isCharacter: boolean;
  /** Whether it may go on: the last word, with nothing after it. */
  isOpen: boolean;
}

/** Alternatives; all items of one hold together. */
export type Question = AskedItem[][];

const itemsAtMost = 40;
const chunk = /-?["“”„«»][^"“”«»]*["“”«»]?|[^\s"“”„«»]+/gu;
const quote = /["“”„«»]/;

/** Reads a question; an alternative without a word to look for is left out. */
export function readQuestion(text: string): { question: Question; hasExcluded: boolean } {
  const alternatives: Question = [[]];
  let hasExcluded = false;
  let items = 0;
  const chunks = [...text.matchAll(chunk)].map(([found]) => found);
  const isOpen = /[\p{L}\p{N}\p{M}]$/u.test(text);
  for (const [place, found] of chunks.entries()) {
    if (/^or$/i.test(found) && place > 0 && place + 1 < chunks.length) {
      alternatives.push([]);
      continue;
    }
    const isExcluded = /^-(?=["“”„«»\p{L}\p{N}])/u.test(found);
    const isExact = quote.test(found);
    const words = found.replace(/^-/, '').replace(/["“”„«»]/g, ' ');
    const item = itemOf(words, {
      isExcluded,
      isExact,
      isOpen: isOpen && !isExact && place + 1 === chunks.length,
    });
    if (!item || items >= itemsAtMost) continue;
    items += 1;
    hasExcluded ||= isExcluded;
    const last = alternatives.at(-1) as AskedItem[];
    if (!last.some((other) => other.text === item.text && other.isExcluded === item.isExcluded))
      last.push(item);
  }
  const question = alternatives.filter((group) => group.some((item) => !item.isExcluded));
  return { question, hasExcluded };
}

function itemOf(
  text: string,
  flags: Pick<AskedItem, 'isExcluded' | 'isExact' | 'isOpen'>,
): AskedItem | undefined {
  const tokens = tokensOf(text);
  const row = tokens.filter(({ kind }) => kind !== 'part');
  // A pair goes with the one after it: the last character alone says nothing more.
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
