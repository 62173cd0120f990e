/** Stories, sections, tags and contributors coming in: all of a list in one transaction, or none of it. */
import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Sql } from '../../database.ts';
import { idOf } from '../../identity.ts';
import { recordChanges } from '../../outbox.ts';
import { hashOf, inPut, type Put, type PutOutcome, putRows } from '../../put.ts';
import { insertRows, recordsOf } from '../../rows.ts';
import { slugOf } from '../../slug.ts';
import type { ArticleContent, ContributorContent, TopicContent } from '../content.ts';
import { type KnownLists, type PreparedArticle, prepareArticle, type StoredStory } from '../story/prepare.ts';
import {
  articles,
  bodies,
  keywords,
  type ListKind,
  links,
  listings,
  lists,
  outbox,
  slugs,
} from '../tables.ts';

export function openWriting(db: Sql, clock: () => Date) {
  const putLists = (rows: Omit<typeof lists.$inferInsert, 'contentHash'>[], type: string, by: string) =>
    inPut(db, async (transaction) => {
      const hashed = rows.map((row) => ({ ...row, contentHash: hashOf(row) }));
      const kind = hashed[0]?.kind ?? 'TAG';
      const slugOwners = (names: string[]) => ownersOfLists(transaction, kind, names);
      const putting = { table: lists, outbox, type, rows: hashed, by, at: clock(), slugOwners };
      return (await putRows(transaction, putting)).outcomes;
    });
  const topics = (kind: 'SECTION' | 'TAG', items: readonly TopicContent[]) =>
    items.map(({ sourceId, slug, name, description }) => ({
      id: idOf(kind.toLowerCase(), sourceId),
      kind,
      slug: slugOf(slug),
      name,
      description: description ?? null,
    }));

  return {
    putSections: ((items, by) =>
      putLists(topics('SECTION', items), 'Section', by)) satisfies Put<TopicContent>,

    putTags: ((items, by) => putLists(topics('TAG', items), 'Tag', by)) satisfies Put<TopicContent>,

    putContributors: ((items, by) => {
      const rows = items.map(({ id, name, slug }) => ({
        id,
        kind: 'AUTHOR' as const,
        slug,
        name,
        description: null,
      }));
      return putLists(rows, 'Author', by);
    }) satisfies Put<ContributorContent>,

    putArticles: ((items, by) =>
      inPut(db, (transaction) => putArticles(transaction, items, by, clock()))) satisfies Put<ArticleContent>,

    /**
     * Takes a story back for good: from now on it is gone, with its reason, and a later put changes its text but
     * brings it back to nobody. False where there is none to take back.
     */
    withdraw: (id: string, reason: string, by: string): Promise<boolean> =>
      inPut(db, async (transaction) => {
        const at = clock();
        const gone = await transaction
          .update(articles)
          .set({
            ...{ pubStatus: 'CANCELED', withdrawnAt: at, withdrawnReason: reason, dateModified: at },
            revision: sql`${articles.revision} + 1`,
          })
          .where(and(eq(articles.id, id), sql`${articles.pubStatus} <> 'CANCELED'`))
          .returning({ id: articles.id });
        await forget(
          transaction,
          gone.map((row) => row.id),
        );
        await recordChanges(
          transaction,
          outbox,
          gone.map((row) => ({ type: 'Article', id: row.id, change: 'withdrawn' as const })),
          { by, at },
        );
        return gone.length > 0;
      }),
  };
}

