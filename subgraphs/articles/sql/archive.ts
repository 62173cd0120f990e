/** The archive: the months in which stories appeared, read from one index only. */
import { desc, sql } from 'drizzle-orm';
import type { Database } from '../../store/database.ts';
import { articles } from '../tables.ts';
import { isVisible } from './visible.ts';

export type ArchiveMonthRow = Awaited<ReturnType<ReturnType<typeof openArchive>>>[number];

/** Returns a function that lists each month with visible stories, by UTC, the latest first. */
export function openArchive({ sql: db, read }: Pick<Database, 'sql' | 'read'>, clock: () => Date) {
  const start = sql`date_trunc('month', ${articles.visibleFrom} at time zone 'UTC')`;
  const months = read(
    'archive_months',
    db
      .select({
        month: sql<string>`to_char(${start}, 'YYYY-MM')`.as('month'),
        articleCount: sql<number>`count(*)::int`.as('article_count'),
        dateModified: sql<Date>`max(greatest(${articles.dateModified}, ${articles.visibleFrom}))`
          .mapWith(articles.dateModified)
          .as('modified'),
      })
      .from(articles)
      .where(isVisible())
      .groupBy(start)
      .orderBy(desc(start)),
  );
  return () => months({ now: clock().toISOString() });
}
