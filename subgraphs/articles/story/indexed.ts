/**
 * The index data of a story for search and related stories: its terms with positions, their frequency, and its facets.
 */
import type { articles } from '../tables.ts';
import { isCommon } from './commonWords.ts';
import { stemOf, type Token, tokensOf } from './terms.ts';

export interface IndexedStory {
  /** A PostgreSQL `tsvector` as text. */
  search: string;
  /** Every distinct term: words that spelling correction covers, and others. */
  words: string[];
  others: string[];
  /** The weight of each stem in the story, higher in the headline; without its rarity. */
  weights: Map<string, number>;
  /** The distinct terms of the headline. */
  title: string[];
  /** Fingerprints: two stories that share most of them have nearly the same text. */
  prints: number[];
}

type Row = Pick<
  typeof articles.$inferSelect,
  'sectionId' | 'tagIds' | 'authorIds' | 'genre' | 'inLanguage' | 'breaking' | 'visibility' | 'visibleFrom'
>;

/** The searchable parts of a story. None of it is gated. */
export interface SearchedParts {
  headline: string;
  /** Kicker and standfirst. */
  summary: string;
  freeText: string;
}

/** PostgreSQL's limits for a `tsvector`. */
const lastPosition = 16_383;
const placesAtMost = 200;
/** A `tsvector` holds one megabyte; the remainder is for facets. */
const bytesAtMost = 900_000;
/** The bytes of a term besides its letters, and of each position. */
const termBytes = 4;
const placeBytes = 2;
/** The distance between parts, so that no phrase spans two of them. */
const gap = 8;

export function indexStory({ headline, summary, freeText }: SearchedParts, row: Row): IndexedStory {
  const title = tokensOf(headline);
  const below = tokensOf(summary);
  const text = tokensOf(freeText);
  const places = new Map<string, string[]>();
  const words = new Set<string>();
  let from = 1;
  let bytes = 0;
  const add = (tokens: readonly Token[], weight: string) => {
    for (const { term, position, kind } of tokens) {
      const list = places.get(term) ?? [];
      const isNew = list.length === 0;
      const added = placeBytes + (isNew ? termBytes + Buffer.byteLength(term) : 0);
      if (bytes + added > bytesAtMost) continue;
      if (isNew) places.set(term, list);
      if (kind === 'word') words.add(term);
      if (list.length >= placesAtMost) continue;
      list.push(`${Math.min(from + position, lastPosition)}${weight}`);
      bytes += added;
    }
    from += (tokens.at(-1)?.position ?? 0) + gap;
  };
  add(title, 'A');
  add(below, 'B');
  add(text, 'C');
  const entries = [...places].map(([term, list]) => `'${term}':${list.join()}`);
  const titles = [...new Set(title.map(({ term }) => term))];
  const facets = [...titles.map(titleFacet), ...facetsOf(row)].map((facet) => `'${facet}'`);
  return {
    search: [...entries, ...facets].join(' '),
    words: [...words],
    others: [...places.keys()].filter((term) => !words.has(term)),
    weights: weightsOf(title, below, text),
    title: [...new Set(title.filter(isTelling).map(({ term }) => term))],
    prints: printsOf(text.length > 0 ? text : title),
  };
}

/** A term for a word in the headline, so that a headline match needs no access to the story. */
export const titleFacet = (term: string) => `=${term}`;
export const listFacet = (id: string) => `#${id.replaceAll('-', '').slice(0, 16)}`;
export const languageFacet = (language: string) => `~${language.split('-')[0]?.toLowerCase()}`;
export const genreFacet = (genre: string) => `^${genre}`;
export const breakingFacet = '!breaking';
export const publicFacet = '!public';

