/** Writes many rows with one statement and one parameter, since imports bring thousands of rows. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from './database.ts';

/** The result for an inserted row that has an id. */
interface InsertedRow {
  id: string;
  /** False if a row with this id already existed. */
  isNew: boolean;
}

/**
 * Inserts rows whose keys are columns of the table; all rows have the same keys. With `replacing`, a row that conflicts
 * on those columns is updated. Runs one statement for any number of rows, and none for an empty list.
 */
export async function insertRows(
  transaction: Sql,
  table: PgTable,
  rows: readonly object[],
  { replacing }: { replacing?: readonly string[] } = {},
): Promise<InsertedRow[]> {
  const [first] = rows;
  if (!first) return [];
  const names = Object.keys(first);
  const others = names.filter((name) => !replacing?.includes(name));
  const conflict = replacing
    ? sql`on conflict (${list(replacing.map(column))}) do update
        set ${list(others.map((name) => sql`${column(name)} = excluded.${column(name)}`))}`
    : sql``;
  const returning = 'id' in first ? sql`returning id, xmax = 0 as "isNew"` : sql``;
  const result = await transaction.execute(sql`
    insert into ${table} (${list(names.map(column))})
    select ${list(names.map((name) => sql`r.${sql.identifier(name)}`))} from ${recordsOf(table, rows)} ${conflict} ${returning}`);
  return (result as unknown as { rows: InsertedRow[] }).rows;
}

/**
 * Rows as a table expression `r`. Its columns are named after the keys and have the types of the table's columns; other
 * keys are texts.
 */
export function recordsOf(table: PgTable, rows: readonly object[]): SQL {
  const columns = getTableColumns(table);
  const typed = Object.keys(rows[0] ?? {}).map(
    (name) => sql`${sql.identifier(name)} ${sql.raw(columns[name]?.getSQLType() ?? 'text')}`,
  );
  return sql`jsonb_to_recordset(${jsonOf(rows)}::jsonb) as r(${list(typed)})`;
}

const column = (name: string) => sql.identifier(toSnakeCase(name));

const list = (parts: readonly unknown[]): SQL => sql.join([...parts] as SQL[], sql`, `);

/** PostgreSQL rejects U+0000 and lone surrogates in texts: the first is removed, the second replaced by U+FFFD. */
function jsonOf(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  return /\\u(?:0000|d[89a-f])/i.test(json) ? JSON.stringify(rows, asText) : json;
}

const asText = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