async function ownersOfLists(transaction: Sql, kind: ListKind, names: string[]) {
  const rows = await transaction
    .select({ slug: lists.slug, id: lists.id })
    .from(lists)
    .where(and(eq(lists.kind, kind), inArray(lists.slug, names)));
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

/** Puts stories within a transaction. */
export async function putArticles(
  transaction: Sql,
  items: readonly ArticleContent[],
  by: string,
  at: Date,
): Promise<PutOutcome[]> {
  const known = await knownLists(transaction, items);
  const stored = await holdStories(
    transaction,
    items.map(({ sourceId }) => idOf('article', sourceId)),
  );
  const prepared = items.map((item) => {
    const standing = stored.get(idOf('article', item.sourceId));
    return prepareArticle(item, { known, stored: standing, now: at });
  });
  const { outcomes, written } = await putRows(transaction, {
    table: articles,
    outbox,
    type: 'Article',
    rows: prepared.map(({ article }) => article),
    by,
    at,
    slugOwners: (names) => ownersOfSlugs(transaction, names),
    beforeUpdate: (ids) => forget(transaction, ids),
    changeOf: ({ pubStatus }) => (pubStatus === 'CANCELED' ? 'withdrawn' : 'updated'),
  });
  const latest = new Map(prepared.map((one) => [one.article.id, one]));
  await remember(
    transaction,
    written.flatMap((article) => {
      const one = latest.get(article.id);
      return one ? [{ ...one, article }] : [];
    }),
  );
  return outcomes;
}

/** Whose a slug is or once was: an old one goes on leading to its story, so nobody else gets it. */
async function ownersOfSlugs(transaction: Sql, names: string[]) {
  const rows = await transaction.select().from(slugs).where(inArray(slugs.slug, names));
  return new Map(rows.map(({ slug, articleId }) => [slug, articleId]));
}

/** The stories of these ids, held until the transaction ends: nobody changes one between our look and our writing. */
async function holdStories(
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

async function knownLists(transaction: Sql, items: readonly ArticleContent[]): Promise<KnownLists> {
  const sectionSlugs = [...new Set(items.map(({ sectionSlug }) => sectionSlug))];
  const tagSlugs = [...new Set(items.flatMap(({ tagSlugs: slugs }) => slugs ?? []))];
  const authorIds = [
    ...new Set(items.flatMap(({ bylines }) => bylines?.flatMap(({ authorId }) => authorId ?? []) ?? [])),
  ];
  const rows = await transaction
    .select({ id: lists.id, kind: lists.kind, slug: lists.slug })
    .from(lists)
    .where(sql`(${lists.kind} = 'SECTION' and ${lists.slug} = any(${sql.param(sectionSlugs)}::text[]))
      or (${lists.kind} = 'TAG' and ${lists.slug} = any(${sql.param(tagSlugs)}::text[]))
      or (${lists.kind} = 'AUTHOR' and ${lists.id} = any(${sql.param(authorIds)}::uuid[]))`);
  const idsOf = (kind: ListKind) =>
    new Map(rows.filter((row) => row.kind === kind).map(({ slug, id }) => [slug, id]));
  return { sections: idsOf('SECTION'), tags: idsOf('TAG'), authors: new Set(idsOf('AUTHOR').values()) };
}

/** Takes stories out of everything that is derived from them, by what their rows still say. */
async function forget(transaction: Sql, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  const old = sql`${articles} a where a.id = any(${sql.param(ids)}::uuid[])`;
  await transaction.execute(sql`
    delete from ${listings} l using ${old} and l.article_id = a.id and l.date_published = a.date_published
      and l.list_id = any(a.tag_ids || a.author_ids || a.section_id)`);
  await transaction.execute(sql`
    delete from ${keywords} k using ${old} and k.article_id = a.id and k.date_published = a.date_published
      and k.keyword = any(a.keywords)`);
  await transaction.delete(links).where(sql`${links.articleId} = any(${sql.param(ids)}::uuid[])`);
}

async function remember(transaction: Sql, prepared: readonly PreparedArticle[]): Promise<void> {
  if (prepared.length === 0) return;
  await putBodies(transaction, prepared);
  const names = prepared.map(({ article }) => ({ slug: article.slug, articleId: article.id }));
  await insertRows(transaction, slugs, names, { replacing: ['slug'] });
  const listed = prepared.filter(({ article }) => article.pubStatus !== 'CANCELED');
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
  await insertRows(
    transaction,
    links,
    prepared.flatMap((one) => one.links),
  );
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
