/** What is derived of stories: where they are listed, what they are about, what they link to, what is found of them. */
import { type SQL, sql } from 'drizzle-orm';
import type { Sql } from '../../database.ts';
import { insertRows, recordsOf } from '../../rows.ts';
import { listedOf, type PreparedArticle } from '../story/prepare.ts';
import { articles, bodies, keywords, links, listings, slugs } from '../tables.ts';

/** Takes stories out of everything that is derived from them, by what their rows still say. */
export async function forget(transaction: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await forgetListed(transaction, ids);
  await transaction.delete(links).where(sql`${links.articleId} = any(${sql.param(ids)}::uuid[])`);
}

/** Takes stories out of what is ordered by the moment they appear, by what their rows still say. */
export async function forgetListed(transaction: Sql, ids: readonly string[]): Promise<void> {
  const old = sql`${articles} a where a.id = any(${sql.param(ids)}::uuid[])`;
  await transaction.execute(sql`
    delete from ${listings} l using ${old} and l.article_id = a.id and l.visible_from = a.visible_from
      and l.list_id = any(a.tag_ids || a.author_ids || a.section_id)`);
  await transaction.execute(sql`
    delete from ${keywords} k using ${old} and k.article_id = a.id and k.visible_from = a.visible_from
      and k.keyword = any(a.keywords)`);
}

/** Writes what is derived of stories whose rows are written. */
export async function remember(transaction: Sql, prepared: readonly PreparedArticle[]): Promise<void> {
  if (prepared.length === 0) return;
  await putBodies(transaction, prepared);
  const names = prepared.map(({ article }) => ({ slug: article.slug, articleId: article.id }));
  await insertRows(transaction, slugs, names, { replacing: ['slug'] });
  await keepFormerSlugs(transaction, prepared);
  await rememberListed(
    transaction,
    prepared.map(({ article }) => article),
  );
  await insertRows(
    transaction,
    links,
    prepared.flatMap((one) => one.links),
  );
}

/** Lists stories by the dates that they have; what was withdrawn is listed nowhere. */
export async function rememberListed(
  transaction: Sql,
  stories: readonly PreparedArticle['article'][],
): Promise<void> {
  const listed = stories.filter(({ pubStatus }) => pubStatus !== 'CANCELED').map(listedOf);
  await insertRows(
    transaction,
    listings,
    listed.flatMap((one) => one.listings),
  );
  await insertRows(
    transaction,
    keywords,
    listed.flatMap((one) => one.keywords),
  );
}

/** Another story's slug, present or old, stays that story's. */
async function keepFormerSlugs(transaction: Sql, prepared: readonly PreparedArticle[]): Promise<void> {
  const former = prepared.flatMap(({ article, formerSlugs }) =>
    formerSlugs.map((slug) => ({ slug, articleId: article.id })),
  );
  if (former.length > 0) await transaction.insert(slugs).values(former).onConflictDoNothing();
}

async function putBodies(transaction: Sql, prepared: readonly PreparedArticle[]): Promise<void> {
  const rows = prepared.map(({ article: { id: articleId }, blocks, freeText, searchParts, searchConfig }) => {
    const [title, summary] = searchParts;
    return { articleId, blocks, freeText, title, summary, config: searchConfig };
  });
  // A question does not tell its language: words of other languages than English are kept as they stand, too.
  const plain = sql`case when r.config in ('english', 'simple') then ''::tsvector else ${searchable(sql`'simple'`)} end`;
  await transaction.execute(sql`
    insert into ${bodies} (article_id, blocks, free_text, search)
    select r."articleId", r.blocks, r."freeText", ${searchable(sql`r.config`)} || ${plain} from ${recordsOf(bodies, rows)}
    on conflict (article_id) do update
      set blocks = excluded.blocks, free_text = excluded.free_text, search = excluded.search`);
}

/** A story's words by one language's rules: headline before summary before text. */
function searchable(config: SQL): SQL {
  return sql`setweight(to_tsvector(${config}::regconfig, r.title), 'A')
    || setweight(to_tsvector(${config}::regconfig, r.summary), 'B')
    || setweight(to_tsvector(${config}::regconfig, r."freeText"), 'C')`;
}
