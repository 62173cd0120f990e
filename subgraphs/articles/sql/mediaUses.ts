/** The uses of pictures and videos in stories, for Media to know which ones are visible to readers. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import type { MediaUse } from '../../store/mediaUse.ts';
import { articles } from '../tables.ts';

/**
 * Returns a function that reads the current uses of stories, and from when they are visible; ids that do not exist are
 * left out.
 */
export function openMediaUses({ sql: db, read }: Pick<Database, 'sql' | 'read'>) {
  const stories = read(
    'media_uses',
    db
      .select({
        userId: articles.id,
        version: articles.revision,
        visibleFrom: articles.visibleFrom,
        pubStatus: articles.pubStatus,
        openIds: articles.openMediaIds,
        gatedIds: articles.gatedMediaIds,
      })
      .from(articles)
      .where(sql`${articles.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  return async (ids: readonly string[]): Promise<MediaUse[]> => {
    const rows = await stories({ ids });
    return rows.map(({ pubStatus, visibleFrom, ...use }) => ({
      ...use,
      visibleFrom: pubStatus === 'USABLE' ? visibleFrom : null,
    }));
  };
}
