/** The embedded database on a disk that fills up. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles } from '../../../subgraphs/articles/subgraph.ts';
import { membership } from '../../../subgraphs/membership/subgraph.ts';
import { callerOf } from '../../../subgraphs/serve/inProcessCall.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import {
  type DatabaseServer,
  openEmbeddedDatabase,
  subgraphOwner,
} from '../../../subgraphs/store/database.ts';
import { putLists, story } from '../../support/stories.ts';

const megabyte = 1024 * 1024;

describe('the embedded database on a disk that fills up', () => {
  let folder: string;
  let server: DatabaseServer;
  let free = 1000 * megabyte;
  const changes: [isFull: boolean, free: number][] = [];
  let waiting: (() => void) | undefined;

  /** Resolves when the database has seen that the disk has so much room. */
  const setFree = (bytes: number) =>
    new Promise<void>((seen) => {
      free = bytes;
      waiting = seen;
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-disk-'));
    server = await openEmbeddedDatabase(folder, {
      freeBytes: async () => free,
      onChange: (...change) => {
        changes.push(change);
        waiting?.();
      },
    });
  }, 120_000);
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('refuses changes in words, goes on reading, and accepts changes once there is room', async () => {
    const settings = readSubgraphSettings({ DATA_DIR: folder });
    const subgraph = await membership.open({
      database: server.databaseOf(subgraphOwner('membership')),
      settings,
    });
    const ask = callerOf(subgraph);
    const signIn = () =>
      ask({ query: 'mutation { requestSignInLink(email: "reader@example.org") { userErrors { code } } }' });
    const count = () => ask({ query: '{ membership { memberCount { display } } }' });

    await setFree(63 * megabyte);
    expect((await signIn()).errors).toMatchObject([
      {
        message:
          'Expected disk space to store the change, but got: a full disk. Nothing was stored; queries still work.',
        extensions: { code: 'STORAGE_FULL' },
      },
    ]);
    expect((await count()).errors).toBeUndefined();

    await setFree(64 * megabyte);
    expect((await signIn()).data).toEqual({ requestSignInLink: { userErrors: [] } });
    expect(changes).toEqual([
      [true, 63 * megabyte],
      [false, 64 * megabyte],
    ]);
    await subgraph.stop?.();
  });

  it('lets Articles open, whether or not stories wait to be indexed', async () => {
    const settings = readSubgraphSettings({ DATA_DIR: folder });
    const database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    const store = openArticlesStore(database);
    await putLists(store);
    await store.putArticles([story('kept', { headline: 'Kept' })], 'test');
    const found = async () => {
      const subgraph = await articles.open({ database, settings });
      const { rows } = await subgraph.store.search.find('kept', {}, { limit: 1, isBackward: false });
      await subgraph.stop?.();
      return rows.length;
    };
    await setFree(63 * megabyte);
    expect(await found()).toBe(1);
    await setFree(64 * megabyte);
    await database.sql.execute(sql`update articles.bodies set search_form = 0, search = ''`);
    await setFree(63 * megabyte);
    expect(await found()).toBe(0);
    await setFree(64 * megabyte);
    expect(await found()).toBe(1);
  });
});
