/** Full-text search over what anybody may read, ranked, with highlights. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { PageRequest } from '../../connection.ts';
import { type Sql, statementName } from '../../database.ts';
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

/** The newest so many matches are ranked: a word that every story has must not cost a look at every story. */
const rankedAtMost = 5_000;

/** Characters that no text holds mark what was found until the text around them is escaped. */
const marks = { open: '\u0001', close: '\u0002', between: '\u0003' };
const headlineOptions = `StartSel=${marks.open}, StopSel=${marks.close}, MaxFragments=3, MaxWords=24, MinWords=8, FragmentDelimiter=${marks.between}`;

export function openSearch(db: Sql, clock: () => Date) {
  const pages = new Map<string, ReturnType<typeof preparePage>>();
  const counts = new Map<string, ReturnType<typeof prepareCount>>();
  const preparePage = (name: string, condition: ArticleCondition, hasKey: boolean) =>
    pageOfMatches(db, condition, hasKey).prepare(statementName(name));
  const prepareCount = (name: string, condition: ArticleCondition) =>
    countOfMatches(db, condition).prepare(statementName(name));

  return {
    /** One page of what `words` finds, the best first; a row more than the limit where there is one. */
    async find(words: string, condition: ArticleCondition, { limit, key }: PageRequest): Promise<FoundRow[]> {
      const name = `search_${key ? 'after' : 'start'}_${formName(condition)}`;
      const statement = pages.get(name) ?? preparePage(name, condition, key !== undefined);
      pages.set(name, statement);
      const [score, id] = key ?? [];
      const values = {
        ...conditionValues(condition),
        words,
        now: clock().toISOString(),
        limit: limit + 1,
        score,
        id,
      };
      const rows = await statement.execute(values);
      return rows.map(({ article, score: found, excerpt }) => ({
        article,
        score: found,
        highlights: shown(excerpt),
      }));
    },

    async count(words: string, condition: ArticleCondition): Promise<number> {
      const name = `search_count_${formName(condition)}`;
      const statement = counts.get(name) ?? prepareCount(name, condition);
      counts.set(name, statement);
      const [row] = await statement.execute({
        ...conditionValues(condition),
        words,
        now: clock().toISOString(),
      });
      return row?.total ?? 0;
    },
  };
}

const formName = (condition: ArticleCondition) =>
  Object.entries(condition)
    .filter(([, value]) => value != null)
    .map(([name, value]) => (typeof value === 'boolean' ? `${name}${value}` : name))
    .sort()
    .join('_')
    .toLowerCase();

/** English words in all their forms, words of other languages as they stand. */
const question = sql`(websearch_to_tsquery('english', ${sql.placeholder('words')}::text)
  || websearch_to_tsquery('simple', ${sql.placeholder('words')}::text))`;

const matching = (condition: ArticleCondition): SQL =>
  and(sql`${bodies.search} @@ question.q`, isVisible(), ...conditionsOn(condition)) as SQL;

function pageOfMatches(db: Sql, condition: ArticleCondition, hasKey: boolean) {
  const after = hasKey
    ? sql`where (score, id) < (${sql.placeholder('score')}::numeric, ${sql.placeholder('id')}::uuid)`
    : sql``;
  const newest = sql`
    select ${articles.id} as id, round(ts_rank(${bodies.search}, question.q, 1)::numeric, 6) as score
    from question cross join ${bodies} join ${articles} on ${articles.id} = ${bodies.articleId}
    where ${matching(condition)}
    order by ${articles.datePublished} desc, ${articles.id} desc limit ${sql.raw(String(rankedAtMost))}`;
  const page = sql`
    with question as materialized (select ${question} as q), newest as (${newest})
    select question.q, newest.* from newest cross join question ${after}
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

function countOfMatches(db: Sql, condition: ArticleCondition) {
  return db
    .select({ total: sql<number>`count(*)::int` })
    .from(sql`(select ${question} as q) as question cross join ${bodies}`)
    .innerJoin(articles, eq(articles.id, bodies.articleId))
    .where(matching(condition))
    .$dynamic();
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
