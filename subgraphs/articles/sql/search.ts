/** Full-text search over what anybody may read, ranked, with highlights. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { PageRequest } from '../../connection.ts';
import { type Database, preparedForms, type Sql } from '../../database.ts';
import { escapeHtml } from '../story/html.ts';
import { articles, bodies } from '../tables.ts';
import { type ArticleCondition, type ArticleRow, conditionsOn, conditionValues } from './lists.ts';
import { isVisible } from './visible.ts';

export interface FoundRow {
  article: ArticleRow;
  /** As text, so that a cursor compares what was compared. */
  score: string;
  /** HTML: the words that were found stand in `mark`. */
  highlights: string[];
}

/**
 * Words that stand in so many stories say little: then only the newest matches are ranked, so that no question
 * costs a look at every story.
 */
const usualRareAtMost = 20_000;
const newestRanked = 2_000;
const newestSearched = 50_000;

/** A search is counted no further than this. */
const countedAtMost = 10_000;

/** Characters that no text holds mark what was found until the text around them is escaped. */
const marks = { open: '\u0001', close: '\u0002', between: '\u0003' };
const headlineOptions = `StartSel=${marks.open}, StopSel=${marks.close}, MaxFragments=3, MaxWords=24, MinWords=8, FragmentDelimiter=${marks.between}`;

/** `rareAtMost` is the bound up to which every match is ranked. */
export function openSearch(
  { sql: db, read }: Pick<Database, 'sql' | 'read'>,
  clock: () => Date,
  { rareAtMost = usualRareAtMost } = {},
) {
  const pages = preparedForms((name, form: Form) => read(name, pageOfMatches(db, form)));
  const counts = preparedForms((name, form: Form) => read(name, countOfMatches(db, form)));
  const rarity = read(
    'search_rarity',
    db.select({ matches: sql<number>`count(*)::int` }).from(
      sql`(select 1 from (select ${question} as q) as question cross join ${bodies}
        where ${bodies.search} @@ question.q limit ${sql.placeholder('limit')}) as probe`,
    ),
  );

  return {
    /** One page of what `words` finds, the best first; a row more than the limit where there is one. */
    async find(words: string, condition: ArticleCondition, { limit, key }: PageRequest): Promise<FoundRow[]> {
      const [some] = await rarity({ ...asked(words), limit: rareAtMost + 1 });
      const form = { condition, hasKey: key !== undefined, isRare: (some?.matches ?? 0) <= rareAtMost };
      const [score, id] = key ?? [];
      const values = {
        ...conditionValues(condition),
        ...asked(words),
        now: clock().toISOString(),
        limit: limit + 1,
        score,
        id,
      };
      const rows = await pages(nameOf('search', form), form)(values);
      return rows.map(({ article, score: found, excerpt }) => ({
        article,
        score: found,
        highlights: shown(excerpt),
      }));
    },

    /** How many stories match; `countedAtMost` where there are more. */
    async count(words: string, condition: ArticleCondition): Promise<number> {
      const form = { condition, hasKey: false, isRare: true };
      const [row] = await counts(
        nameOf('search_count', form),
        form,
      )({
        ...conditionValues(condition),
        ...asked(words),
        now: clock().toISOString(),
      });
      return row?.total ?? 0;
    },
  };
}

/** What the text of a statement depends on. */
interface Form {
  condition: ArticleCondition;
  hasKey: boolean;
  /** Whether every match is ranked. */
  isRare: boolean;
}

const nameOf = (what: string, { condition, hasKey, isRare }: Form) => {
  const on = Object.entries(condition).flatMap(([name, value]) =>
    value == null ? [] : [typeof value === 'boolean' ? `${name}${value}` : name],
  );
  return [what, isRare ? 'all' : 'newest', hasKey ? 'after' : 'start', ...on.sort()].join('_').toLowerCase();
};

/**
 * English words in all their forms, or words of other languages as they stand. English stories hold no words as
 * they stand, so a question that excludes some (`plain` is empty then) is asked in the first way alone.
 */
const question = sql`(websearch_to_tsquery('english', ${sql.placeholder('words')}::text)
  || websearch_to_tsquery('simple', ${sql.placeholder('plain')}::text))`;

const asked = (words: string) => ({ words, plain: /(^|\s)-\S/.test(words) ? '' : words });

const rankOf = (search: unknown) => sql`round(ts_rank(${search}, question.q, 1)::numeric, 6)`;

const everyMatch = (condition: ArticleCondition): SQL => sql`
  select ${articles.id} as id, ${rankOf(bodies.search)} as score
  from question cross join ${bodies} join ${articles} on ${articles.id} = ${bodies.articleId}
  where ${and(sql`${bodies.search} @@ question.q`, isVisible(), ...conditionsOn(condition))}`;

/** Goes back in time from now, looking into one story after another. */
const newestMatches = (condition: ArticleCondition): SQL => sql`
  select recent.id, ${rankOf(sql`found.search`)} as score
  from question cross join (
    select ${articles.id} as id, ${articles.visibleFrom} as date from ${articles}
    where ${and(isVisible(), ...conditionsOn(condition))}
    order by ${articles.visibleFrom} desc, ${articles.id} desc limit ${sql.raw(String(newestSearched))}
  ) as recent cross join lateral (
    select ${bodies.search} from ${bodies}
    where ${bodies.articleId} = recent.id and ${bodies.search} @@ question.q offset 0
  ) as found
  order by recent.date desc, recent.id desc limit ${sql.raw(String(newestRanked))}`;

function pageOfMatches(db: Sql, { condition, hasKey, isRare }: Form) {
  const after = hasKey
    ? sql`where (score, id) < (${sql.placeholder('score')}::numeric, ${sql.placeholder('id')}::uuid)`
    : sql``;
  const matches = isRare ? everyMatch(condition) : newestMatches(condition);
  const page = sql`
    with question as materialized (select ${question} as q), matches as (${matches})
    select question.q, matches.* from matches cross join question ${after}
    order by score desc, id desc limit ${sql.placeholder('limit')}`;
  return db
    .select({
      article: articles,
      score: sql<string>`f.score::text`,
      excerpt: sql<string>`ts_headline('english', ${articles.headline} || ${marks.between} || ${bodies.freeText}, f.q, ${headlineOptions})`,
    })
    .from(sql`(${page}) as f`)
    .innerJoin(articles, eq(articles.id, sql`f.id`))
    .innerJoin(bodies, eq(bodies.articleId, sql`f.id`))
    .orderBy(sql`f.score desc`, sql`f.id desc`)
    .$dynamic();
}

function countOfMatches(db: Sql, { condition }: Form) {
  const some = sql`
    select 1 from (select ${question} as q) as question cross join ${bodies}
    join ${articles} on ${articles.id} = ${bodies.articleId}
    where ${and(sql`${bodies.search} @@ question.q`, isVisible(), ...conditionsOn(condition))}
    limit ${sql.raw(String(countedAtMost))}`;
  return db.select({ total: sql<number>`count(*)::int` }).from(sql`(${some}) as probe`).$dynamic();
}

/** The fragments in which something was found, as HTML. */
function shown(excerpt: string): string[] {
  return excerpt
    .split(marks.between)
    .filter((fragment) => fragment.includes(marks.open))
    .map((fragment) =>
      escapeHtml(fragment.trim()).replaceAll(marks.open, '<mark>').replaceAll(marks.close, '</mark>'),
    );
}
