/** Stories that readers had seen and no longer see, so that copies elsewhere can be removed too. */
import { and, asc, desc, type SQL, sql } from 'drizzle-orm';
import type { KeysetPageRequest } from '../../graph/connection.ts';
import { type Database, preparedForms, type Sql } from '../../store/database.ts';
import { articles } from '../tables.ts';
import { isVisible } from './visible.ts';

export interface RemovalRow {
  articleId: string;
  removedAt: Date;
  reason: string | null;
}

export interface RemovalsRequest {
  removedAfter: Date | null;
  page: KeysetPageRequest;
}

/** The properties that determine the text of a statement. */
interface Form {
  isBackward: boolean;
  hasKey: boolean;
  hasStart: boolean;
}

export function openRemovals({ sql: db, read }: Pick<Database, 'sql' | 'read'>, clock: () => Date) {
  const pageBy = preparedForms((name, form: Form) => read(name, removalsOf(db, form)));
  /** A page of removals, the earliest first, with one extra row if there are more. */
  return async ({ removedAfter, page }: RemovalsRequest): Promise<RemovalRow[]> => {
    const form = {
      isBackward: page.isBackward,
      hasKey: page.key !== undefined,
      hasStart: removedAfter !== null,
    };
    const [date, id] = page.key ?? [];
    const name = Object.entries(form).flatMap(([key, isOn]) => (isOn ? [key.toLowerCase()] : []));
    const rows = await pageBy(
      ['removals', ...name].join('_'),
      form,
    )({
      ...{ date, id, limit: page.limit + 1, now: clock().toISOString() },
      removedAfter: removedAfter?.toISOString(),
    });
    return rows as RemovalRow[];
  };
}

function removalsOf(db: Sql, { isBackward, hasKey, hasStart }: Form) {
  const { id, removedAt, pubStatus, withdrawnReason } = articles;
  const beyond = sql.raw(isBackward ? '<' : '>');
  const direction = isBackward ? desc : asc;
  const conditions: SQL[] = [
    sql`${removedAt} is not null`,
    // A story that was hidden until a later time may have come back by itself.
    sql`(${isVisible()}) is not true`,
  ];
  if (hasStart) conditions.push(sql`${removedAt} > ${sql.placeholder('removedAfter')}::timestamptz`);
  if (hasKey)
    conditions.push(
      sql`(${removedAt}, ${id}) ${beyond} (${sql.placeholder('date')}::timestamptz, ${sql.placeholder('id')}::uuid)`,
    );
  return db
    .select({
      ...{ articleId: id, removedAt },
      reason: sql<string | null>`case when ${pubStatus} = 'CANCELED' then ${withdrawnReason} end`,
    })
    .from(articles)
    .where(and(...conditions))
    .orderBy(direction(removedAt), direction(id))
    .limit(sql.placeholder('limit'))
    .$dynamic();
}