function facetsOf(row: Row): string[] {
  return [
    ...new Set([row.sectionId, ...row.tagIds, ...row.authorIds].map(listFacet)),
    languageFacet(row.inLanguage),
    genreFacet(row.genre),
    ...(row.breaking ? [breakingFacet] : []),
    ...(row.visibility === 'PUBLIC' ? [publicFacet] : []),
    ...timeFacets(row.visibleFrom),
  ].map((facet) => facet.replace(/['\\]/g, ''));
}

/** Terms for the year and the month, by UTC, in which a story appears. */
export function timeFacets(time: Date | null): string[] {
  if (!time || Number.isNaN(time.getTime())) return [];
  const year = time.getUTCFullYear();
  if (year < oldestYear) return ['@old'];
  return [yearFacet(year), monthFacet(year, time.getUTCMonth())];
}
/** Earlier years share one term. */
export const oldestYear = 1990;
export const yearFacet = (year: number) => `@${year}`;
export const monthFacet = (year: number, month: number) => `@${year}-${String(month + 1).padStart(2, '0')}`;

const isTelling = ({ term, kind }: Token) => kind !== 'part' && term.length > 1 && !isCommon(term);

/** The BM25 weight of a term in a story, without its rarity. */
const saturation = 1.2;
const lengthShare = 0.75;
const usualLength = 500;
const titleTimes = 5;
const summaryTimes = 2;

function weightsOf(
  title: readonly Token[],
  below: readonly Token[],
  text: readonly Token[],
): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (tokens: readonly Token[], times: number) => {
    for (const token of tokens) {
      if (!isTelling(token)) continue;
      const stem = stemOf(token.term);
      counts.set(stem, (counts.get(stem) ?? 0) + times);
    }
  };
  count(title, titleTimes);
  count(below, summaryTimes);
  count(text, 1);
  const length = title.length * titleTimes + below.length * summaryTimes + text.length;
  const flat = saturation * (1 - lengthShare + (lengthShare * length) / usualLength);
  for (const [stem, times] of counts) counts.set(stem, (times * (saturation + 1)) / (times + flat));
  return counts;
}

const printCount = 8;
const shingle = 4;

/** A MinHash: the least value of each of eight hashes over all runs of four words. */
function printsOf(tokens: readonly Token[]): number[] {
  const least = Array.from({ length: printCount }, () => 0x7fffffff);
  const hashes = Int32Array.from(tokens, ({ term }) => hashText(term));
  for (let start = 0; start < Math.max(1, hashes.length - shingle + 1); start += 1) {
    let hash = 0;
    for (let at = start; at < start + shingle; at += 1)
      hash = Math.imul(hash, 0x01000193) + (hashes[at] ?? 0);
    for (let place = 0; place < printCount; place += 1) {
      hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d + 2 * place) ^ place;
      const value = (hash ^ (hash >>> 12)) & 0x7fffffff;
      if (value < (least[place] as number)) least[place] = value;
    }
  }
  return least;
}

function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

/** Keys that a word shares with similar spellings: one wrong letter, or two letters exchanged. */
export function spellingKeys(word: string): string[] {
  const letters = [...word];
  if (letters.length < 4 || letters.length > 24 || /\p{N}/u.test(word)) return [];
  const sorted = `a${[...letters].sort().join('')}`;
  if (letters.length <= shortWord) return [...new Set([sorted, `d${word}`, ...deletions(letters)])];
  const half = Math.floor(letters.length / 2);
  return [sorted, `p${letters.slice(0, half).join('')}`, `s${letters.slice(-half).join('')}`];
}

/** The same for a word in a query, whose length may differ by one. */
export function querySpellingKeys(word: string): string[] {
  const letters = [...word];
  const keys = new Set(spellingKeys(word));
  if (keys.size === 0) return [];
  if (letters.length > shortWord - 1) {
    const lengths = [letters.length - 1, letters.length, letters.length + 1].map((length) =>
      Math.floor(length / 2),
    );
    for (const half of lengths) {
      keys.add(`p${letters.slice(0, half).join('')}`);
      keys.add(`s${letters.slice(-half).join('')}`);
    }
  }
  if (letters.length === shortWord + 1) for (const key of deletions(letters)) keys.add(key);
  return [...keys];
}

const shortWord = 6;
const deletions = (letters: readonly string[]) =>
  letters.map((_, place) => `d${letters.filter((__, at) => at !== place).join('')}`);
