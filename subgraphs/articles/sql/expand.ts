/** Query expansion: the words in stories that a search word matches, by inflection, prefix or corrected spelling. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { dictionariesFor } from '../story/dictionaries.ts';
import { querySpellingKeys } from '../story/indexed.ts';
import type { SearchQuery } from '../story/question.ts';
import { distanceOf } from '../story/spelling.ts';
import { spellings, vocabulary } from '../tables.ts';

/** The words in stories that a search word matches. */
export interface Meaning {
  /** The word and its inflected forms. */
  same: string[];
  /** Words that begin with it or are spelled similarly, the most frequent first; they rank lower. */
  near: string[];
  /** Whether `near` holds corrected spellings, since hardly any story contains the word itself. */
  isMisspelled: boolean;
  /** An upper bound for the number of matching stories. */
  stories: number;
}

export interface Expansion {
  /** By the search word's term. */
  meanings: ReadonlyMap<string, Meaning>;
  /** The number of stories that contain a term. */
  stories: (term: string) => number;
  total: number;
}

const formsAtMost = 24;
const beginningsAtMost = 24;
const beginningsLookedAt = 4_000;
const spellingsAtMost = 4;
const spellingsLookedAt = 3_000;
/** Further words are not expanded. */
const wordsAtMost = 12;
/** A word in at most this many stories may be a misspelling. */
const hardlyAny = 2;

interface MatchedWord {
  searchWord: string;
  word: string;
  kind: 'same' | 'stem' | 'start' | 'near' | 'all';
  stories: number;
}

export function openExpand({ sql: db, read }: Pick<Database, 'sql' | 'read'>) {
  const one = (name: string, type = 'text') => sql`${sql.placeholder(name)}::${sql.raw(type)}[]`;
  // Each lookup uses a primary key, so the plan stays cheap whatever the planner estimates for arrays.
  const expansions = sql`
    select forms.search_word, forms.word, forms.kind, v.stories from (
      select w.word as search_word, w.word, 'same' as kind from unnest(${one('words')}) as w(word)
      union all
      select d.word, stem.word, 'stem' from unnest(${one('stemWords')}, ${one('dictionaries')}) as d(word, name)
      cross join lateral (
        select s.word from ${spellings} s
        where s.key = '=' || d.name || ':' || (ts_lexize((d.name || '_stem')::regdictionary, d.word))[1]
        limit ${sql.raw(String(4 * formsAtMost))}) as stem
      union all
      select w.word, start.word, 'start' from unnest(${one('openWords')}) as w(word) cross join lateral (
        select word from (
          select v.word, v.stories from ${vocabulary} v where v.word > w.word and v.word < w.word || chr(1114111)
          order by v.word limit ${sql.raw(String(beginningsLookedAt))}) as first
        where first.stories > 0 order by first.stories desc, first.word limit ${sql.raw(String(beginningsAtMost))}) as start
      union all
      select k.word, other.word, 'near' from unnest(${one('keyWords')}, ${one('keys')}) as k(word, key)
      cross join lateral (
        select s.word from ${spellings} s where s.key = k.key
          and coalesce((select v.stories from ${vocabulary} v where v.word = k.word), 0) <= ${sql.raw(String(hardlyAny))}
        limit ${sql.raw(String(spellingsLookedAt))}) as other
      union all select '', '', 'all'
    ) as forms cross join lateral (
      select v.stories from ${vocabulary} v where v.word = forms.word and v.stories > 0 limit 1) as v`;
  const statement = read(
    'search_words',
    db
      .select({
        searchWord: sql<string>`f.search_word`,
        word: sql<string>`f.word`,
        kind: sql<MatchedWord['kind']>`f.kind`,
        stories: sql<number>`f.stories`,
      })
      .from(sql`(${expansions}) as f`),
  );

  return async (searchQuery: SearchQuery): Promise<Expansion> => {
    const words = new Set<string>();
    const open = new Set<string>();
    const expanded = new Set<string>();
    for (const { row, others, isExact, isOpen } of searchQuery.flat()) {
      const mayExpand = words.size < wordsAtMost;
      for (const word of [...row, ...others]) words.add(word);
      const last = row.at(-1) ?? '';
      if (mayExpand && isOpen && [...last].length > 1) open.add(last);
      if (mayExpand && !isExact && row.length === 1) expanded.add(last);
    }
    const pairs = (of: (word: string) => readonly string[]) =>
      [...expanded].flatMap((word) => of(word).map((value) => ({ word, value })));
    const stems = pairs(dictionariesFor);
    const keys = pairs(querySpellingKeys);
    const rows: MatchedWord[] = await statement({
      words: [...words],
      openWords: [...open],
      stemWords: stems.map(({ word }) => word),
      dictionaries: stems.map(({ value }) => value),
      keyWords: keys.map(({ word }) => word),
      keys: keys.map(({ value }) => value),
    });
    return expansionOf(rows);
  };
}

function expansionOf(rows: readonly MatchedWord[]): Expansion {
  const byWord = new Map<string, MatchedWord[]>();
  const stories = new Map<string, number>();
  for (const row of rows) {
    stories.set(row.word, row.stories);
    const list = byWord.get(row.searchWord) ?? [];
    if (list.push(row) === 1) byWord.set(row.searchWord, list);
  }
  const meanings = new Map<string, Meaning>();
  for (const [searchWord, matches] of byWord) {
    const usual = matches.toSorted((a, b) => b.stories - a.stories || (a.word < b.word ? -1 : 1));
    const of = (kind: MatchedWord['kind']) => [
      ...new Set(usual.filter((row) => row.kind === kind).map(({ word }) => word)),
    ];
    const same = [...new Set([...of('same'), ...of('stem').slice(0, formsAtMost)])];
    const starts = of('start').filter((word) => !same.includes(word));
    const misspelled = same.length > 1 || starts.length > 0 ? [] : closest(searchWord, of('near'));
    const near = starts.length > 0 ? starts : misspelled.filter((word) => !same.includes(word));
    const most = (words: readonly string[]) => words.reduce((sum, word) => sum + (stories.get(word) ?? 0), 0);
    meanings.set(searchWord, {
      same,
      near,
      isMisspelled: starts.length === 0 && near.length > 0,
      stories: most([...same, ...near]),
    });
  }
  return {
    meanings,
    stories: (term) => stories.get(term) ?? 0,
    total: Math.max(1, stories.get('') ?? 1),
  };
}

/** The nearest spellings; a longer word may have two wrong letters. The first letter is seldom wrong. */
function closest(searchWord: string, words: readonly string[]): string[] {
  const most = [...searchWord].length >= 7 ? 2 : 1;
  const near = words
    .map((word, rank) => ({
      word,
      rank,
      distance: distanceOf(searchWord, word) + (word[0] === searchWord[0] ? 0 : 0.5),
    }))
    .filter(({ distance, word }) => word !== searchWord && distance < most + 1);
  const least = Math.min(...near.map(({ distance }) => distance));
  return near
    .filter(({ distance }) => distance <= least)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, spellingsAtMost)
    .map(({ word }) => word);
}
