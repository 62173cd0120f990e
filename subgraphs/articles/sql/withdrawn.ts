/** Withdrawn stories that readers had seen, so that partners can withdraw them too. */
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { isId } from '../../store/contentId.ts';
import type { Database } from '../../store/database.ts';
import { articles } from '../tables.ts';

/** How many days feeds list a withdrawal: by then every feed reader has fetched it. */
const days = 30;

export interface WithdrawalRow {
  articleId: string;
  withdrawnAt: Date | null;
  reason: string | null;
}

export function openWithdrawn({ sql: db, read }: Pick<Database, 'sql' | 'read'>, clock: () => Date) {
  const { id, sectionId, tagIds, authorIds, withdrawnAt, withdrawnReason } = articles;
  const withdrawals = (where: SQL) =>
    db
      .select({ articleId: id, withdrawnAt, reason: withdrawnReason })
      .from(articles)
      .where(and(isWithdrawn(), where));
  const ofList = read(
    'withdrawn_of_list',
    withdrawals(sql`${withdrawnAt} > ${sql.placeholder('since')}::timestamptz
      and (${sql.placeholder('list')}::uuid is null or ${sql.placeholder('list')}::uuid = ${sectionId}
        or ${sql.placeholder('list')}::uuid = any(${tagIds} || ${authorIds}))`)
      .orderBy(desc(withdrawnAt), desc(id))
      .limit(sql.placeholder('limit')),
  );
  const byIds = read('withdrawn_by_ids', withdrawals(sql`${id} = any(${sql.placeholder('ids')}::uuid[])`));

  return {
    /** The withdrawals of the last days, of one list or of all, the latest first. */
    ofList(list: string | null, limit: number): Promise<WithdrawalRow[]> {
      const since = new Date(clock().getTime() - days * 24 * 60 * 60 * 1000).toISOString();
      return ofList({ list, limit, since });
    },

    async byId(id: string): Promise<WithdrawalRow | null> {
      return isId(id) ? ((await byIds({ ids: [id] }))[0] ?? null) : null;
    },
  };
}

/** A story withdrawn before its publication was never visible. */
function isWithdrawn(): SQL {
  return and(
    eq(articles.pubStatus, sql`'CANCELED'`),
    sql`${articles.visibleFrom} <= ${articles.withdrawnAt}`,
  ) as SQL;
}
