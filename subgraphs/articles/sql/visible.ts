/** The one condition under which a story exists for readers. Every question to the tables starts from it. */
import { and, eq, lte, type SQL, sql } from 'drizzle-orm';
import { articles } from '../tables.ts';

/** Holds for stories that are usable and whose time has come; `now` is a placeholder of every statement. */
export function isVisible(): SQL {
  return and(eq(articles.pubStatus, sql`'USABLE'`), lte(articles.visibleFrom, sql.placeholder('now'))) as SQL;
}
