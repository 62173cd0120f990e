/** Stories held for whoever changes them: nobody else changes one before the transaction ends. */
import { eq, sql } from 'drizzle-orm';
import { isId } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import type { StoredStory } from '../story/prepare.ts';
import { articles } from '../tables.ts';
import type { ArticleRow } from './lists.ts';

/** What a put may leave as it is, of the stories of these ids; in the order of the ids, so that puts that meet do not wait for one another. */
export async function holdStories(
  transaction: Sql,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StoredStory>> {
  const { id, revision, pubStatus, withdrawnAt, withdrawnReason } = articles;
  const { datePublished, dateFirstPublished, embargoedUntil, corrections, relatedSlugs } = articles;
  const rows = await transaction
    .select({
      ...{ id, revision, pubStatus, withdrawnAt, withdrawnReason },
      ...{ datePublished, dateFirstPublished, embargoedUntil, corrections, relatedSlugs },
    })
    .from(articles)
    .where(sql`${articles.id} = any(${sql.param(ids)}::uuid[])`)
    .orderBy(articles.id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}

/** One story, whole; null where there is none. */
export async function holdStory(transaction: Sql, id: string): Promise<ArticleRow | null> {
  if (!isId(id)) return null;
  const [row] = await transaction.select().from(articles).where(eq(articles.id, id)).for('update');
  return row ?? null;
}
