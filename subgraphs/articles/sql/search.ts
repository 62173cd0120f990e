/** Full-text search over public text, with ranking and highlights. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { KeysetPageRequest } from '../../graph/connection.ts';
import { type Database, preparedForms, type Sql } from '../../store/database.ts';
import { highlightsOf } from '../story/highlights.ts';
import { breakingFacet, publicFacet } from '../story/indexed.ts';
import { parseQuery, type SearchQuery } from '../story/question.ts';
import { articles, bodies, lists } from '../tables.ts';
import { type ArticleCondition, conditionsOn, conditionValues } from './conditions.ts';
import { openExpand } from './expand.ts';
import type { ArticleRow } from './lists.ts';
import { type Compiled, compileQuestion, narrowings } from './searchQuery.ts';
import { isVisible } from './visible.ts';

export interface SearchRow {
  article: ArticleRow;
  /** As text, so that the cursor holds exactly the value that was compared. */
  score: string;
  /** HTML, with the matches in `mark`. */
  highlights: string[];
}

export interface SearchResult {
  rows: SearchRow[];
  /** The number of matching stories; `countedAtMost` if there are more. */
  count: () => Promise<number>;
  /** A corrected query, if hardly any story contains one of its words and the correction finds stories. */
  suggestion: () => Promise<string | null>;
}

/**
 * Queries that may match more stories than this return the newest matches, and those with all words in the headline.
 */
const usualRareAtMost = 1_500;
/** The maximum number of ranked matches. */
const rankedAtMost = 1_500;
/** The limit of counts. */
export const countedAtMost = 1_000;

/** Weights of matches in the text, below the headline and in the headline; and of prefix and spelling matches. */
const labels = '{0.1, 0.25, 0.5, 1}';
const weights = { near: 0.5, title: 0.6, row: 1, length: 0.1, recent: 0.1 };

/** `rareAtMost` is the limit up to which every match is considered. */
export function openSearch(
  { sql: db, read }: Pick<Database, 'sql' | 'read'>,
  clock: () => Date,
  { rareAtMost = usualRareAtMost } = {},
) {
  const expand = openExpand({ sql: db, read });
  const pages = preparedForms((name, form: Form) => read(name, pageOfMatches(db, form)));
  const counts = preparedForms((name, form: Form) => read(name, countOfMatches(db, form)));

  const valuesOf = (compiled: Compiled, condition: ArticleCondition) => {
    const now = clock();
    return {
      ...conditionValues(condition),
      query: compiled.query,
      narrow: narrowings(compiled, { now, isRare: compiled.stories <= rareAtMost }),
      now: now.toISOString(),
    };
  };

  const compile = async (searchQuery: SearchQuery) => compileQuestion(searchQuery, await expand(searchQuery));
  const countOf = async (compiled: Compiled, condition: ArticleCondition): Promise<number> => {
    const form = { condition, hasKey: false };
    const values = valuesOf(compiled, condition);
    // Stories with all words in the headline are also among those of each period.
    const narrow = values.narrow.length > 1 ? values.narrow.slice(1) : values.narrow;
    const [row] = await counts(nameOf('search_count', form), form)({ ...values, narrow });
    return row?.total ?? 0;
  };
  const count = async (words: string, condition: ArticleCondition) =>
    countOf(await compile(parseQuery(words).query), condition);

  return {
    /** One page of results, the best first, with one extra row if there are more. */
    async find(
      query: string | SearchQuery,
      condition: ArticleCondition,
      { limit, key }: KeysetPageRequest,
    ): Promise<SearchResult> {
      const searchQuery = typeof query === 'string' ? parseQuery(query).query : query;
      if (searchQuery.length === 0) return { rows: [], count: async () => 0, suggestion: async () => null };
      const compiled = await compile(searchQuery);
      const form = { condition, hasKey: key !== undefined };
      const [score, id] = key ?? [];
      const page = { ...compiled.ranks, limit: limit + 1, score, id };
      const rows = await pages(nameOf('search', form), form)({ ...valuesOf(compiled, condition), ...page });
      const { suggestion, marked } = compiled;
      return {
        rows: rows.map(({ article, score: value, freeText }) => ({
          article,
          score: value,
          highlights: highlightsOf(article.headline, freeText, marked),
        })),
        count: () => countOf(compiled, condition),
        suggestion: async () =>
          suggestion !== null && (await count(suggestion, condition)) > 0 ? suggestion : null,
      };
    },

    /** The number of stories that match `words`; `countedAtMost` if there are more. */
    count,
  };
}

/** The properties that determine the text of a statement. */
interface Form {
  condition: ArticleCondition;
  hasKey: boolean;
}

const nameOf = (what: string, { condition, hasKey }: Form) => {
  const on = Object.entries(condition).flatMap(([name, value]) =>
    value == null ? [] : [typeof value === 'boolean' ? `${name}${value}` : name],
  );
  return [what, hasKey ? 'after' : 'start', ...on.sort()].join('_').toLowerCase();
};

