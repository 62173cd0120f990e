/** How stories and lists stand, for whoever tells others of changes: it says which feeds show them, never what they say. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { writeFeedName } from '../../store/feedName.ts';
import { articles, lists } from '../tables.ts';
import { isVisible } from './visible.ts';

const feedKinds = { SECTION: 'section', TAG: 'tag', AUTHOR: 'author' } as const;

/** A story as it stands, whether or not it may be shown. */
export interface ArticleState {
  id: string;
  slug: string;
  isVisible: boolean;
  /** When it may be shown, where that is settled; null for what is not to appear. */
  visibleFrom: Date | null;
  /** The names of the feeds that show it while it may be shown: "news", "section/world". */
  feeds: string[];
}

export function openArticleStates({ sql: db, read }: Database, clock: () => Date) {
  const stories = read(
    'standing_stories',
    db
      .select({
        id: articles.id,
        slug: articles.slug,
        isVisible: sql<boolean>`(${isVisible()}) is true`,
        visibleFrom: articles.visibleFrom,
        pubStatus: articles.pubStatus,
        lists: sql<string[]>`array[${articles.sectionId}] || ${articles.tagIds} || ${articles.authorIds}`,
      })
      .from(articles)
      .where(sql`${articles.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const listed = read(
    'standing_lists',
    db
      .select({ id: lists.id, kind: lists.kind, slug: lists.slug })
      .from(lists)
      .where(sql`${lists.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );

  /** The names of the feeds of these lists, by id. */
  async function feedNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await listed({ ids: [...new Set(ids)] });
    return new Map(rows.map(({ id, kind, slug }) => [id, writeFeedName(feedKinds[kind], slug)]));
  }

  return {
    feedNames,

    /** How these stories stand; those that there are none of are left out. */
    async standings(ids: readonly string[]): Promise<ArticleState[]> {
      if (ids.length === 0) return [];
      const rows = await stories({ ids, now: clock().toISOString() });
      const names = await feedNames(rows.flatMap((row) => row.lists));
      return rows.map(({ pubStatus, visibleFrom, lists: listIds, ...row }) => ({
        ...row,
        visibleFrom: pubStatus === 'USABLE' ? visibleFrom : null,
        feeds: ['news', ...listIds.flatMap((id) => names.get(id) ?? [])],
      }));
    },
  };
}
