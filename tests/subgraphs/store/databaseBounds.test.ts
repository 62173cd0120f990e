import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { openLists } from '../../../subgraphs/articles/sql/lists.ts';
import type { ArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles } from '../../../subgraphs/articles/subgraph.ts';
import { callerOf } from '../../../subgraphs/serve/inProcessCall.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { sharedStore } from '../../../subgraphs/store/connectionShare.ts';
import { type DatabaseServer, openServerDatabase, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { createScratchDatabase, statementsOf, testDatabases } from '../../support/databases.ts';
import { putLists, story } from '../../support/stories.ts';

const now = new Date('2026-04-01T00:00:00Z');

describe.each(testDatabases)('what one operation may ask of $name', ({ open, name }) => {
  let server: DatabaseServer;
  let store: ArticlesStore;
  let ask: ReturnType<typeof callerOf>;

  beforeAll(async () => {
    server = await open();
    const database = server.databaseOf(subgraphOwner('articles'));
    const opened = await articles.open({ database, settings: readSubgraphSettings({}), clock: () => now });
    store = opened.store;
    await putLists(store);
    await store.putArticles(
      ['1', '2', '3', '4', '5'].map((id) =>
        story(id, { slug: `s${id}`, sectionSlug: 'world', tagSlugs: id < '4' ? ['harbour', 'budget'] : [] }),
      ),
      'test',
    );
    ask = callerOf(opened);
  });
  afterAll(() => server.close());

  it('leaves room for others: theirs is asked before the rest of forty questions', async () => {
    const languages = Array.from(
      { length: 40 },
      (_, at) => `q${'abcdefghij'[at % 10]}${'abcd'[Math.floor(at / 10)]}`,
    );
    const many = languages.map(
      (one, at) => `a${at}: articles(first: 1, filter: { inLanguage: "${one}" }) { nodes { id } }`,
    );
    const order: string[] = [];
    const statements = await statementsOf(async () => {
      const first = ask({ query: `{ ${many.join(' ')} }`, signal: new AbortController().signal });
      const other = ask({ query: '{ sections { name } }', signal: new AbortController().signal });
      await Promise.all([
        first.then(() => order.push('forty')),
        other.then(({ data }) => order.push(data ? 'other' : 'failed')),
      ]);
    });
    expect(order).toEqual(['other', 'forty']);
    const place = statements.findIndex(({ statement }) => statement.includes('"lists"."kind" ='));
    expect(statements).toHaveLength(41);
    expect(place).toBeLessThanOrEqual(name === 'PostgreSQL' ? 3 : 1);
  });

  it('asks nothing more for a caller who has gone', async () => {
    const caller = new AbortController();
    const many = Array.from({ length: 20 }, (_, at) => `a${at}: articles(first: ${at + 1}) { nodes { id } }`);
    const statements = await statementsOf(async () => {
      const answer = ask({ query: `{ ${many.join(' ')} }`, signal: caller.signal });
      caller.abort();
      const { errors } = await answer;
      expect(errors?.length).toBe(name === 'PostgreSQL' ? 17 : 19);
    });
    expect(statements).toHaveLength(name === 'PostgreSQL' ? 3 : 1);
  });

  it('counts lists no further than it says', async () => {
    const database = server.databaseOf(subgraphOwner('articles'));
    const counted = async (most: number) => {
      const lists = openLists(database, () => now, { most });
      const world = (await store.listBySlug('SECTION', 'world'))?.id as string;
      return [
        await lists.countAll({}),
        await lists.countAll({ tagSlugs: ['harbour', 'budget'] }),
        ...(await lists.countOfLists([world, world.replace(/^./, '0')], {})),
      ];
    };
    expect(await counted(10_000)).toEqual([5, 3, 5, 0]);
    expect(await counted(2)).toEqual([2, 2, 2, 0]);
  });
});

const url = process.env.DATABASE_URL;
const described = url ? describe : describe.skip;

described(`the time of statements in a PostgreSQL${url ? '' : ' (DATABASE_URL)'}`, () => {
  let server: DatabaseServer;
  let drop: () => Promise<void>;
  let holder: pg.Client;
  beforeAll(async () => {
    const scratch = await createScratchDatabase();
    drop = scratch.drop;
    server = openServerDatabase(scratch.url, { pool: 3, share: 2, readTimeoutMs: 100 });
    holder = new pg.Client({ connectionString: scratch.url });
    await holder.connect();
  });
  afterAll(async () => {
    await holder.end();
    await server.close();
    await drop();
  });

  it('ends a read that is late, prepared or not, and never a write; connections stay', async () => {
    const { sql: db, read } = server.databaseOf(subgraphOwner('articles'));
    const slow = db.select({ slept: sql`pg_sleep(30)` }).from(sql`(select 1) as one`);
    for (const asked of [read('slow', slow)(), db.execute(sql`select pg_sleep(30)`), slow])
      await expect(asked).rejects.toMatchObject({ message: expect.stringMatching(/57014|Failed query/) });
    await db.transaction(async (transaction) => {
      await transaction.execute(sql`select pg_sleep(0.3)`);
    });
    await db.execute(sql`do $$ begin perform pg_sleep(0.3); end $$`);
    // On the same connections reads have their own time again.
    for (const _time of [1, 2, 3, 4])
      await expect(db.execute(sql`select pg_sleep(30)`)).rejects.toBeDefined();
    expect((await db.execute(sql`select 1 as one`)) as object).toMatchObject({ rows: [{ one: 1 }] });
  });

  it('leaves connections to others while all that an operation may hold wait', async () => {
    const slower = openServerDatabase(url as string, { pool: 3, share: 2 });
    const { sql: db, shareOf } = slower.databaseOf(subgraphOwner('articles'));
    const key = Math.floor(Math.random() * 1e9);
    const lock = new pg.Client({ connectionString: url });
    await lock.connect();
    await lock.query(`select pg_advisory_lock(${key})`);
    const store = {
      wait: async () =>
        void (await db.execute(sql`select pg_advisory_xact_lock_shared(${sql.raw(String(key))})`)),
      ask: async () => (await db.execute(sql`select 1`)) !== undefined,
    };
    const one = sharedStore(store, shareOf(new AbortController().signal));
    const other = sharedStore(store, shareOf(new AbortController().signal));
    const waiting = Array.from({ length: 10 }, () => one.wait());
    // Ten that wait would hold all three connections.
    expect(await Promise.all([other.ask(), other.ask(), other.ask()])).toEqual([true, true, true]);
    await lock.end();
    await Promise.all(waiting);
    await slower.close();
  });
});
