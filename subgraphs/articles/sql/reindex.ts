/** Indexes stories again that were indexed by earlier rules, or before they were published. */
import { and, eq, gte, lte, or, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { inPut } from '../../store/putContent.ts';
import { articles, bodies } from '../tables.ts';
import { searchForm, writeTerms } from './terms.ts';

const atOnce = 100;

/** Resolves when no story is left to index; several processes share the work. Only reads if there is nothing to do. */
export async function reindex(db: Sql, clock: () => Date): Promise<void> {
  while ((await hasStoriesToIndex(db, clock())) && (await inPut(db, (it) => reindexSome(it, clock()))) > 0);
}

const toIndex = (now: Date) => {
  const isOld = gte(bodies.searchForm, 0);
  const hasAppeared = and(eq(articles.pubStatus, 'USABLE'), lte(articles.visibleFrom, now));
  return and(sql`${bodies.searchForm} < ${sql.raw(String(searchForm))}`, or(isOld, hasAppeared));
};

async function hasStoriesToIndex(db: Sql, now: Date): Promise<boolean> {
  const rows = await db
    .select({ id: bodies.articleId })
    .from(bodies)
    .innerJoin(articles, eq(articles.id, bodies.articleId))
    .where(toIndex(now))
    .limit(1);
  return rows.length > 0;
}

async function reindexSome(transaction: Sql, now: Date): Promise<number> {
  const rows = await transaction
    .select({ article: articles, blocks: bodies.blocks, freeText: bodies.freeText })
    .from(bodies)
    .innerJoin(articles, eq(articles.id, bodies.articleId))
    .where(toIndex(now))
    .orderBy(articles.id)
    .limit(atOnce)
    .for('update', { skipLocked: true });
  if (rows.length === 0) return 0;
  const stories = rows.map(({ article, blocks, freeText }) => {
    const { headline, kicker, standfirst } = article;
    const summary = [kicker, standfirst].filter(Boolean).join(' ');
    return { article, blocks, searched: { headline, summary, freeText } };
  });
  await writeTerms(transaction, stories, now);
  return rows.length;
}
