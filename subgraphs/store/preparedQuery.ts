/**
 * Prepared queries to PostgreSQL, compiled once: the SQL text, the positions of the parameters, and a function that
 * maps a row. Rows equal those that Drizzle returns for the same query.
 */
import { Column, getTableColumns, is, Param, Placeholder, SQL, Table } from 'drizzle-orm';
import { PgArray, PgTimestamp } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { failureOf } from './databaseFailure.ts';
import type { TimedPool } from './databasePool.ts';

/** A Drizzle query whose values are placeholders. */
export interface DrizzleQuery {
  _: { selectedFields: object };
  toSQL(): { sql: string; params: unknown[] };
  prepare(name: string): { execute(values?: Record<string, unknown>): Promise<unknown[]> };
}

export type RowOf<BuiltQuery extends DrizzleQuery> = Awaited<
  ReturnType<ReturnType<BuiltQuery['prepare']>['execute']>
>[number];

/** Runs a query with the values of its placeholders. */
export type Read<Row> = (values?: Readonly<Record<string, unknown>>) => Promise<Row[]>;

/** Called with each statement before it is sent. */
type Note = (statement: string) => void;

/**
 * Prepares the query on the server under `name`; with an empty name it is sent unprepared. Rejects with a
 * DatabaseFailure, which holds no values.
 */
export function prepareRead<BuiltQuery extends DrizzleQuery>(
  pool: TimedPool,
  name: string,
  query: BuiltQuery,
  note: Note,
): Read<RowOf<BuiltQuery>> {
  const { sql: text, params } = query.toSQL();
  const fill = params.map(readParam);
  const rowOf = compileRow(query._.selectedFields) as (cells: unknown[]) => RowOf<BuiltQuery>;
  return async (values = {}) => {
    const filled = fill.map((read) => read(values));
    note(text);
    const result = await pool
      .read({ name, text, rowMode: 'array', types: cellTypes, values: filled })
      .catch((error: unknown) => {
        throw failureOf(error, text);
      });
    return result.rows.map(rowOf);
  };
}

/** Returns a function that reads the value of one parameter. */
function readParam(param: unknown): (values: Readonly<Record<string, unknown>>) => unknown {
  if (is(param, Placeholder)) return (values) => placeholderValue(values, param.name);
  if (is(param, Param) && is(param.value, Placeholder)) {
    const { encoder } = param;
    const { name } = param.value;
    return (values) => encoder.mapToDriverValue(placeholderValue(values, name));
  }
  return () => param;
}

function placeholderValue(values: Readonly<Record<string, unknown>>, name: string): unknown {
  if (name in values) return values[name];
  throw new Error(`Expected a value for the placeholder "${name}", but got: none.`);
}

/**
 * Compiles the function that maps a row's cells to the object that the selected fields describe. Generated code gives
 * every row the same shape.
 */
function compileRow(fields: object): (cells: unknown[]) => unknown {
  const decoders: ((cell: never) => unknown)[] = [];
  let count = 0;
  const objectOf = (selected: object): string => {
    const members = Object.entries(selected).map(
      ([key, field]) => `${JSON.stringify(key)}: ${memberOf(field)}`,
    );
    return `{ ${members.join(', ')} }`;
  };
  const memberOf = (field: unknown): string => {
    if (is(field, Table)) return objectOf(getTableColumns(field));
    const decode = decoderOf(field);
    if (decode === null) return objectOf(field as object);
    const cell = `c[${count++}]`;
    if (decode === asIs) return cell;
    return `${cell} === null ? null : d[${decoders.push(decode) - 1}](${cell})`;
  };
  return new Function('d', `return (c) => (${objectOf(fields)})`)(decoders);
}

const asIs = (cell: unknown) => cell;

/** Column types whose cells `cellTypes` already parses into their final values. */
const finished = new Set([
  'PgUUID',
  'PgText',
  'PgBoolean',
  'PgInteger',
  'PgSmallInt',
  'PgDoublePrecision',
  'PgJsonb',
]);

/** The decoder that a cell still needs; null for a nested object of several cells. */
function decoderOf(field: unknown): ((cell: never) => unknown) | null {
  if (is(field, Column)) {
    const { columnType } = is(field, PgArray) ? field.baseColumn : field;
    if (finished.has(columnType)) return asIs;
    if (is(field, PgTimestamp) && field.withTimezone) return readTime as (cell: never) => unknown;
    return (cell) => field.mapFromDriverValue(cell);
  }
  const sql = is(field, SQL.Aliased) ? field.sql : field;
  if (!is(sql, SQL)) return null;
  const { decoder } = sql as unknown as { decoder: { mapFromDriverValue(cell: unknown): unknown } };
  return (cell) => decoder.mapFromDriverValue(cell);
}

type Parser = (text: string) => unknown;

const oids = {
  bool: 16,
  int2: 21,
  int4: 23,
  text: 25,
  json: 114,
  float8: 701,
  varchar: 1043,
  uuid: 2950,
  jsonb: 3802,
};
const arrays = { text: 1009, uuid: 2951 };
const times = [pg.types.builtins.TIMESTAMPTZ, pg.types.builtins.TIMESTAMP, pg.types.builtins.DATE];

const parsers = new Map<number, Parser>([
  ...[oids.text, oids.varchar, oids.uuid, ...times].map((oid): [number, Parser] => [oid, asIs]),
  ...[oids.int2, oids.int4, oids.float8].map((oid): [number, Parser] => [oid, Number]),
  ...[oids.json, oids.jsonb].map((oid): [number, Parser] => [oid, (text) => JSON.parse(text)]),
  [oids.bool, (text) => text === 't'],
  [arrays.uuid, readTexts],
  [arrays.text, readTexts],
]);

const cellTypes = {
  getTypeParser: (oid: number) => parsers.get(oid) ?? pg.types.getTypeParser(oid as never),
} as pg.CustomTypesConfig;

const usualTexts = pg.types.getTypeParser(arrays.text as never) as Parser;

/** Parses a text array. Without quotes or NULL in it, no item holds a comma, is empty or is null. */
function readTexts(text: string): unknown {
  if (text === '{}') return [];
  return /["\\]|\bNULL\b/i.test(text) ? usualTexts(text) : text.slice(1, -1).split(',');
}

const second = 19;

/** Parses "2026-03-01 09:30:00.123+00". UTC, which sessions use, is parsed by hand, since `Date` is slow. */
function readTime(text: string): Date {
  const isUsual = text.endsWith('+00') && text.charCodeAt(4) === 45 && !text.startsWith('00');
  if (!isUsual) return new Date(text);
  const digits = (from: number, to: number) => {
    let number = 0;
    for (let at = from; at < to; at += 1) number = number * 10 + text.charCodeAt(at) - 48;
    return number;
  };
  const end = text.length - 3;
  const fraction =
    end === second ? 0 : digits(second + 1, Math.min(end, second + 4)) * 10 ** Math.max(0, 4 - end + second);
  const time = Date.UTC(
    digits(0, 4),
    digits(5, 7) - 1,
    digits(8, 10),
    digits(11, 13),
    digits(14, 16),
    digits(17, second),
    fraction,
  );
  return new Date(time);
}