const facetOfId = (id: SQL) => sql`'''#' || substr(replace(${id}::text, '-', ''), 1, 16) || ''''`;
const anyOf = (facet: SQL, from: SQL) => sql`(select string_agg(${facet}, ' | ')::tsquery from ${from})`;
const namedLists = (kind: string, name: string) => sql`${lists} l
  where l.kind = ${sql.raw(`'${kind}'`)} and l.slug = any(${sql.placeholder(name)}::text[])`;

/** Filter conditions as terms of the index, so that it evaluates them without reading the stories. */
const facets: { [Name in keyof ArticleCondition]: (on: unknown) => SQL } = {
  sectionSlugs: () => anyOf(facetOfId(sql`l.id`), namedLists('SECTION', 'sectionSlugs')),
  tagSlugs: () => anyOf(facetOfId(sql`l.id`), namedLists('TAG', 'tagSlugs')),
  authorSlugs: () => anyOf(facetOfId(sql`l.id`), namedLists('AUTHOR', 'authorSlugs')),
  authorIds: () => anyOf(facetOfId(sql`t.id`), sql`unnest(${sql.placeholder('authorIds')}::uuid[]) as t(id)`),
  genres: () =>
    anyOf(sql`'''^' || t.genre || ''''`, sql`unnest(${sql.placeholder('genres')}::text[]) as t(genre)`),
  inLanguage: () =>
    sql`('''~' || split_part(lower(${sql.placeholder('inLanguage')}::text), '-', 1) || '''')::tsquery`,
  breaking: (on) => facet(breakingFacet, on),
  isAccessibleForFree: (on) => facet(publicFacet, on),
};
const facet = (term: string, on: unknown) => sql`${on ? `'${term}'` : `!'${term}'`}::tsquery`;

/** The search query combined with the conditions that the index holds. */
function wholeQuestion(condition: ArticleCondition): SQL {
  const filters = Object.entries(condition).flatMap(([name, value]) => {
    const toFacet = facets[name as keyof ArticleCondition];
    return value == null || !toFacet ? [] : [toFacet(value)];
  });
  return sql.join([sql`${sql.placeholder('query')}::tsquery`, ...filters], sql` && `);
}

/** The matches, from one restriction of the query after another until there are enough. */
function matchesOf(condition: ArticleCondition, most: number): SQL {
  const limit = sql.raw(String(most));
  return sql`
    select found.id, found.time, found.search
    from (select ${wholeQuestion(condition)} as q) as question
    cross join unnest(${sql.placeholder('narrow')}::text[]) as narrow(part)
    cross join lateral (
      select ${articles.id} as id, ${articles.visibleFrom} as time, match.search
      from (
        select ${bodies.articleId} as id, ${bodies.search} as search from ${bodies}
        where ${bodies.search} @@ (case when narrow.part = '' then question.q else question.q && narrow.part::tsquery end)
        offset 0) as match join ${articles} on ${articles.id} = match.id
      where ${and(isVisible(), ...conditionsOn(condition))}
      limit ${limit}) as found
    limit ${limit}`;
}

function pageOfMatches(db: Sql, { condition, hasKey }: Form) {
  const after = hasKey
    ? sql`where (score, id) < (${sql.placeholder('score')}::numeric, ${sql.placeholder('id')}::uuid)`
    : sql``;
  const weight = (value: number) => sql.raw(String(value));
  const has = (name: string) => sql`(flat.search @@ ${sql.placeholder(name)}::tsquery)::int`;
  // The vector is decompressed once, since each word reads it.
  const page = sql`
    with matches as materialized (${matchesOf(condition, rankedAtMost)}),
    once as (select distinct on (id) id, time, search from matches order by id),
    ranked as (
      select flat.id, round(((words.score + ${weight(weights.title)} * ${has('titleQuery')} + ${weight(weights.row)} * ${has('rowQuery')})
          / (1 + ${weight(weights.length)} * ln(1 + length(flat.search)))
          * (1 + ${weight(weights.recent)} * exp(- greatest(0, ${sql.placeholder('now')}::timestamptz::date - flat.time::date)::float8 / 365.25))
        )::numeric, 6) as score
      from (select id, time, search || ''::tsvector as search from once offset 0) as flat
      cross join lateral (
        select coalesce(sum(w.weight * (ts_rank(${labels}, flat.search, w.same::tsquery)
          + ${weight(weights.near)} * ts_rank(${labels}, flat.search, w.near::tsquery))), 0)::float8 as score
        from unnest(${sql.placeholder('same')}::text[], ${sql.placeholder('near')}::text[], ${sql.placeholder('rarity')}::float8[])
          as w(same, near, weight)) as words)
    select id, score from ranked ${after} order by score desc, id desc limit ${sql.placeholder('limit')}`;
  return db
    .select({ article: articles, score: sql<string>`f.score::text`, freeText: bodies.freeText })
    .from(sql`(${page}) as f`)
    .innerJoin(articles, eq(articles.id, sql`f.id`))
    .innerJoin(bodies, eq(bodies.articleId, sql`f.id`))
    .orderBy(sql`f.score desc`, sql`f.id desc`)
    .$dynamic();
}

function countOfMatches(db: Sql, { condition }: Form) {
  return db
    .select({ total: sql<number>`count(*)::int` })
    .from(sql`(${matchesOf(condition, countedAtMost)}) as probe`)
    .$dynamic();
}
