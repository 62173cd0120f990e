/** The terms of stories and their frequency, updated with each write: the data for search and related stories. */
import { type SQL, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { insertRows } from '../../store/writeRows.ts';
import { dictionaryOf } from '../story/dictionaries.ts';
import { type IndexedStory, indexStory, listFacet, spellingKeys, timeFacets } from '../story/indexed.ts';
import type { PreparedArticle } from '../story/prepare.ts';
import { stemOf } from '../story/terms.ts';
import { bodies, keywords, profiles, spellings, vocabulary } from '../tables.ts';

/** How many terms of a story are searched in others, and by how many of them the story itself is found. */
const searchedTermsAtMost = 64;
const indexedTermsAtMost = 24;

/** The version of the index rules; increased when they change. */
export const searchForm = 1;
/** The version of a story that is not visible yet. Its terms are not counted, so that nothing reveals them. */
const uncountedForm = -1;

/** A story to write, with its index data. */
export interface IndexedArticle extends Pick<PreparedArticle, 'article' | 'blocks' | 'searched'> {
  indexed: IndexedStory;
}

/**
 * Writes bodies with their index data. Stories that share terms wait for each other from here to the end of their
 * transactions, in the order of the terms, so that no deadlock occurs. The terms of stories that appear after `now` are
 * counted by `reindex` once they have appeared.
 */
export async function writeTerms(
  transaction: Sql,
  prepared: readonly Pick<PreparedArticle, 'article' | 'blocks' | 'searched'>[],
  now: Date,
): Promise<void> {
  const stories = prepared.map((one) => ({ ...one, indexed: indexStory(one.searched, one.article) }));
  const indexed = stories.filter(({ article }) => article.pubStatus !== 'CANCELED');
  const isVisibleNow = ({ article: { pubStatus, visibleFrom } }: IndexedArticle) =>
    pubStatus === 'USABLE' && visibleFrom !== null && visibleFrom <= now;
  const visible = indexed.filter(isVisibleNow);
  const counted = countsOf(visible);
  const { known: counts, former } = await termsBefore(
    transaction,
    [...counted.keys()],
    stories.map(({ article }) => article.id),
  );
  const changes = new Map(counted);
  for (const term of former) add(changes, term, -1);
  const rows = indexed.map((story) => profileOf(story, rarityOf(counts, counted)));
  await putBodies(transaction, stories, isVisibleNow);
  await deleteProfiles(transaction, stories);
  await insertRows(transaction, profiles, rows);
  await insertRows(transaction, keywords, rows.flatMap(keywordsOf));
  const isNew = (word: string) => !counts.has(word);
  await count(transaction, changes, visible, isNew);
}

/** Removes withdrawn stories from the term counts. */
export async function deleteTerms(transaction: Sql, ids: readonly string[]): Promise<void> {
  const { former } = await termsBefore(transaction, [], ids);
  await deleteProfiles(
    transaction,
    ids.map((id) => ({ article: { id } })),
  );
  await transaction.execute(
    sql`update ${bodies} set search = ''::tsvector where ${bodies.articleId} = any(${sql.param(ids)}::uuid[])`,
  );
  const changes = new Map<string, number>();
  for (const term of former) add(changes, term, -1);
  await count(transaction, changes, [], () => false);
}

/** Updates the time terms of a story whose publication time alone has changed. */
export async function updateTimeTerms(
  transaction: Sql,
  { id, visibleFrom }: Pick<PreparedArticle['article'], 'id' | 'visibleFrom'>,
): Promise<void> {
  const facets = timeFacets(visibleFrom).map((facet) => `'${facet}'`);
  await transaction.execute(sql`
    update ${bodies} set search = ts_delete(search, array(
        select lexeme from unnest(tsvector_to_array(search)) as t(lexeme) where starts_with(lexeme, '@')
      )) || ${facets.join(' ')}::tsvector
    where ${bodies.articleId} = ${id}`);
}

const add = (counts: Map<string, number>, term: string, change: number) =>
  counts.set(term, (counts.get(term) ?? 0) + change);

/** The number of these stories that contain each term; the empty term counts all. */
function countsOf(stories: readonly IndexedArticle[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { indexed, article } of stories) {
    const terms = new Set([
      '',
      ...[article.sectionId, ...article.tagIds, ...article.authorIds].map(listFacet),
    ]);
    for (const term of [...indexed.words, ...indexed.others]) terms.add(term).add(stemOf(term));
    for (const term of terms) add(counts, term, 1);
  }
  return counts;
}

const isFacet = /^[=~^!@]/;

/** The counts of the terms, and the current terms of the stories, once for each story. */
async function termsBefore(transaction: Sql, words: readonly string[], ids: readonly string[]) {
  const result = await transaction.execute(sql`
    select word, stories, null::text[] as terms from ${vocabulary} where word = any(${sql.param(words)}::text[])
    union all
    select null, null, tsvector_to_array(search) from ${bodies}
    where article_id = any(${sql.param(ids)}::uuid[]) and search_form = ${searchForm} and length(search) > 0`);
  const { rows } = result as unknown as {
    rows: { word: string | null; stories: number; terms: string[] | null }[];
  };
  const counts = new Map<string, number>();
  const former: string[] = [];
  for (const { word, stories, terms } of rows) {
    if (word !== null) counts.set(word, stories);
    if (!terms) continue;
    const own = new Set(['']);
    for (const term of terms) if (!isFacet.test(term)) own.add(term).add(stemOf(term));
    former.push(...own);
  }
  return { known: counts, former };
}

/** The rarity of a term: 0 if half of the stories contain it. */
function rarityOf(counts: ReadonlyMap<string, number>, added: ReadonlyMap<string, number>) {
  const stories = (term: string) => (counts.get(term) ?? 0) + (added.get(term) ?? 0);
  const all = stories('');
  return (term: string) => {
    const have = Math.min(stories(term), all);
    return Math.max(0, Math.log((all - have + 0.5) / (have + 0.5)));
  };
}

function profileOf({ article, indexed }: IndexedArticle, rarity: (term: string) => number) {
  const best = [...indexed.weights]
    .map(([term, weight]) => ({ term, weight, value: weight * rarity(term) }))
    .sort((a, b) => b.value - a.value || (a.term < b.term ? -1 : 1))
    .slice(0, searchedTermsAtMost);
  return {
    articleId: article.id,
    terms: best.map(({ term }) => term),
    weights: best.map(({ weight }) => Math.round(weight * 1000)),
    title: indexed.title,
    titleWeights: indexed.title.map((term) => Math.round(rarity(term) * 100)),
    prints: indexed.prints,
  };
}

const keywordsOf = ({ articleId, terms, weights }: ReturnType<typeof profileOf>) =>
  terms
    .slice(0, indexedTermsAtMost)
    .map((keyword, place) => ({ keyword, weight: weights[place] ?? 0, articleId }));

async function deleteProfiles(transaction: Sql, stories: readonly { article: { id: string } }[]) {
  const ids = stories.map(({ article }) => article.id);
  await transaction.execute(sql`
    with gone as (delete from ${profiles} where article_id = any(${sql.param(ids)}::uuid[]) returning *)
    delete from ${keywords} k using gone cross join lateral unnest(gone.terms, gone.weights) as t(term, weight)
    where k.keyword = t.term and k.weight = t.weight and k.article_id = gone.article_id`);
}

async function putBodies(
  transaction: Sql,
  stories: readonly IndexedArticle[],
  isCounted: (story: IndexedArticle) => boolean,
): Promise<void> {
  const rows = stories.map((story) => ({
    articleId: story.article.id,
    blocks: story.blocks,
    freeText: story.searched.freeText,
    search: story.article.pubStatus === 'CANCELED' ? '' : story.indexed.search,
    searchForm: isCounted(story) ? searchForm : uncountedForm,
  }));
  await insertRows(transaction, bodies, rows, { replacing: ['articleId'] });
}

/** Updates the counts of terms, and stores new words with their spelling keys and stems, in one statement. */
async function count(
  transaction: Sql,
  changes: ReadonlyMap<string, number>,
  stories: readonly IndexedArticle[],
  isNew: (word: string) => boolean,
): Promise<void> {
  const counted = [...changes].filter(([, change]) => change !== 0);
  if (counted.length === 0) return;
  const words = new Map<string, Set<string>>();
  for (const { indexed, article } of stories) {
    const dictionary = dictionaryOf(article.inLanguage);
    for (const word of indexed.words) {
      if (!isNew(word)) continue;
      const dictionaries = words.get(word) ?? new Set();
      if (dictionaries.size === 0) words.set(word, dictionaries);
      if (dictionary) dictionaries.add(dictionary);
    }
  }
  // Arrays, since PostgreSQL unpacks many short rows from them much faster than from JSON.
  await transaction.execute(sql`
    with counted as (
      insert into ${vocabulary} (word, stories)
      select r.word, r.stories from unnest(
        ${sql.param(counted.map(([word]) => word))}::text[], ${sql.param(counted.map(([, change]) => change))}::int[]
      ) as r(word, stories) order by r.word collate "C"
      on conflict (word) do update set stories = greatest(${vocabulary}.stories + excluded.stories, 0)
      returning 1)
    insert into ${spellings} (key, word) select key, word from (${keysOf(words)}) as k
    where key is not null order by key collate "C", word collate "C" on conflict do nothing`);
}

/** A query for the spelling keys of words, and for their stems in the dictionaries of their languages. */
function keysOf(words: ReadonlyMap<string, ReadonlySet<string>>): SQL {
  const keys: string[] = [];
  const spelledWords: string[] = [];
  const wordsOf = new Map<string, string[]>();
  for (const [word, dictionaries] of words) {
    for (const key of spellingKeys(word)) {
      keys.push(key);
      spelledWords.push(word);
    }
    for (const name of dictionaries) {
      const list = wordsOf.get(name) ?? [];
      if (list.length === 0) wordsOf.set(name, list);
      list.push(word);
    }
  }
  const stems = [...wordsOf].map(
    ([name, list]) => sql`
      union all select ${`=${name}:`}::text || (ts_lexize(${`${name}_stem`}::regdictionary, word))[1], word
      from unnest(${sql.param(list)}::text[]) as w(word)`,
  );
  return sql`
    select * from unnest(${sql.param(keys)}::text[], ${sql.param(spelledWords)}::text[]) as r(key, word)
    ${sql.join(stems, sql``)}`;
}
