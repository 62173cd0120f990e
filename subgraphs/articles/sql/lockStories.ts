/** Locks stories for update until the end of the transaction. */
import { eq, sql } from 'drizzle-orm';
import { isId } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import type { StoredStory } from '../story/prepare.ts';
import { articles } from '../tables.ts';
import type { ArticleRow } from './lists.ts';

/**
 * The stored values that a put may keep. Rows are locked in the order of the ids, so that concurrent puts do not
 * deadlock.
 */
export async function lockStories(
  transaction: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredStory>> {
  const { id, revision, pubStatus, withdrawnAt, withdrawnReason, removedAt, visibleFrom } = articles;
  const { datePublished, dateFirstPublished, embargoedUntil, corrections, relatedSlugs } = articles;
  const rows = await transaction
    .select({
      ...{ id, revision, pubStatus, withdrawnAt, withdrawnReason, removedAt, visibleFrom },
      ...{ datePublished, dateFirstPublished, embargoedUntil, corrections, relatedSlugs },
    })
    .from(articles)
    .where(sql`${articles.id} = any(${sql.param(ids)}::uuid[])`)
    .orderBy(articles.id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** One story with all columns; null if there is none. */
export async function lockStory(transaction: Sql, id: string): Promise<ArticleRow | null> {
  if (!isId(id)) return null;
  const [row] = await transaction.select().from(articles).where(eq(articles.id, id)).for('update');
  return row ?? null;
}
