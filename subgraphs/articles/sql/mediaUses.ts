/** What stories show of Media, for Media to know which pictures and videos exist for readers. */
import { sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import type { MediaUse } from '../../store/mediaUse.ts';
import { articles } from '../tables.ts';

/** A function that answers what these stories show as they stand, and from when; those that there are none of are left out. */
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
