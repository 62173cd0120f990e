/** Stories that were indexed by earlier rules, or before readers could see them, indexed anew. */
import { and, eq, lte, or, sql } from 'drizzle-orm';
import type { Sql } from '../../database.ts';
import { inPut } from '../../put.ts';
import { articles, bodies } from '../tables.ts';
import { rememberTerms, searchForm, uncountedForm } from './terms.ts';

const atOnce = 100;

/** Resolves when no story is left that nobody indexes; several processes share the work. */
export async function reindex(db: Sql, clock: () => Date): Promise<void> {
  while ((await inPut(db, (transaction) => reindexSome(transaction, clock()))) > 0);
}

async function reindexSome(transaction: Sql, now: Date): Promise<number> {
  const isOld = sql`${bodies.searchForm} between 0 and ${sql.raw(String(searchForm - 1))}`;
  const hasAppeared = and(
    eq(bodies.searchForm, uncountedForm),
    eq(articles.pubStatus, 'USABLE'),
    lte(articles.visibleFrom, now),
  );
  const rows = await transaction
    .select({ article: articles, blocks: bodies.blocks, freeText: bodies.freeText })
    .from(bodies)
    .innerJoin(articles, eq(articles.id, bodies.articleId))
    .where(and(sql`${bodies.searchForm} < ${sql.raw(String(searchForm))}`, or(isOld, hasAppeared)))
    .orderBy(articles.id)
    .limit(atOnce)
    .for('update', { skipLocked: true });
  if (rows.length === 0) return 0;
  const stories = rows.map(({ article, blocks, freeText }) => {
    const { headline, kicker, standfirst } = article;
    const summary = [kicker, standfirst].filter(Boolean).join(' ');
    return { article, blocks, searched: { headline, summary, freeText } };
  });
  await rememberTerms(transaction, stories, now);
  return rows.length;
}
