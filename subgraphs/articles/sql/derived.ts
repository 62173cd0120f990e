/** What is derived of stories: where they are listed, what they link to, and, in terms.ts, what they are found by. */
import { sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { insertRows } from '../../store/writeRows.ts';
import { listingsOf, type PreparedArticle } from '../story/prepare.ts';
import { articles, links, listings, slugs } from '../tables.ts';
import { forgetTerms, moveInTime, rememberTerms } from './terms.ts';

/** Takes stories out of what is derived from them, by what their rows still say; what they are found by is replaced or goes later. */
export async function forget(transaction: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await forgetListed(transaction, ids);
  await transaction.delete(links).where(sql`${links.articleId} = any(${sql.param(ids)}::uuid[])`);
}

/** Takes stories out of what is ordered by the moment they appear, by what their rows still say. */
export async function forgetListed(transaction: Sql, ids: readonly string[]): Promise<void> {
  await transaction.execute(sql`
    delete from ${listings} l using ${articles} a where a.id = any(${sql.param(ids)}::uuid[])
      and l.article_id = a.id and l.visible_from = a.visible_from
      and l.list_id = any(a.tag_ids || a.author_ids || a.section_id)`);
}

/** For stories that are taken back: nothing finds them any more. */
export async function forgetWithdrawn(transaction: Sql, ids: readonly string[]): Promise<void> {
  await forget(transaction, ids);
  await forgetTerms(transaction, ids);
}

/** Writes what is derived of stories whose rows are written. */
export async function remember(
  transaction: Sql,
  prepared: readonly PreparedArticle[],
  now: Date,
): Promise<void> {
  if (prepared.length === 0) return;
  const names = prepared.map(({ article }) => ({ slug: article.slug, articleId: article.id }));
  await insertRows(transaction, slugs, names, { replacing: ['slug'] });
  await keepFormerSlugs(transaction, prepared);
  await listStories(
    transaction,
    prepared.map(({ article }) => article),
  );
  await insertRows(
    transaction,
    links,
    prepared.flatMap((one) => one.links),
  );
  // Last, since many stories share the rows that count their terms: nobody waits for long.
  await rememberTerms(transaction, prepared, now);
}

/** Lists stories at the moment at which they appear; for one whose moment alone has changed. */
export async function rememberListed(transaction: Sql, story: PreparedArticle['article']): Promise<void> {
  await listStories(transaction, [story]);
  await moveInTime(transaction, story);
}

/** What was withdrawn is listed nowhere. */
function listStories(transaction: Sql, stories: readonly PreparedArticle['article'][]) {
  const listed = stories.filter(({ pubStatus }) => pubStatus !== 'CANCELED');
  return insertRows(transaction, listings, listed.flatMap(listingsOf));
}

/** Another story's slug, present or old, stays that story's. */
async function keepFormerSlugs(transaction: Sql, prepared: readonly PreparedArticle[]): Promise<void> {
  const former = prepared.flatMap(({ article, formerSlugs }) =>
    formerSlugs.map((slug) => ({ slug, articleId: article.id })),
  );
  if (former.length > 0) await transaction.insert(slugs).values(former).onConflictDoNothing();
}
