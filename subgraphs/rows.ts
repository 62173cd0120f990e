/** Writing many rows with one statement of one parameter: content comes in by the thousand. */
import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from './database.ts';

/**
 * Inserts rows whose keys are columns of the table, all rows alike. With `replacing`, a row whose key (those
 * columns) stands already is replaced. One statement, whatever the number of rows; none where there are none.
 */
export async function insertRows(
  transaction: Sql,
  table: PgTable,
  rows: readonly object[],
  { replacing }: { replacing?: readonly string[] } = {},
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const names = Object.keys(first);
  const columns = list(names.map(columnName));
  const conflict = replacing
    ? sql`on conflict (${list(replacing.map(columnName))}) do update set ${list(
        names
          .filter((name) => !replacing.includes(name))
          .map((name) => sql`${columnName(name)} = excluded.${columnName(name)}`),
      )}`
    : sql``;
  await transaction.execute(
    sql`insert into ${table} (${columns}) select ${columns} from ${recordsOf(table, rows)} ${conflict}`,
  );
}

/** Rows as a table expression named `r`, its columns typed as the table's, for statements that work on them first. */
export function recordsOf(table: PgTable, rows: readonly object[]): SQL {
  const columns = getTableColumns(table);
  const typed = Object.keys(rows[0] ?? {}).map((name) => {
    // What is no column of the table is a text.
    return sql`${columnName(name)} ${sql.raw(columns[name]?.getSQLType() ?? 'text')}`;
  });
  return sql`jsonb_to_recordset(${jsonOf(rows)}::jsonb) as r(${list(typed)})`;
}

const columnName = (name: string) => sql.identifier(toSnakeCase(name));

const list = (parts: readonly unknown[]): SQL => sql.join([...parts] as SQL[], sql`, `);

/** The rows as JSON, their keys as columns; PostgreSQL has no character 0 in texts, so they lose it. */
function jsonOf(rows: readonly object[]): string {
  const records = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [toSnakeCase(name), value])),
  );
  const json = JSON.stringify(records);
  return json.includes('\\u0000') ? JSON.stringify(records, withoutNul) : json;
}

const withoutNul = (_: string, value: unknown) =>
  typeof value === 'string' ? value.replaceAll('\0', '') : value;
