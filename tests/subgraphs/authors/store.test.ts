import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AuthorsStore, openAuthorsStore } from '../../../subgraphs/authors/store.ts';
import { outbox } from '../../../subgraphs/authors/tables.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';

describe.each(testDatabases)('the store of Authors on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: AuthorsStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('authors'));
    await database.migrate();
    store = openAuthorsStore(database);
  });
  afterAll(() => server.close());

  it('keeps what was put, and gives a second author of the same name another slug', async () => {
    const outcomes = await store.putAuthors(
      [
        {
          sourceId: 'a',
          name: 'Ann Lee',
          knowsAbout: ['harbours'],
          sameAs: [{ platform: 'X', url: 'https://x.example/a' }],
        },
        { sourceId: 'b', name: 'Ann Lee' },
      ],
      'test',
    );
    expect(outcomes.map(({ outcome, slug }) => [outcome, slug])).toEqual([
      ['created', 'ann-lee'],
      ['created', 'ann-lee-2'],
    ]);
    expect(outcomes[1]?.notes).toEqual(['The slug "ann-lee" is taken, so it became "ann-lee-2".']);
    const [second, none, first] = await store.byIds([idOf('author', 'b'), 'nobody', idOf('author', 'a')]);
    expect(second).toMatchObject({ slug: 'ann-lee-2', isStaff: true, knowsAbout: [] });
    expect(none).toBeNull();
    expect(first).toMatchObject({
      knowsAbout: ['harbours'],
      sameAs: [{ platform: 'X', url: 'https://x.example/a' }],
    });
    expect((await store.bySlugs(['no', 'ann-lee'])).map((row) => row?.id)).toEqual([
      undefined,
      idOf('author', 'a'),
    ]);
  });

  it('writes nothing when the same is put again, and one event when it differs', async () => {
    const events = () => database.sql.select().from(outbox).orderBy(outbox.position);
    await store.putAuthors([{ sourceId: 'c', name: 'Cy Roe' }], 'import');
    const before = await events();
    const [same] = await store.putAuthors([{ sourceId: 'c', name: 'Cy Roe' }], 'import');
    expect(same).toMatchObject({ outcome: 'unchanged', slug: 'cy-roe' });
    expect(await events()).toHaveLength(before.length);
    const [other] = await store.putAuthors([{ sourceId: 'c', name: 'Cy Roe', bio: 'New.' }], 'editor');
    expect(other).toMatchObject({ outcome: 'updated', id: idOf('author', 'c') });
    expect((await events()).at(-1)).toMatchObject({ type: 'Author', change: 'updated', changedBy: 'editor' });
  });

  it('puts all of a list or none of it', async () => {
    const broken = [
      { sourceId: 'd', name: 'Dee Day' },
      { sourceId: 'e', name: '  ' },
    ];
    await expect(store.putAuthors(broken, 'test')).rejects.toThrow('Expected an author to have a name');
    expect(await store.byIds([idOf('author', 'd')])).toEqual([null]);
  });

  it('pages by name in both directions', async () => {
    const forward = await store.list({}, { limit: 2, isBackward: false });
    expect(forward.map(({ slug }) => slug)).toEqual(
      expect.arrayContaining(['ann-lee', 'ann-lee-2', 'cy-roe']),
    );
    const key = [forward[2]?.name ?? '', forward[2]?.id ?? ''];
    const backward = await store.list({}, { limit: 5, isBackward: true, key });
    expect(backward.map(({ id }) => id)).toEqual([forward[1]?.id, forward[0]?.id]);
    expect(await store.count({ name: 'ANN' })).toBe(2);
    expect(await store.count({ name: '%' })).toBe(0);
  });
});
