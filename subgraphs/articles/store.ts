/** The store of Articles, the only access to its tables. The SQL is in sql/, one file for each query. */
import { and, eq, sql } from 'drizzle-orm';
import { isId, isText } from '../store/contentId.ts';
import type { Database } from '../store/database.ts';
import { openWriteListeners } from '../store/mediaUse.ts';
import { openChanges } from '../store/outbox.ts';
import type { PutOutcome } from '../store/putContent.ts';
import { normalisedSlug } from '../store/slug.ts';
import type { Block } from './blocks.ts';
import { openArchive } from './sql/archive.ts';
import { openArticleStates } from './sql/articleState.ts';
import { openEditing } from './sql/edit.ts';
import { type ArticleRow, openLists } from './sql/lists.ts';
import { openMediaUses } from './sql/mediaUses.ts';
import { openNewer } from './sql/newer.ts';
import { reindex } from './sql/reindex.ts';
import { openRelated } from './sql/related.ts';
import { openRemovals } from './sql/removals.ts';
import { openSearch } from './sql/search.ts';
import { isVisible } from './sql/visible.ts';
import { openWithdrawn } from './sql/withdrawn.ts';
import { openWriting } from './sql/write.ts';
import { articles, bodies, type ListKind, lists, outbox, slugs } from './tables.ts';

export type ListRow = typeof lists.$inferSelect;

/** The story at a current or former slug, visible or not. */
export interface SlugRow {
  article: ArticleRow;
  isVisible: boolean;
  /** Whether readers could ever see it: it was published before it was withdrawn. */
  hasAppeared: boolean;
}

export type ArticlesStore = ReturnType<typeof openArticlesStore>;

/** Opens the store on a database whose migrations are applied. `clock` decides what is published. */
export function openArticlesStore(database: Database, clock: () => Date = () => new Date()) {
  const { sql: db, read } = database;
  const byIds = read(
    'articles_by_ids',
    db
      .select()
      .from(articles)
      .where(and(sql`${articles.id} = any(${sql.placeholder('ids')}::uuid[])`, isVisible())),
  );
  const anyByIds = read(
    'articles_any_by_ids',
    db
      .select()
      .from(articles)
      .where(sql`${articles.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const bySlugs = read(
    'articles_by_slugs',
    db
      .select({
        slug: slugs.slug,
        isVisible: sql<boolean>`(${isVisible()}) is true`,
        hasAppeared: sql<boolean>`(${articles.visibleFrom} <= least(${articles.withdrawnAt}, ${sql.placeholder('now')}::timestamptz)) is true`,
        article: articles,
      })
      .from(slugs)
      .innerJoin(articles, eq(articles.id, slugs.articleId))
      .where(sql`${slugs.slug} = any(${sql.placeholder('slugs')}::text[])`),
  );
  const bodiesByIds = read(
    'bodies_by_ids',
    db
      .select({ id: bodies.articleId, blocks: bodies.blocks })
      .from(bodies)
      .where(sql`${bodies.articleId} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const listsByIds = read(
    'lists_by_ids',
    db
      .select()
      .from(lists)
      .where(sql`${lists.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const listBySlug = read(
    'list_by_slug',
    db
      .select()
      .from(lists)
      .where(
        and(sql`${lists.kind} = ${sql.placeholder('kind')}`, sql`${lists.slug} = ${sql.placeholder('slug')}`),
      ),
  );
  const sections = read(
    'sections',
    db.select().from(lists).where(eq(lists.kind, 'SECTION')).orderBy(lists.name),
  );
  const listeners = openWriteListeners();
  const writing = openWriting(db, clock);
  const newer = openNewer(db, clock);
  const editing = openEditing(db, clock);
  const isEmpty = read('articles_any', db.select({ id: articles.id }).from(articles).limit(1));

  return {
    /** Visible stories in the order of the ids; null for others. */
    async byIds(ids: readonly string[]): Promise<(ArticleRow | null)[]> {
      const rows = await byIds({ ids: ids.filter(isId), now: clock().toISOString() });
      return inOrder(ids, rows, ({ id }) => id);
    },

    /** Stories by id, visible or not; for editors only. */
    async anyByIds(ids: readonly string[]): Promise<(ArticleRow | null)[]> {
      return inOrder(ids, await anyByIds({ ids: ids.filter(isId) }), ({ id }) => id);
    },

    /** The story at each slug, former slugs included. Withdrawn and unpublished stories are flagged. */
    async bySlugs(requested: readonly string[]): Promise<(SlugRow | null)[]> {
      const names = requested.map(normalisedSlug);
      const rows = await bySlugs({ slugs: names.filter(isText), now: clock().toISOString() });
      return inOrder(names, rows, ({ slug }) => slug);
    },

    async bodiesByIds(ids: readonly string[]): Promise<(Block[] | null)[]> {
      const rows = await bodiesByIds({ ids });
      return inOrder(ids, rows, ({ id }) => id).map((row) => row?.blocks ?? null);
    },

    /** Sections, tags and contributors alike. */
    async listsByIds(ids: readonly string[]): Promise<(ListRow | null)[]> {
      return inOrder(ids, await listsByIds({ ids: ids.filter(isId) }), ({ id }) => id);
    },

    async listBySlug(kind: ListKind, slug: string): Promise<ListRow | null> {
      const name = normalisedSlug(slug);
      return isText(name) ? ((await listBySlug({ kind, slug: name }))[0] ?? null) : null;
    },

    /** All sections by name. */
    sections: (): Promise<ListRow[]> => sections(),

    /** Whether no story is stored, visible or not. */
    isEmpty: async (): Promise<boolean> => (await isEmpty()).length === 0,

    lists: openLists(database, clock),
    related: openRelated(database, clock),
    /**
     * Indexes stories with outdated index data, and counts the terms of stories once published. Runs before the first
     * query and then periodically.
     */
    reindex: () => reindex(db, clock),
    search: openSearch(database, clock),
    withdrawn: openWithdrawn(database, clock),
    removals: openRemovals(database, clock),
    archive: openArchive(database, clock),
    ...openChanges(database, outbox),
    ...openArticleStates(database, clock),
    onWritten: listeners.onWritten,
    mediaUses: openMediaUses(database),
    ...writing,
    putArticles: listeners.notifying(writing.putArticles, idsOf),
    ...newer,
    putArticlesUnlessOlder: listeners.notifying(newer.putArticlesUnlessOlder, idsOf),
    ...editing,
    editArticle: listeners.notifying(editing.editArticle, (id) => [id]),
    publish: listeners.notifying(editing.publish, firstArgument),
    withdrawStory: listeners.notifying(editing.withdrawStory, firstArgument),
    withdraw: listeners.notifying(editing.withdraw, firstArgument),
  };
}

/** The ids of items that a put changed. */
const idsOf = (outcomes: readonly PutOutcome[]): string[] =>
  outcomes.filter(({ outcome }) => outcome !== 'unchanged').map(({ id }) => id);

const firstArgument = (_: unknown, [id]: readonly [string, ...unknown[]]): string[] => [id.toLowerCase()];

function inOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}
