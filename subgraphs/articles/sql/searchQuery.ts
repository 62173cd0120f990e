/** A search query as PostgreSQL takes it: the conditions of a match, and the data for ranking. */
import { monthFacet, oldestYear, titleFacet, yearFacet } from '../story/indexed.ts';
import type { QueryItem, SearchQuery } from '../story/question.ts';
import type { Expansion, Meaning } from './expand.ts';

export interface Compiled {
  /** The condition of a match, as a `tsquery`. */
  query: string;
  /** An upper bound for the number of matching stories. */
  stories: number;
  /** The condition that all words are in the headline, or one that never matches. */
  titleQuery: string;
  /** The data for ranking: the forms of each word, near words, and its rarity; and all words as a phrase. */
  ranks: { same: string[]; near: string[]; rarity: number[]; titleQuery: string; rowQuery: string };
  /** The terms to highlight. */
  marked: ReadonlySet<string>;
  /** The query with corrected spellings; null if nothing is corrected. */
  suggestion: string | null;
}

/** A term that no story contains. */
const nothing = "'='";
const rankedAtMost = 8;

const quoted = (term: string) => `'${term.replace(/['\\]/g, '')}'`;
const anyOf = (terms: readonly string[]) => (terms.length === 0 ? nothing : `(${terms.join(' | ')})`);

export function compileQuestion(searchQuery: SearchQuery, expansion: Expansion): Compiled {
  const groups = searchQuery.map((group) => group.map((item) => ({ item, ...partsOf(item, expansion) })));
  const parts = groups.flat().filter(({ item }) => !item.isExcluded);
  const query = groups
    .map((group) => `(${group.map(({ item, all }) => (item.isExcluded ? `!${all}` : all)).join(' & ')})`)
    .join(' | ');
  const ranked = parts.toSorted((a, b) => a.stories - b.stories).slice(0, rankedAtMost);
  const rarities = ranked.map(({ stories }) => Math.log(1 + expansion.total / (1 + stories)));
  const sum = rarities.reduce((total, rarity) => total + rarity, 0) || 1;
  const isOne = searchQuery.length === 1;
  const titleQuery = isOne && parts.length > 0 ? parts.map(({ title }) => title).join(' & ') : nothing;
  const rowQuery = isOne && parts.length > 1 ? parts.map(({ row }) => row).join(' <-> ') : nothing;
  return {
    query: query || nothing,
    stories: groups.reduce(
      (total, group) =>
        total + Math.min(...group.filter(({ item }) => !item.isExcluded).map(({ stories }) => stories)),
      0,
    ),
    titleQuery,
    ranks: {
      same: ranked.map(({ same }) => same),
      near: ranked.map(({ near }) => near),
      rarity: rarities.map((rarity) => rarity / sum),
      titleQuery,
      rowQuery,
    },
    marked: new Set(parts.flatMap(({ terms }) => terms)),
    suggestion: suggestionOf(searchQuery, expansion),
  };
}

/** The match condition, the ranking data and the phrase part of one search item. */
function partsOf(item: QueryItem, { meanings, stories }: Expansion) {
  const [first = '', ...rest] = item.row;
  if (rest.length > 0) {
    const last = meanings.get(item.row.at(-1) ?? '');
    const ends = item.isOpen ? [...(last?.near ?? [])] : [];
    const end = anyOf([item.row.at(-1) ?? '', ...ends].map(quoted));
    const row = [...item.row.slice(0, -1).map(quoted), end].join(' <-> ');
    const others = item.others.map(quoted);
    return {
      all: anyOf([`(${row})`, ...others]),
      same: anyOf([`(${row})`, ...others]),
      near: nothing,
      row: `(${row})`,
      title: item.row.map((term) => quoted(titleFacet(term))).join(' & '),
      terms: [...item.row, ...ends, ...item.others],
      stories: Math.max(Math.min(...item.row.map(stories)), ...item.others.map(stories)),
    };
  }
  if (item.isCharacter) {
    const all = `${quoted(first)}:*`;
    return {
      all,
      same: all,
      near: nothing,
      row: all,
      title: `${quoted(titleFacet(first))}:*`,
      terms: [first],
      stories: Infinity,
    };
  }
  const meaning: Meaning = item.isExact
    ? { same: [], near: [], isMisspelled: false, stories: stories(first) }
    : (meanings.get(first) ?? { same: [], near: [], isMisspelled: false, stories: 0 });
  const same = [...new Set([first, ...meaning.same, ...item.others])];
  // An excluded word excludes its inflected forms, but not its prefix matches.
  const near = item.isExcluded ? [] : meaning.near;
  const every = [...same, ...near];
  return {
    all: anyOf(every.map(quoted)),
    same: anyOf(same.map(quoted)),
    near: anyOf(near.map(quoted)),
    row: anyOf(every.map(quoted)),
    title: anyOf(every.map((term) => quoted(titleFacet(term)))),
    terms: every,
    stories: meaning.stories + item.others.reduce((total, term) => total + stories(term), 0),
  };
}

/** The query with corrected spellings; words that no story contains are left out. */
function suggestionOf(searchQuery: SearchQuery, { meanings }: Expansion): string | null {
  let isOther = false;
  const write = (item: QueryItem): string[] => {
    const sign = item.isExcluded ? '-' : '';
    if (item.isExact) return [`${sign}"${item.text}"`];
    const word =
      item.row.length === 1 && !item.isCharacter && item.others.length === 0 ? item.row[0] : undefined;
    if (word === undefined || item.isExcluded) return [`${sign}${item.text}`];
    const meaning = meanings.get(word);
    if (meaning && !meaning.isMisspelled && (meaning.same.length > 0 || meaning.near.length > 0))
      return [item.text];
    isOther = true;
    return meaning?.near[0] === undefined ? (meaning ? [item.text] : []) : [meaning.near[0]];
  };
  const text = searchQuery
    .map((group) => group.flatMap(write).join(' '))
    .filter(Boolean)
    .join(' or ');
  return isOther && text !== '' ? text : null;
}

const monthsAlone = 12;

/**
 * The restrictions of a query, tried in order until there are enough matches: none if it has few matches; otherwise all
 * words in the headline, then the latest months, then earlier years.
 */
export function narrowings(
  { titleQuery }: Compiled,
  { now, isRare }: { now: Date; isRare: boolean },
): string[] {
  if (isRare) return [''];
  const year = now.getUTCFullYear();
  const months: string[] = [];
  // From this month back to January, of the previous year at least.
  for (let at = year * 12 + now.getUTCMonth(); months.length < monthsAlone || at % 12 !== 11; at -= 1)
    months.push(monthFacet(Math.floor(at / 12), at % 12));
  const years: string[] = [];
  for (let at = Number(months.at(-1)?.slice(1, 5)) - 1; at >= oldestYear; at -= 1) years.push(yearFacet(at));
  return [titleQuery, ...[...months, ...years, '@old'].map(quoted)];
}
