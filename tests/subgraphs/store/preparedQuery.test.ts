import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { asc, eq, sql } from 'drizzle-orm';
import {
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  smallint,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { DatabaseFailure } from '../../../subgraphs/store/databaseFailure.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';

const kinds = pgSchema('kinds').table('kinds', {
  place: integer().primaryKey(),
  id: uuid(),
  ids: uuid().array(),
  words: text().array(),
  name: text(),
  isOn: boolean(),
  small: smallint(),
  ratio: doublePrecision(),
  time: timestamp({ withTimezone: true }),
  local: timestamp(),
  json: jsonb(),
});
const id = '7daee95e-3780-8b41-939e-77686d9211df';
const rows = [
  {
    place: 1,
    id,
    ids: [id, id],
    words: ['a', 'b c'],
    name: 'x',
    isOn: true,
    small: -3,
    ratio: 0.1,
    time: '2026-03-01 09:30:00.120+00',
    local: '2026-03-01 09:30:00',
    json: { a: [1, null] },
  },
  {
    place: 2,
    id: null,
    ids: null,
    words: null,
    name: null,
    isOn: null,
    small: null,
    ratio: null,
    time: null,
    local: null,
    json: null,
  },
  {
    place: 3,
    id,
    ids: [],
    words: [],
    name: '',
    isOn: false,
    small: 0,
    ratio: 1e300,
    time: '1969-12-31 23:59:59.5+02',
    local: '0099-01-01 00:00:00',
    json: 'text',
  },
  {
    place: 4,
    id,
    ids: [id],
    words: ['', 'a,b', '"', '\\', 'NULL', 'annulled', '{}', 'ü'],
    name: 'NULL',
    isOn: true,
    small: 1,
    ratio: -0.5,
    time: '0044-03-15 00:00:00+00',
    local: '2026-03-01 09:30:00.123456',
    json: [],
  },
  {
    place: 5,
    id,
    ids: [id],
    words: ['one'],
    name: "'",
    isOn: true,
    small: 1,
    ratio: 7,
    time: '9999-12-31 23:59:59.999999+00',
    local: null,
    json: 0,
  },
];

describe.each(testDatabases)('a prepared question to $name', ({ name, open }) => {
  let server: DatabaseServer;
  let database: Database;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('media'));
    const { sql: db } = database;
    await db.execute(sql`create schema kinds`);
    await db.execute(sql`create table kinds.kinds (place int primary key, id uuid, ids uuid[], words text[], name text,
      is_on boolean, small smallint, ratio float8, time timestamptz, local timestamp, json jsonb)`);
    for (const row of rows)
      await db.execute(
        sql`insert into kinds.kinds select * from json_populate_record(null::kinds.kinds, ${JSON.stringify({ ...row, is_on: row.isOn })}::json)`,
      );
  });
  afterAll(() => server.close());

  const asked = () =>
    database.sql
      .select({
        kind: kinds,
        twice: sql<number>`${kinds.small} * 2`,
        words: kinds.words,
        deep: { name: kinds.name, when: kinds.time },
      })
      .from(kinds)
      .where(sql`${kinds.place} = any(${sql.placeholder('places')}::int[])`)
      .orderBy(asc(kinds.place));

  it('makes the rows that Drizzle makes, of every kind of column', async () => {
    const places = rows.map(({ place }) => place);
    const found = await database.read('kinds', asked())({ places });
    expect(found).toHaveLength(rows.length);
    expect(found).toEqual(await asked().prepare('kinds_drizzle').execute({ places }));
    expect(found[3]?.words).toEqual(rows[3]?.words);
    expect(found[0]?.deep.when).toEqual(new Date('2026-03-01T09:30:00.120Z'));
  });

  it('makes a row of its own for each that asks', async () => {
    const read = database.read('kinds_again', asked());
    const [first] = await read({ places: [1] });
    first?.words?.push('more');
    expect((await read({ places: [1] }))[0]?.words).toEqual(['a', 'b c']);
  });

  it('sends one statement, and none without the values that it wants', async () => {
    const read = database.read('kinds_once', asked());
    expect(await statementsOf(() => read({ places: [1, 2, 3] }))).toHaveLength(1);
    expect(await statementsOf(() => read({}).catch(() => 'refused'))).toHaveLength(0);
    await expect(read({})).rejects.toThrow('places');
  });

  it('passes values through what their column takes', async () => {
    const [row] = rows;
    const at = database.sql
      .select({ place: kinds.place })
      .from(kinds)
      .where(eq(kinds.time, sql.placeholder('time')));
    const time = new Date(row?.time as string);
    expect(await database.read('kinds_at', at)({ time })).toEqual([{ place: 1 }]);
  });

  if (name === 'PostgreSQL')
    it('tells of a failure by its code and its text, never by its values', async () => {
      const read = database.read('kinds_broken', asked());
      const failure = await read({ places: ['a secret'] }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(DatabaseFailure);
      expect((failure as DatabaseFailure).code).toBe('22P02');
      expect(String((failure as Error).stack)).not.toContain('secret');
    });
});
