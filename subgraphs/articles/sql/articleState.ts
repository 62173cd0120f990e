/** The state of stories and lists for notifying feeds of changes: which feeds contain a story, without its content. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { writeFeedName } from '../../store/feedName.ts';
import { articles, lists } from '../tables.ts';
import { isVisible } from './visible.ts';

const feedKinds = { SECTION: 'section', TAG: 'tag', AUTHOR: 'author' } as const;

/** The state of a story, visible or not. */
export interface ArticleState {
  id: string;
  slug: string;
  isVisible: boolean;
  /** When the story appears or appeared; null if it is not to appear. */
  visibleFrom: Date | null;
  /** The feeds that contain the story while it is visible: "news", "section/world". */
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
  const listsByIds = read(
    'standing_lists',
    db
      .select({ id: lists.id, kind: lists.kind, slug: lists.slug })
      .from(lists)
      .where(sql`${lists.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );

  /** The feed names of lists, by list id. */
  async function feedNames(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await listsByIds({ ids: [...new Set(ids)] });
    return new Map(rows.map(({ id, kind, slug }) => [id, writeFeedName(feedKinds[kind], slug)]));
  }

  return {
    feedNames,

    /** The states of these stories; ids that do not exist are left out. */
    async articleStates(ids: readonly string[]): Promise<ArticleState[]> {
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
