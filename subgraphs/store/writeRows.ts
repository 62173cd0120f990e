/** Writing many rows with one statement of one parameter: content comes in by the thousand. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from './database.ts';

/** What became of a row that has an id. */
interface InsertedRow {
  id: string;
  /** False where a row with this id stood already. */
  isNew: boolean;
}

/**
 * Inserts rows whose keys are columns of the table, all rows alike. With `replacing`, a row whose key (those
 * columns) stands already is replaced. One statement, whatever the number of rows; none where there are none.
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
 * Rows as a table expression `r`, for statements that work on them first. Its columns are called as the keys
 * are, and have the types of the table's; what is no column of the table is a text.
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

/** PostgreSQL takes no character 0 in texts, and no half of a pair of surrogates: texts lose the first, and have U+FFFD for the second. */
function jsonOf(rows: readonly object[]): string {
  const json = JSON.stringify(rows);
  return /\\u(?:0000|d[89a-f])/i.test(json) ? JSON.stringify(rows, asText) : json;
}

const asText = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
