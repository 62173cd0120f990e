import { expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { openEmbeddedDatabase, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { putLists, story } from '../../support/stories.ts';

it('has the embedded database know how much it holds, once much was put in', async () => {
  const server = await openEmbeddedDatabase();
  const database = server.databaseOf(subgraphOwner('articles'));
  await database.migrate();
  const store = openArticlesStore(database);
  await putLists(store);
  await store.putArticles(
    ['one', 'two', 'three'].map((name) => story(name)),
    'test',
  );
  const known = async () => {
    const question = sql`select reltuples from pg_class where oid = 'articles.articles'::regclass`;
    const { rows } = (await database.sql.execute(question)) as unknown as { rows: object[] };
    return rows;
  };
  expect(await known()).toEqual([{ reltuples: -1 }]);
  await server.settle();
  expect(await known()).toEqual([{ reltuples: 3 }]);
  await server.close();
});
