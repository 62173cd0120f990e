import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type OpenSubgraphs, openSubgraphs } from '../../../subgraphs/openSubgraphs.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../../../subgraphs/settings.ts';
import { createScratchDatabase } from '../../support/databases.ts';
import { putLists, story } from '../../support/stories.ts';

const onServer = process.env.DATABASE_URL ? describe : describe.skip;

onServer('each subgraph with a PostgreSQL role of its own', () => {
  const suffix = `${process.pid}_${Date.now()}`;
  const roleOf = (name: SubgraphName) => `dateline_${name}_${suffix}`;
  let scratch: Awaited<ReturnType<typeof createScratchDatabase>>;
  let admin: pg.Client;
  let urls: Record<SubgraphName, string>;
  let opened: { open: OpenSubgraphs<SubgraphName>; close: () => Promise<void> };

  beforeAll(async () => {
    scratch = await createScratchDatabase();
    admin = new pg.Client({ connectionString: scratch.url });
    await admin.connect();
    const { rows } = await admin.query('select current_database() as name');
    await admin.query(`revoke all on database ${rows[0].name} from public`);
    const entries = subgraphNames.map(async (name) => {
      await admin.query(`create role ${roleOf(name)} login password 'secret'`);
      await admin.query(`grant connect, create on database ${rows[0].name} to ${roleOf(name)}`);
      const url = new URL(scratch.url);
      url.username = roleOf(name);
      url.password = 'secret';
      return [name, url.href] as const;
    });
    urls = Object.fromEntries(await Promise.all(entries)) as typeof urls;
    const env = Object.fromEntries(
      subgraphNames.map((name) => [`${name.toUpperCase()}_DATABASE_URL`, urls[name]]),
    );
    opened = await openSubgraphs(subgraphNames, { settings: readSubgraphSettings(env) });
  });
  afterAll(async () => {
    await opened?.close();
    await admin?.end();
    await scratch?.drop();
    if (!scratch) return;
    const last = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await last.connect();
    for (const name of subgraphNames) await last.query(`drop role if exists ${roleOf(name)}`);
    await last.end();
  });

  it('makes, fills and reads its own tables', async () => {
    const { articles, authors, media, membership } = opened.open;
    await putLists(articles.store);
    await articles.store.putArticles([story('one')], 'test');
    await authors.store.putAuthors([{ sourceId: 'a', name: 'Ann' }], 'test');
    await media.store.putImages([{ sourceId: 'i' }], 'test');
    await membership.store.putCommunity({ thankYouMessage: 'Thanks.' }, 'test');
    expect(await articles.store.lists.countAll({})).toBe(1);
    expect((await authors.store.list({}, { limit: 5, isBackward: false })).length).toBe(1);
  });

  it.each(subgraphNames)('lets %s read no table of another, and write none', async (name) => {
    const client = new pg.Client({ connectionString: urls[name] });
    await client.connect();
    const others = subgraphNames.filter((other) => other !== name);
    const { rows } = await admin.query(
      'select schemaname, tablename from pg_tables where schemaname = any($1) order by 1, 2',
      [others],
    );
    expect(new Set(rows.map(({ schemaname }) => schemaname))).toEqual(new Set(others));
    for (const { schemaname, tablename } of rows) {
      const table = `${schemaname}.${tablename}`;
      await expect(client.query(`select * from ${table}`)).rejects.toThrow(/permission denied/);
      await expect(client.query(`delete from ${table}`)).rejects.toThrow(/permission denied/);
    }
    await client.end();
  });
});
