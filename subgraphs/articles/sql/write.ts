/** Stories, sections, tags and contributors coming in: all of a list in one transaction, or none of it. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import { idOf } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import { hashOf, inPut, type Put, type PutOutcome, putRows } from '../../store/putContent.ts';
import { slugOf } from '../../store/slug.ts';
import type { ArticleContent, ContributorContent, TopicContent } from '../content.ts';
import { type KnownLists, type PreparedArticle, prepareArticle } from '../story/prepare.ts';
import { articles, type ListKind, lists, outbox, slugs } from '../tables.ts';
import { forget, remember } from './derived.ts';
import { holdStories } from './lockStories.ts';

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

/** Who changes something, and when. */
export interface Signed {
  by: string;
  at: Date;
}

type NewList = Omit<typeof lists.$inferInsert, 'contentHash'>;

/** A contributor's row, as it is to be put. */
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
  { rows, type, by, at }: Signed & { rows: readonly NewList[]; type: string },
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
  signed: Signed,
): Promise<PutOutcome[]> {
  const known = await knownLists(transaction, items);
  const idsOfItems = items.map(({ sourceId }) => idOf('article', sourceId));
  const stored = await holdStories(transaction, idsOfItems);
  const prepared = items.map((item, place) =>
    prepareArticle(item, { known, stored: stored.get(idsOfItems[place] ?? ''), now: signed.at }),
  );
  return putPrepared(transaction, prepared, signed);
}

/** Writes stories that are worked out, where they differ from what is stored, and tells of it. */
export async function putPrepared(
  transaction: Sql,
  prepared: readonly PreparedArticle[],
  { by, at }: Signed,
): Promise<PutOutcome[]> {
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
    at,
  );
  return outcomes;
}

/** Whose a slug is or once was: an old one goes on leading to its story, so nobody else gets it. */
async function ownersOfSlugs(transaction: Sql, names: string[]) {
  const rows = await transaction.select().from(slugs).where(inArray(slugs.slug, names));
  return new Map(rows.map(({ slug, articleId }) => [slug, articleId]));
}

/** The lists that stories name, as far as there are such. */
export async function knownLists(transaction: Sql, items: readonly ArticleContent[]): Promise<KnownLists> {
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
