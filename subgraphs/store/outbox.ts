/**
 * Transactional outbox: one row for each change, written in the transaction that makes the change, so that feeds,
 * caches and subscribers can process every change.
 */
import { and, gt, max, sql } from 'drizzle-orm';
import {
  bigserial,
  customType,
  getTableConfig,
  index,
  type PgSchema,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Database, Sql } from './database.ts';
import { insertRows } from './writeRows.ts';

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });

/** The outbox table of one subgraph. */
export function outboxTable(schema: PgSchema) {
  return schema.table(
    'outbox',
    {
      position: bigserial({ mode: 'number' }).primaryKey(),
      /**
       * The transaction that wrote the row. Positions are assigned before transactions commit, so a consumer reads only
       * rows older than the oldest running transaction: `transaction < pg_snapshot_xmin(pg_current_snapshot())`.
       */
      transaction: xid8().notNull().default(sql`pg_current_xact_id()`),
      /** The GraphQL type of the changed entity: "Article". */
      type: text().notNull(),
      id: uuid().notNull(),
      change: text({ enum: ['created', 'updated', 'withdrawn'] }).notNull(),
      changedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
      changedBy: text().notNull(),
    },
    (table) => [index().on(table.type, table.id)],
  );
}

export interface OutboxChange {
  type: string;
  id: string;
  change: 'created' | 'updated' | 'withdrawn';
}

/**
 * Writes the events of a transaction. Call it with the transaction, not with the database, and after the writes that it
 * reports: consumers take a transaction into account from its first write on.
 */
export async function recordChanges(
  transaction: Sql,
  outbox: ReturnType<typeof outboxTable>,
  changes: readonly OutboxChange[],
  { by, at }: { by: string; at: Date },
): Promise<void> {
  const rows = changes.map((change) => ({ ...change, changedAt: at, changedBy: by }));
  await insertRows(transaction, outbox, rows);
}

/** A change as consumers of the outbox read it. */
export interface OutboxRow extends OutboxChange {
  position: number;
  changedAt: Date;
}

/** Reads the outbox in order. */
export function openChanges({ sql: db, read }: Database, outbox: ReturnType<typeof outboxTable>) {
  const { position, type, id, change, changedAt } = outbox;
  const after = read(
    `changes_after_in_${getTableConfig(outbox).schema}`,
    db
      .select({ position, type, id, change, changedAt })
      .from(outbox)
      .where(
        and(
          gt(position, sql.placeholder('position')),
          sql`${outbox.transaction} < pg_snapshot_xmin(pg_current_snapshot())`,
        ),
      )
      .orderBy(position)
      .limit(sql.placeholder('limit')),
  );
  return {
    /**
     * The changes after `position`, up to the first one that an uncommitted change may still precede: reading again
     * later misses none.
     */
    changesAfter: (position: number, limit: number): Promise<OutboxRow[]> => after({ position, limit }),

    /** The position of the last change; 0 if there is none. */
    async lastPosition(): Promise<number> {
      const [row] = await db.select({ last: max(position) }).from(outbox);
      return row?.last ?? 0;
    },
  };
}
