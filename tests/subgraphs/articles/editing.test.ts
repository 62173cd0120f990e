import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block } from '../../../subgraphs/articles/blocks.ts';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { articles as articlesSubgraph } from '../../../subgraphs/articles/subgraph.ts';
import { keywords, listings, outbox, profiles, vocabulary } from '../../../subgraphs/articles/tables.ts';
import { callerOf } from '../../../subgraphs/serve/inProcessCall.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { type Database, type DatabaseServer, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { anonymous } from '../../../subgraphs/trust/reader.ts';
import { testDatabases } from '../../support/databases.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const begin = Date.parse('2026-04-01T00:00:00Z');
const hour = 3_600_000;
const body = (text: string): Block[] => [{ kind: 'paragraph', html: text }];

describe.each(testDatabases)('editing in the store, on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: ArticlesStore;
  let now = new Date(begin);

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    store = openArticlesStore(database, () => now);
    await putLists(store);
  });
  afterAll(() => server.close());

  const edit = { by: 'editor' };
  const said = (sourceId: string, rest: object = {}) => ({
    ...{ sourceId, headline: `Story ${sourceId}`, sectionSlug: 'city', body: body('Text.') },
    ...rest,
  });
  const rowOf = async (id: string) => (await store.anyByIds([id]))[0];

  it('lets one of those win who save what they saw at the same time, whatever they do', async () => {
    const id = await store.editArticle(said('raced'), { ...edit, mayPublish: true });
    const saw = { ...edit, expectedRevision: '1' };
    const tries = await Promise.allSettled([
      store.editArticle(said('raced', { headline: 'A' }), { ...saw, mayPublish: false }),
      store.publish(id, null, saw),
      store.withdrawStory(id, 'No.', saw),
      store.correct(id, { correctionType: 'UPDATE', text: 'Note.' }, saw),
    ]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await rowOf(id))?.revision).toBe(2);
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason.extensions.code).toBe('CONFLICT');
  });

  it('lets two make the same new story at once: the second changes the first', async () => {
    const put = (headline: string) =>
      store.editArticle(said('new', { headline }), { ...edit, mayPublish: false });
    const [one, two] = await Promise.all([put('A'), put('B')]);
    expect(one).toBe(two);
    expect((await rowOf(one))?.revision).toBe(2);
  });

  it('moves a story in its lists with its date, and takes it out with its withdrawal', async () => {
    const id = await store.editArticle(said('listed', { tagSlugs: ['harbour'] }), {
      ...edit,
      mayPublish: true,
    });
    const listed = async () => {
      const rows = await database.sql.select().from(listings);
      return [...new Set(rows.filter((row) => row.articleId === id).map((row) => row.visibleFrom.getTime()))];
    };
    expect(await listed()).toEqual([]);
    await store.publish(id, new Date(begin + hour), edit);
    expect(await listed()).toEqual([begin + hour]);
    await store.publish(id, null, edit);
    expect(await listed()).toEqual([begin]);
    expect(await store.search.count('listed', { publishedAfter: new Date(begin - hour) })).toBe(1);
    await store.withdrawStory(id, 'No.', edit);
    expect(await listed()).toEqual([]);
  });

  it('forgets the terms of a story that was withdrawn, and counts those of one that was changed', async () => {
    const stories = async (word: string) =>
      (await database.sql.select().from(vocabulary)).find((row) => row.word === word)?.stories ?? 0;
    const body = (text: string) => ({ body: [{ kind: 'paragraph' as const, html: text }] });
    const put = (text: string) => store.editArticle(said('terms', body(text)), { ...edit, mayPublish: true });
    const all = await stories('');
    const id = await put('Quokkas and wombats.');
    expect(await Promise.all(['', 'quokkas'].map(stories))).toEqual([all, 0]);
    await store.publish(id, null, edit);
    await store.reindex();
    expect(await Promise.all(['', 'quokkas', 'wombats'].map(stories))).toEqual([all + 1, 1, 1]);
    await put('Wombats and numbats.');
    expect(await Promise.all(['', 'quokkas', 'wombats', 'numbats'].map(stories))).toEqual([all + 1, 0, 1, 1]);
    await store.withdrawStory(id, 'No.', edit);
    expect(await Promise.all(['', 'wombats', 'numbats'].map(stories))).toEqual([all, 0, 0]);
    const left = [
      ...(await database.sql.select().from(keywords)),
      ...(await database.sql.select().from(profiles)),
    ];
    expect(left.filter((row) => row.articleId === id)).toEqual([]);
  });

  it('writes one event for each change, signed, and none where nothing changed', async () => {
    const events = async () => {
      const rows = await database.sql.select().from(outbox);
      return rows.filter((row) => row.id === articleId('told')).map((row) => [row.change, row.changedBy]);
    };
    const by = 'ann';
    const id = await store.editArticle(said('told'), { by, mayPublish: true });
    await store.editArticle(said('told'), { by, mayPublish: true });
    await store.publish(id, null, { by: 'bo' });
    await store.publish(id, null, { by: 'bo' });
    await store.setRelated(id, [], { by });
    await store.withdrawStory(id, 'No.', { by });
    await store.withdrawStory(id, 'No.', { by });
    expect(await events()).toEqual([
      ['created', 'ann'],
      ['updated', 'bo'],
      ['withdrawn', 'ann'],
    ]);
  });

  it('hides what is not for everybody from whoever asks it without its gateway', async () => {
    const settings = readSubgraphSettings({ PUBLIC_URL: 'https://news.example' });
    const open = await articlesSubgraph.open({ database, settings, clock: () => now });
    const id = await store.editArticle(said('lone', { embargoedUntil: new Date(begin + hour) }), {
      ...edit,
      mayPublish: true,
    });
    const ask = callerOf(open);
    const query = `{ a: article(id: "${id}") { id } b: article(slug: "story-lone") { id } }`;
    expect((await ask({ query })).data).toEqual({ a: null, b: null });
    const identity = JSON.stringify({ reader: { sub: 'ann', scope: 'articles:write' } });
    expect((await ask({ query, identity })).data).toEqual({ a: { id }, b: { id } });
    await store.editArticle(said('lone', { embargoedUntil: null, datePublished: new Date(begin) }), {
      ...edit,
      mayPublish: true,
    });
    const fields = `{ article(id: "${id}") { revision embargoedUntil } }`;
    expect((await ask({ query: fields })).data).toEqual({
      article: { revision: null, embargoedUntil: null },
    });
    const mutation = `mutation { publishArticle(id: "${id}") { userErrors { code } } }`;
    expect((await ask({ query: mutation, identity })).errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
    expect(open.contextFor({ reader: anonymous })).not.toBe(open.contextFor({ reader: anonymous }));
  });

  it('tells that a change was stored where the story cannot be loaded afterwards', async () => {
    const settings = readSubgraphSettings({ PUBLIC_URL: 'https://news.example' });
    const open = await articlesSubgraph.open({ database, settings, clock: () => now });
    const id = await store.editArticle(said('stored'), { ...edit, mayPublish: false });
    open.store.byIds = async () => {
      throw new Error('The connection was lost.');
    };
    const identity = JSON.stringify({ reader: { sub: 'ann', scope: 'articles:publish' } });
    const run = (fields: string) =>
      callerOf(open)({ query: `mutation { publishArticle(id: "${id}") { ${fields} } }`, identity });
    const { data, errors } = await run('article { id } userErrors { code }');
    expect(data).toEqual({ publishArticle: { article: null, userErrors: [] } });
    expect(errors?.map(({ path }) => path)).toEqual([['publishArticle', 'article']]);
    expect((await rowOf(id))?.pubStatus).toBe('USABLE');
    expect(await run('userErrors { code }')).toMatchObject({ data: { publishArticle: { userErrors: [] } } });
  });

  it('loses nothing and shows nothing before its time, whatever editors and an importer do', async () => {
    const times = fc.integer({ min: -2, max: 4 }).map((hours) => hours * hour);
    const step = fc.oneof(
      fc.record({ do: fc.constant('import'), date: fc.option(times, { nil: undefined }), text: fc.nat(3) }),
      fc.record({ do: fc.constant('put'), embargo: fc.option(times, { nil: undefined }), text: fc.nat(3) }),
      fc.record({ do: fc.constant('lift') }),
      fc.record({
        do: fc.constant('publish'),
        at: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
      }),
      fc.record({ do: fc.constant('correct'), text: fc.nat(3) }),
      fc.record({ do: fc.constant('relate'), ids: fc.subarray(['main', 'other']) }),
      fc.record({ do: fc.constant('withdraw') }),
      fc.record({ do: fc.constant('pass'), hours: fc.integer({ min: 1, max: 3 }) }),
    );
    await store.putArticles([story('main'), story('other')], 'test');
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const sourceId = `random${run++}`;
        const id = articleId(sourceId);
        now = new Date(begin);
        /** What the story must be like. */
        const model = {
          ...{ exists: false, published: null as number | null, embargo: null as number | null },
          ...{ withdrawn: false, notes: [] as string[], related: [] as string[], text: '', imported: '' },
        };
        for (const one of steps) {
          const t = now.getTime();
          const isThere = model.exists;
          if (one.do === 'import' && 'text' in one && 'date' in one) {
            const datePublished = one.date === undefined ? undefined : new Date(t + one.date);
            const content = story(sourceId, {
              body: body(`Imported ${one.text}.`),
              datePublished: datePublished as Date,
            });
            if (datePublished === undefined) delete content.datePublished;
            const key = JSON.stringify(content);
            await store.putArticles([content], 'import');
            // The same again is no news.
            if (key !== model.imported) {
              model.text = `Imported ${one.text}.`;
              if (datePublished && !model.withdrawn) model.published = datePublished.getTime();
            }
            Object.assign(model, { exists: true, imported: key });
          } else if (one.do === 'put' && 'embargo' in one) {
            const embargoedUntil = one.embargo === undefined ? undefined : new Date(t + one.embargo);
            const was = await rowOf(id);
            const text = `Edited ${one.text}.`;
            await store.editArticle(said(sourceId, { body: body(text), embargoedUntil }), {
              ...edit,
              mayPublish: true,
            });
            if (embargoedUntil && !model.withdrawn) model.embargo = embargoedUntil.getTime();
            Object.assign(model, { exists: true, text });
            // Where an edit changed something, the next import is looked at again.
            if ((await rowOf(id))?.revision !== was?.revision) model.imported = '';
          } else if (one.do === 'lift' && isThere) {
            const was = await rowOf(id);
            await store.editArticle(said(sourceId, { body: body(model.text), embargoedUntil: null }), {
              ...edit,
              mayPublish: true,
            });
            // The dates of what was withdrawn stay.
            if (!model.withdrawn) model.embargo = null;
            if ((await rowOf(id))?.revision !== was?.revision) model.imported = '';
          } else if (one.do === 'publish' && 'at' in one && isThere) {
            const at = one.at === undefined ? null : new Date(t + one.at * hour);
            const work = store.publish(id, at, edit);
            if (model.withdrawn) await expect(work).rejects.toThrow('not withdrawn');
            else {
              await work;
              const isSettled = model.published !== null && model.published <= t;
              const hasAppeared = isSettled && (model.embargo === null || model.embargo <= t);
              if (!hasAppeared && !(isSettled && !at)) model.published = at?.getTime() ?? t;
            }
          } else if (one.do === 'correct' && 'text' in one && isThere) {
            await store.correct(id, { correctionType: 'UPDATE', text: `Note ${one.text}.` }, edit);
            model.notes.push(`Note ${one.text}.`);
          } else if (one.do === 'relate' && 'ids' in one && isThere) {
            await store.setRelated(id, one.ids.map(articleId), edit);
            model.related = one.ids.map((name) => `story-${name}`);
          } else if (one.do === 'withdraw' && isThere) {
            await store.withdrawStory(id, 'No.', edit);
            model.withdrawn = true;
          } else if (one.do === 'pass' && 'hours' in one) now = new Date(t + one.hours * hour);

          if (!model.exists) continue;
          const row = await rowOf(id);
          expect(row?.corrections.map(({ text }) => text)).toEqual(model.notes);
          expect(row?.relatedSlugs).toEqual(model.related);
          expect([row?.datePublished?.getTime() ?? null, row?.embargoedUntil?.getTime() ?? null]).toEqual([
            model.published,
            model.embargo,
          ]);
          const [blocks] = await store.bodiesByIds([id]);
          expect(blocks).toEqual(body(model.text));
          const isDue =
            model.published !== null && Math.max(model.published, model.embargo ?? 0) <= now.getTime();
          const [shown] = await store.byIds([id]);
          expect(shown !== null).toBe(isDue && !model.withdrawn);
          const condition = {
            order: 'DATE_PUBLISHED_DESC',
            page: { limit: 100, isBackward: false },
          } as const;
          const all = await store.lists.all({ ...condition, condition: {} });
          expect(all.some((other) => other.id === id)).toBe(isDue && !model.withdrawn);
        }
        if (model.exists) await store.withdraw(id, 'Done.', 'test');
      }),
      { numRuns: 60 },
    );
  }, 120_000);
});
