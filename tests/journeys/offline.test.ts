/** A client that keeps stories for reading offline: what was changed since, and what was removed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DatabaseServer } from '../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../support/databases.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { openSignInService } from '../support/editing.ts';
import { articleId, putLists, story } from '../support/stories.ts';

const minute = 60_000;
const begin = Math.floor(Date.now() / minute) * minute;

const sync = `query Sync($since: DateTime!, $changes: String, $removals: String) {
  articles(first: 2, after: $changes, filter: { modifiedAfter: $since }, orderBy: DATE_MODIFIED_DESC) {
    nodes { id headline } pageInfo { hasNextPage endCursor } }
  removals(first: 2, after: $removals, removedAfter: $since) {
    nodes { articleId removedAt reason } pageInfo { hasNextPage endCursor } } }`;

describe.each(testDatabases)('reading offline on $name', ({ open }) => {
  let databases: DatabaseServer;
  let doors: TestDoors;
  let desk: ReturnType<typeof openSignInService>;
  let now = begin;
  let count = 0;
  const at = () => new Date(now).toISOString();
  const wait = (minutes: number) => {
    now += minutes * minute;
  };

  beforeAll(async () => {
    databases = await open();
    doors = await openDoors({ databases, clock: () => new Date(now) });
    desk = openSignInService(doors);
    await putLists(doors.stores.articles);
  }, 180_000);
  afterAll(async () => {
    await doors?.stop();
    await databases?.close();
  });
  beforeEach(() => {
    wait(60);
    count += 1;
  });

  /** Puts a story that was published a minute ago, and returns its id. */
  async function publish(name: string, rest: object = {}): Promise<string> {
    const { id } = await desk.put(`${name}${count}`, { publishAt: at(), ...rest });
    return id;
  }

  /** All changes and removals since a time, page after page. */
  async function changesSince(since: string) {
    const changes: { id: string; headline: string }[] = [];
    const removals: { articleId: string; removedAt: string; reason: string | null }[] = [];
    const places: { changes?: string; removals?: string } = {};
    let hasMore = true;
    while (hasMore) {
      const { data, errors } = await doors.ask(sync, { since, ...places });
      expect(errors).toBeUndefined();
      changes.push(...data.articles.nodes);
      removals.push(...data.removals.nodes);
      for (const [name, { pageInfo }] of [
        ['changes', data.articles],
        ['removals', data.removals],
      ] as const)
        places[name] = pageInfo.endCursor ?? places[name];
      hasMore = data.articles.pageInfo.hasNextPage || data.removals.pageInfo.hasNextPage;
    }
    return { changes, removals };
  }

  it('gets the stories that are new or were edited, and those that were withdrawn or unpublished', async () => {
    const ids = [];
    for (const name of ['kept', 'edited', 'withdrawn', 'unpublished', 'corrected']) {
      ids.push(await publish(name));
      wait(1);
    }
    const [kept = '', edited = '', withdrawn = '', unpublished = '', corrected = ''] = ids;
    const { data } = await doors.ask('{ feed(slug: "news") { articles(first: 5) { nodes { id } } } }');
    expect(data.feed.articles.nodes.map(({ id }: { id: string }) => id)).toEqual([...ids].reverse());

    wait(5);
    const since = at();
    expect(await changesSince(since)).toEqual({ changes: [], removals: [] });
    wait(1);
    await desk.put(`edited${count}`, { headline: 'It was edited' });
    wait(1);
    await desk.withdraw(withdrawn, 'It was not so.');
    const first = at();
    wait(1);
    await desk.put(`unpublished${count}`, { publishAt: null });
    const second = at();
    wait(1);
    await desk.correct(corrected, 'A number was wrong.');
    wait(1);
    const added = await publish('added');
    expect(await changesSince(since)).toEqual({
      changes: [
        { id: added, headline: `Story added${count}` },
        { id: corrected, headline: `Story corrected${count}` },
        { id: edited, headline: 'It was edited' },
      ],
      removals: [
        { articleId: withdrawn, removedAt: first, reason: 'It was not so.' },
        { articleId: unpublished, removedAt: second, reason: null },
      ],
    });
    expect(kept).not.toBe('');
    // From the last removal on there is nothing more.
    expect((await changesSince(second)).removals).toEqual([]);
  });

  it('is not told of stories that no reader ever saw', async () => {
    const since = at();
    const draft = (await desk.put(`draft${count}`)).id;
    const planned = await publish('planned', { publishAt: new Date(now + 30 * minute).toISOString() });
    const embargoed = await publish('embargoed', {
      embargoedUntil: new Date(now + 30 * minute).toISOString(),
    });
    wait(10);
    for (const id of [draft, planned, embargoed]) await desk.withdraw(id, 'Secret reason.');
    const hidden = await publish('hidden', { publishAt: new Date(now + 30 * minute).toISOString() });
    await desk.put(`hidden${count}`, { publishAt: null });
    expect(hidden).not.toBe('');
    expect(await changesSince(since)).toEqual({ changes: [], removals: [] });
    wait(60);
    expect(await changesSince(since)).toEqual({ changes: [], removals: [] });
  });

  it('gets a story back that is published again, also by the clock alone', async () => {
    const since = at();
    const id = await publish('back');
    const later = await publish('later');
    wait(5);
    for (const name of ['back', 'later']) await desk.put(`${name}${count}`, { publishAt: null });
    expect((await changesSince(since)).removals.map((one) => one.articleId).sort()).toEqual(
      [id, later].sort(),
    );
    wait(5);
    await desk.put(`later${count}`, { publishAt: new Date(now + 5 * minute).toISOString() });
    await desk.publish(id);
    const { changes, removals } = await changesSince(since);
    expect([changes.map((one) => one.id), removals.map((one) => one.articleId)]).toEqual([[id], [later]]);
    wait(6);
    const after = await changesSince(since);
    expect([after.changes.map((one) => one.id), after.removals]).toEqual([[later, id], []]);
    // Withdrawn for good, it is there again, with its time and reason.
    await desk.withdraw(later, 'It was not so.');
    expect((await changesSince(since)).removals).toEqual([
      { articleId: later, removedAt: at(), reason: 'It was not so.' },
    ]);
  });

  it('gets the reason of a story that was unpublished first and withdrawn then', async () => {
    const since = at();
    const id = await publish('twice');
    wait(5);
    await desk.put(`twice${count}`, { publishAt: null });
    const removedAt = at();
    wait(5);
    await desk.withdraw(id, 'It was not so.');
    expect((await changesSince(since)).removals).toEqual([
      { articleId: id, removedAt, reason: 'It was not so.' },
    ]);
  });

  it('is told of what an importer takes away', async () => {
    const since = at();
    const { articles } = doors.stores;
    const put = (rest: object) =>
      articles.putArticles([story(`import${count}`, { datePublished: new Date(begin), ...rest })], 'test');
    await put({ slug: 'imported' });
    wait(5);
    await put({ slug: 'imported', pubStatus: 'CANCELED', withdrawnReason: 'A source was wrong.' });
    const id = articleId(`import${count}`);
    expect((await changesSince(since)).removals).toEqual([
      { articleId: id, removedAt: at(), reason: 'A source was wrong.' },
    ]);
    const gone = articleId(`gone${count}`);
    await articles.putArticles(
      [story(`gone${count}`, { slug: 'gone', datePublished: new Date(begin) })],
      'test',
    );
    wait(5);
    await articles.withdraw(gone, 'Deleted in the CMS.', 'test');
    expect((await changesSince(since)).removals.at(-1)).toEqual({
      articleId: gone,
      removedAt: at(),
      reason: 'Deleted in the CMS.',
    });
  });

  it('pages removals in both directions', async () => {
    const since = at();
    const ids = [await publish('a'), await publish('b'), await publish('c')];
    for (const id of ids) {
      wait(1);
      await desk.withdraw(id);
    }
    const page = async (args: string) => {
      const text = `query ($since: DateTime) { removals(removedAfter: $since, ${args}) {
        edges { cursor node { articleId } } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`;
      return (await doors.ask(text, { since })).data.removals;
    };
    const idsIn = ({ edges }: { edges: { node: { articleId: string } }[] }) =>
      edges.map(({ node }) => node.articleId);
    const last = await page('last: 2');
    expect([idsIn(last), last.pageInfo.hasPreviousPage]).toEqual([ids.slice(1), true]);
    const before = await page(`last: 2, before: "${last.pageInfo.startCursor}"`);
    expect([idsIn(before), before.pageInfo.hasPreviousPage]).toEqual([ids.slice(0, 1), false]);
    expect(idsIn(await page(`first: 5, after: "${before.pageInfo.endCursor}"`))).toEqual(ids.slice(1));
    const foreign = await doors.ask('{ articles(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await doors.ask(
      'query ($after: String) { removals(after: $after) { nodes { articleId } } }',
      {
        after: foreign.data.articles.pageInfo.endCursor,
      },
    );
    expect(errors?.[0]?.message).toMatch(/^Expected "after" to be a cursor of this list/);
  });

  it('costs one statement for each of the two lists, however long they are', async () => {
    const since = new Date(begin).toISOString();
    const sent = await statementsOf(() => doors.ask(sync.replaceAll('first: 2', 'first: 100'), { since }));
    expect(sent).toHaveLength(2);
  });
});
