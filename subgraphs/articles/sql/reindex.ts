/** Stories that were indexed by earlier rules, indexed anew: after an update, before the first question is answered. */
import { eq, sql } from 'drizzle-orm';
import type { Sql } from '../../database.ts';
import { inPut } from '../../put.ts';
import { articles, bodies } from '../tables.ts';
import { rememberTerms, searchForm } from './terms.ts';

const atOnce = 100;

/** Resolves when no story is left that nobody indexes; several processes share the work. */
export async function reindex(db: Sql): Promise<void> {
  while ((await inPut(db, reindexSome)) > 0);
}

async function reindexSome(transaction: Sql): Promise<number> {
  const rows = await transaction
    .select({ article: articles, blocks: bodies.blocks, freeText: bodies.freeText })
    .from(bodies)
    .innerJoin(articles, eq(articles.id, bodies.articleId))
    .where(sql`${bodies.searchForm} < ${sql.raw(String(searchForm))}`)
    .orderBy(articles.id)
    .limit(atOnce)
    .for('update', { skipLocked: true });
  if (rows.length === 0) return 0;
  const stories = rows.map(({ article, blocks, freeText }) => {
    const { headline, kicker, standfirst } = article;
    const summary = [kicker, standfirst].filter(Boolean).join(' ');
    return { article, blocks, searched: { headline, summary, freeText } };
  });
  await rememberTerms(transaction, stories);
  return rows.length;
}
