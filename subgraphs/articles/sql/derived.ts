/** Data derived from stories: listings, links and, in terms.ts, search terms. */
import { sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { insertRows } from '../../store/writeRows.ts';
import { listingsOf, type PreparedArticle } from '../story/prepare.ts';
import { articles, links, listings, slugs } from '../tables.ts';
import { deleteTerms, updateTimeTerms, writeTerms } from './terms.ts';

/**
 * Deletes listings and links of stories, according to their stored rows. Search data is replaced or deleted separately.
 */
export async function deleteDerived(transaction: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await deleteListings(transaction, ids);
  await transaction.delete(links).where(sql`${links.articleId} = any(${sql.param(ids)}::uuid[])`);
}

/** Deletes the listings of stories, which are ordered by publication time, according to their stored rows. */
export async function deleteListings(transaction: Sql, ids: readonly string[]): Promise<void> {
  await transaction.execute(sql`
    delete from ${listings} l using ${articles} a where a.id = any(${sql.param(ids)}::uuid[])
      and l.article_id = a.id and l.visible_from = a.visible_from
      and l.list_id = any(a.tag_ids || a.author_ids || a.section_id)`);
}

/** Deletes all derived data of withdrawn stories, so that no list or search finds them. */
export async function deleteDerivedOfWithdrawn(transaction: Sql, ids: readonly string[]): Promise<void> {
  await deleteDerived(transaction, ids);
  await deleteTerms(transaction, ids);
}

/** Writes the derived data of stories whose rows are written. */
export async function writeDerived(
  transaction: Sql,
  prepared: readonly PreparedArticle[],
  now: Date,
): Promise<void> {
  if (prepared.length === 0) return;
  const names = prepared.map(({ article }) => ({ slug: article.slug, articleId: article.id }));
  await insertRows(transaction, slugs, names, { replacing: ['slug'] });
  await writeFormerSlugs(transaction, prepared);
  await writeListings(
    transaction,
    prepared.map(({ article }) => article),
  );
  await insertRows(
    transaction,
    links,
    prepared.flatMap((one) => one.links),
  );
  // Last, since many stories share the rows that count their terms: the row locks are held for a short time.
  await writeTerms(transaction, prepared, now);
}

/** Lists a story under its new publication time, if nothing else has changed. */
export async function updateListings(transaction: Sql, story: PreparedArticle['article']): Promise<void> {
  await writeListings(transaction, [story]);
  await updateTimeTerms(transaction, story);
}

/** A withdrawn story is in no list. */
function writeListings(transaction: Sql, stories: readonly PreparedArticle['article'][]) {
  const visible = stories.filter(({ pubStatus }) => pubStatus !== 'CANCELED');
  return insertRows(transaction, listings, visible.flatMap(listingsOf));
}

/** A slug that another story has or had stays with that story. */
async function writeFormerSlugs(transaction: Sql, prepared: readonly PreparedArticle[]): Promise<void> {
  const former = prepared.flatMap(({ article, formerSlugs }) =>
    formerSlugs.map((slug) => ({ slug, articleId: article.id })),
  );
  if (former.length > 0) await transaction.insert(slugs).values(former).onConflictDoNothing();
}
