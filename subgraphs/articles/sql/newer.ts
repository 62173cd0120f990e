/**
 * Puts stories from sources that send each change, such as webhooks: an older version that arrives late changes
 * nothing.
 */
import { sql } from 'drizzle-orm';
import { idOf } from '../../store/contentId.ts';
import type { Sql } from '../../store/database.ts';
import { inPut, type Put, type PutOutcome } from '../../store/putContent.ts';
import type { ArticleContent } from '../content.ts';
import { articles } from '../tables.ts';
import { putArticles } from './write.ts';

export function openNewer(db: Sql, clock: () => Date) {
  return {
    /** Like `putArticles`, but a story whose `dateModified` is before the stored one stays unchanged. */
    putArticlesUnlessOlder: ((items, by) =>
      inPut(db, async (transaction) => {
        const stored = await lockDates(transaction, items);
        const newerRows = items.map(({ sourceId, dateModified }) => {
          const row = stored.get(idOf('article', sourceId));
          return row && dateModified && dateModified < row.dateModified ? row : undefined;
        });
        const newer = items.filter((_, position) => !newerRows[position]);
        const outcomes = await putArticles(transaction, newer, { by, at: clock() });
        const next = outcomes.values();
        return newerRows.map((row) => (row ? unchanged(row) : (next.next().value as PutOutcome)));
      })) satisfies Put<ArticleContent>,
  };
}

const unchanged = ({ id, slug }: { id: string; slug: string }): PutOutcome => ({
  ...{ id, slug, outcome: 'unchanged' },
  notes: ['The story that is stored was changed later, so it stayed as it is.'],
});

async function lockDates(transaction: Sql, items: readonly ArticleContent[]) {
  const { id, slug, dateModified } = articles;
  const ids = items.map(({ sourceId }) => idOf('article', sourceId));
  const rows = await transaction
    .select({ id, slug, dateModified })
    .from(articles)
    .where(sql`${id} = any(${sql.param(ids)}::uuid[])`)
    .orderBy(id)
    .for('update');
  return new Map(rows.map((row) => [row.id, row]));
}
