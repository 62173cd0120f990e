/**
 * Edits of items that are one row each: the row is locked, changed and written in one transaction, if anything differs.
 */
import { isDeepStrictEqual } from 'node:util';
import { eq } from 'drizzle-orm';
import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { idOf } from './contentId.ts';
import type { Sql } from './database.ts';
import type { outboxTable } from './outbox.ts';
import { hashOf, inPut, putRows } from './putContent.ts';

interface Kind<Content, Row> {
  table: PgTable & { id: AnyPgColumn; contentHash: AnyPgColumn; slug?: AnyPgColumn };
  outbox: ReturnType<typeof outboxTable>;
  /** The GraphQL type, as events name it; in lower case, the kind used for ids. */
  type: string;
  rowOf: (content: Content, at: Date) => Row;
  clock: () => Date;
}

interface EditedRow {
  id: string;
  contentHash: string;
  slug?: string;
  updatedAt: Date;
}

/**
 * A function that stores what `change` returns for the row with this `sourceId`, or for undefined if there is none, and
 * resolves to the id. The stored content hash differs from that of every import, so the next import of the item is
 * compared again.
 */
export function editOf<Content, Row extends EditedRow>(
  db: Sql,
  { table, outbox, type, rowOf, clock }: Kind<Content, Row>,
) {
  return (sourceId: string, by: string, change: (stored: Row | undefined) => Content): Promise<string> =>
    inPut(db, async (transaction) => {
      const at = clock();
      const id = idOf(type.toLowerCase(), sourceId);
      const rows = await transaction.select().from(table).where(eq(table.id, id)).for('update');
      const stored = rows[0] as Row | undefined;
      const made = rowOf(change(stored), at);
      if (stored && isDeepStrictEqual(comparable(stored), comparable(made))) return id;
      const contentHash = hashOf([made, stored?.contentHash]);
      await putRows(transaction, { table, outbox, type, rows: [{ ...made, contentHash }], by, at });
      return id;
    });
}

function comparable({ contentHash, updatedAt, ...rest }: EditedRow): unknown {
  return JSON.parse(JSON.stringify(rest));
}
