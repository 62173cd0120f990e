/** The condition under which readers may see a story. Every query for readers includes it. */
import { and, eq, lte, type SQL, sql } from 'drizzle-orm';
import { articles } from '../tables.ts';

/** True for usable stories whose time has come; `now` is a placeholder of every statement. */
export function isVisible(): SQL {
  return and(eq(articles.pubStatus, sql`'USABLE'`), lte(articles.visibleFrom, sql.placeholder('now'))) as SQL;
}
