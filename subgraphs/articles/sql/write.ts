/** Puts stories, sections, tags and contributors, each list in one transaction, all or none. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { idOf } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import { hashOf, inPut, type Put, type PutOutcome, putRows } from '../../store/putContent.ts';
import { slugOf } from '../../store/slug.ts';
import type { ArticleContent, ContributorContent, TopicContent } from '../content.ts';
import { type ExistingLists, type PreparedArticle, prepareArticle } from '../story/prepare.ts';
import { articles, type ListKind, lists, outbox, slugs } from '../tables.ts';
import { deleteDerived, writeDerived } from './derived.ts';
import { lockStories } from './lockStories.ts';

export function openWriting(db: Sql, clock: () => Date) {
  const putLists = (rows: NewList[], type: string, by: string) =>
    inPut(db, (transaction) => putListRows(transaction, { rows, type, by, at: clock() }));
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

    putContributors: ((items, by) =>
      putLists(items.map(contributorOf), 'Author', by)) satisfies Put<ContributorContent>,

    putArticles: ((items, by) =>
      inPut(db, (transaction) =>
        putArticles(transaction, items, { by, at: clock() }),
      )) satisfies Put<ArticleContent>,
  };
}

/** The author and the time of a change. */
export interface ChangeAuthor {
  by: string;
  at: Date;
}

type NewList = Omit<typeof lists.$inferInsert, 'contentHash'>;

/** The row of a contributor. */
export const contributorOf = ({ id, name, slug }: ContributorContent): NewList => ({
  id,
  kind: 'AUTHOR',
  slug,
  name,
  description: null,
});

/** Puts sections, tags or contributors, all of one kind, within a transaction. */
export async function putListRows(
  transaction: Sql,
  { rows, type, by, at }: ChangeAuthor & { rows: readonly NewList[]; type: string },
): Promise<PutOutcome[]> {
  const hashed = rows.map((row) => ({ ...row, contentHash: hashOf(row) }));
  const kind = hashed[0]?.kind ?? 'TAG';
  const slugOwners = (names: string[]) => ownersOfLists(transaction, kind, names);
  return (await putRows(transaction, { table: lists, outbox, type, rows: hashed, by, at, slugOwners }))
    .outcomes;
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
  author: ChangeAuthor,
): Promise<PutOutcome[]> {
  const lists = await knownLists(transaction, items);
  const idsOfItems = items.map(({ sourceId }) => idOf('article', sourceId));
  const stored = await lockStories(transaction, idsOfItems);
  const prepared = items.map((item, place) =>
    prepareArticle(item, { lists, stored: stored.get(idsOfItems[place] ?? ''), now: author.at }),
  );
  return putPrepared(transaction, prepared, author);
}

/** Writes prepared stories where they differ from the stored ones, and records the changes. */
export async function putPrepared(
  transaction: Sql,
  prepared: readonly PreparedArticle[],
  { by, at }: ChangeAuthor,
): Promise<PutOutcome[]> {
  const { outcomes, written } = await putRows(transaction, {
    table: articles,
    outbox,
    type: 'Article',
    rows: prepared.map(({ article }) => article),
    by,
    at,
    slugOwners: (names) => ownersOfSlugs(transaction, names),
    beforeUpdate: (ids) => deleteDerived(transaction, ids),
    changeOf: ({ pubStatus }) => (pubStatus === 'CANCELED' ? 'withdrawn' : 'updated'),
  });
  const latest = new Map(prepared.map((one) => [one.article.id, one]));
  await writeDerived(
    transaction,
    written.flatMap((article) => {
      const one = latest.get(article.id);
      return one ? [{ ...one, article }] : [];
    }),
    at,
  );
  return outcomes;
}

/** The stories that have or had these slugs: former slugs redirect to their story, so no other story gets them. */
async function ownersOfSlugs(transaction: Sql, names: string[]) {
  const rows = await transaction.select().from(slugs).where(inArray(slugs.slug, names));
  return new Map(rows.map(({ slug, articleId }) => [slug, articleId]));
}

/** The existing lists that stories name. */
export async function knownLists(transaction: Sql, items: readonly ArticleContent[]): Promise<ExistingLists> {
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
