/** The terms of stories and how rare they are, kept up as stories come and go: what search and related stories are found by. */
import { type SQL, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { insertRows } from '../../store/writeRows.ts';
import { dictionaryOf } from '../story/dictionaries.ts';
import { type IndexedStory, indexStory, listFacet, spellingKeys, timeFacets } from '../story/indexed.ts';
import type { PreparedArticle } from '../story/prepare.ts';
import { stemOf } from '../story/terms.ts';
import { bodies, keywords, profiles, spellings, vocabulary } from '../tables.ts';

/** So many terms of a story are looked for in others; by the first of them it is found itself. */
const termsAsked = 64;
const termsFound = 24;

/** Bodies are as this code indexes them; raised when that changes. */
export const searchForm = 1;
/** The same of a story that readers may not see yet, whose terms are not counted: nothing tells that they stand anywhere. */
const uncountedForm = -1;

/** A story that is written, with what is indexed of it. */
export interface IndexedArticle extends Pick<PreparedArticle, 'article' | 'blocks' | 'searched'> {
  indexed: IndexedStory;
}

/**
 * Writes bodies with all that they are found by. Stories that share terms wait for one another from here to the end of their
 * transactions, in the order of the terms, so that they never wait in a circle. The terms of stories that appear after `now` are
 * counted by `reindex` when they have appeared.
 */
export async function rememberTerms(
  transaction: Sql,
  prepared: readonly Pick<PreparedArticle, 'article' | 'blocks' | 'searched'>[],
  now: Date,
): Promise<void> {
  const stories = prepared.map((one) => ({ ...one, indexed: indexStory(one.searched, one.article) }));
  const found = stories.filter(({ article }) => article.pubStatus !== 'CANCELED');
  const isSeen = ({ article: { pubStatus, visibleFrom } }: IndexedArticle) =>
    pubStatus === 'USABLE' && visibleFrom !== null && visibleFrom <= now;
  const seen = found.filter(isSeen);
  const counted = countsOf(seen);
  const { known, former } = await termsBefore(
    transaction,
    [...counted.keys()],
    stories.map(({ article }) => article.id),
  );
  const changes = new Map(counted);
  for (const term of former) add(changes, term, -1);
  const rows = found.map((story) => profileOf(story, rarityOf(known, counted)));
  await putBodies(transaction, stories, isSeen);
  await forgetProfiles(transaction, stories);
  await insertRows(transaction, profiles, rows);
  await insertRows(transaction, keywords, rows.flatMap(keywordsOf));
  const isNew = (word: string) => !known.has(word);
  await count(transaction, changes, seen, isNew);
}

/** Takes withdrawn stories out of the terms. */
export async function forgetTerms(transaction: Sql, ids: readonly string[]): Promise<void> {
  const { former } = await termsBefore(transaction, [], ids);
  await forgetProfiles(
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

/** A story whose moment alone has changed. */
export async function moveInTime(
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

/** In how many of these stories each term stands; the empty one in all. */
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

/** What is known of some terms, and the terms of the stories as they stand, once for each story. */
async function termsBefore(transaction: Sql, words: readonly string[], ids: readonly string[]) {
  const result = await transaction.execute(sql`
    select word, stories, null::text[] as terms from ${vocabulary} where word = any(${sql.param(words)}::text[])
    union all
    select null, null, tsvector_to_array(search) from ${bodies}
    where article_id = any(${sql.param(ids)}::uuid[]) and search_form = ${searchForm} and length(search) > 0`);
  const { rows } = result as unknown as {
    rows: { word: string | null; stories: number; terms: string[] | null }[];
  };
  const known = new Map<string, number>();
  const former: string[] = [];
  for (const { word, stories, terms } of rows) {
    if (word !== null) known.set(word, stories);
    if (!terms) continue;
    const own = new Set(['']);
    for (const term of terms) if (!isFacet.test(term)) own.add(term).add(stemOf(term));
    former.push(...own);
  }
  return { known, former };
}

/** How rare a term is: 0 where half of the stories have it. */
function rarityOf(known: ReadonlyMap<string, number>, added: ReadonlyMap<string, number>) {
  const stories = (term: string) => (known.get(term) ?? 0) + (added.get(term) ?? 0);
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
    .slice(0, termsAsked);
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
  terms.slice(0, termsFound).map((keyword, place) => ({ keyword, weight: weights[place] ?? 0, articleId }));

async function forgetProfiles(transaction: Sql, stories: readonly { article: { id: string } }[]) {
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

/** Counts terms up and down, and keeps new words by their spellings and stems. One statement. */
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
  // Arrays, since PostgreSQL takes many short rows apart much faster from them than from JSON.
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

/** The keys of words, and the stems of each in the dictionaries of its languages, as a query. */
function keysOf(words: ReadonlyMap<string, ReadonlySet<string>>): SQL {
  const keys: string[] = [];
  const spelled: string[] = [];
  const wordsOf = new Map<string, string[]>();
  for (const [word, dictionaries] of words) {
    for (const key of spellingKeys(word)) {
      keys.push(key);
      spelled.push(word);
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
    select * from unnest(${sql.param(keys)}::text[], ${sql.param(spelled)}::text[]) as r(key, word)
    ${sql.join(stems, sql``)}`;
}
