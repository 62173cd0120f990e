/** What editors do to things that are one row each: held, changed and written in one transaction, where anything is different. */
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
  /** The GraphQL type, as events name it; in small letters the kind of its ids. */
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
 * A function that stores what `change` makes of the thing with this `sourceId`, as it stands, or of nothing; it answers the id. What
 * was stored so is different from every import, so that the next import is looked at.
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
