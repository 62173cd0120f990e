import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { input, type mutations, openSignInService, refusals } from '../../support/editing.ts';
import { editor } from '../../support/readers.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const publisher = { name: 'publisher', scopes: ['articles:publish'] };
const writer = { name: 'writer', scopes: ['articles:write'] };

describe('publishing, withdrawing, correcting and relating through the gateway', () => {
  let doors: TestDoors;
  let desk: ReturnType<typeof openSignInService>;
  let now = new Date('2026-04-01T12:00:00Z');
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000).toISOString();
  const pass = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  beforeAll(async () => {
    doors = await openDoors({ hasAll: true, clock: () => now });
    desk = openSignInService(doors);
    await putLists(doors.open.articles.store);
  });
  afterAll(() => doors.stop());

  const rowOf = async (sourceId: string) => {
    const [row] = await doors.open.articles.store.anyByIds([articleId(sourceId)]);
    if (!row) throw new Error(`Expected ${sourceId} to be stored, but it is not.`);
    return row;
  };
  const isShown = async (sourceId: string) => {
    const query = `query ($id: ID!, $slug: String!) { a: article(id: $id) { id } b: article(slug: $slug) { id }
      articles(first: 100) { nodes { id } } }`;
    const row = await rowOf(sourceId);
    const { data } = await doors.ask(query, { id: row.id, slug: row.slug });
    const ways = [
      data.a?.id,
      data.b?.id,
      data.articles.nodes.find(({ id }: { id: string }) => id === row.id)?.id,
    ];
    if (new Set(ways).size > 1) throw new Error(`Expected all ways to agree, but got: ${ways}.`);
    return ways[0] !== undefined;
  };
  /** The story of the payload, then what is wrong with each field: its code, its path and the message. */
  const refusalOf = async (
    ...asked: Parameters<typeof desk.run>
  ): Promise<[unknown, ...[string, string, string][]]> => {
    const { data, errors } = await desk.run(...asked);
    const payload = Object.values(data)[0] as {
      article: unknown;
      userErrors: { code: string; field: string[] | null; message: string }[];
    };
    expect(errors).toBeUndefined();
    const refusals = payload.userErrors.map(({ code, field, message }): [string, string, string] => [
      code,
      field?.join('.') ?? '',
      message,
    ]);
    return [payload.article, ...refusals];
  };

  it('publishes now, once', async () => {
    const { id } = await desk.put('now');
    expect(await isShown('now')).toBe(false);
    const first = await desk.publish(id);
    expect(first).toMatchObject({ datePublished: now.toISOString(), pubStatus: 'USABLE', revision: '2' });
    pass(3600);
    expect(await desk.publish(id)).toEqual(first);
    expect(await desk.publish(id, { at: later(60) })).toEqual(first);
    expect(await isShown('now')).toBe(true);
    expect((await rowOf('now')).dateFirstPublished).toEqual((await rowOf('now')).datePublished);
  });

  it('publishes at a time by the clock, and can move it', async () => {
    const { id } = await desk.put('scheduled');
    await desk.publish(id, { at: later(600) });
    await desk.publish(id, { at: later(300) });
    pass(299);
    expect(await isShown('scheduled')).toBe(false);
    pass(1);
    expect(await isShown('scheduled')).toBe(true);
    expect((await rowOf('scheduled')).dateFirstPublished).toEqual(now);
  });

  it('lets an embargo go before', async () => {
    const { id } = await desk.put('embargoed', { embargoedUntil: later(600) });
    const published = await desk.publish(id);
    expect(published).toMatchObject({ publishAt: now.toISOString(), datePublished: later(600) });
    expect(await desk.publish(id)).toEqual(published);
    pass(599);
    expect(await isShown('embargoed')).toBe(false);
    pass(1);
    expect(await isShown('embargoed')).toBe(true);
  });

  it('tells when a story was first published, and not when it was published again', async () => {
    const query =
      'query ($id: ID!) { article(id: $id) { datePublished dateModified visibleFrom publishAt } }';
    const { id } = await desk.put('twice', { publishAt: later(-600), embargoedUntil: later(60) });
    const first = later(60);
    // The plan under embargo was never seen, so another plan takes its place.
    await desk.put('twice', { publishAt: later(-300) });
    pass(60);
    await desk.put('twice', { publishAt: later(0), embargoedUntil: null });
    const again = later(0);
    pass(600);
    await desk.put('twice', { publishAt: later(0) });
    const { data } = await doors.ask(query, { id });
    expect(first).toBe(again);
    expect(data.article).toEqual({
      datePublished: first,
      dateModified: later(0),
      visibleFrom: later(0),
      publishAt: null,
    });
    const { data: edited } = await doors.ask(query, { id }, editor);
    expect(edited.article).toEqual({ ...data.article, publishAt: later(0) });
  });

  it('keeps when a story first appeared, and publishes what a source keeps back', async () => {
    await doors.stores.articles.putArticles(
      [story('again', { datePublished: new Date('2026-03-01T00:00:00Z') })],
      'import',
    );
    await doors.stores.articles.putArticles(
      [story('again', { datePublished: null, pubStatus: 'WITHHELD' })],
      'import',
    );
    expect(await isShown('again')).toBe(false);
    await desk.publish(articleId('again'));
    expect(await isShown('again')).toBe(true);
    expect((await rowOf('again')).dateFirstPublished).toEqual(new Date('2026-03-01T00:00:00Z'));
  });

  it('refuses a time in the past, what is not there and what was withdrawn', async () => {
    const { id } = await desk.put('refusing');
    expect(await refusalOf('publish', { id, at: later(-61) })).toEqual([
      null,
      ['BAD_USER_INPUT', 'at', `Expected "at" to be now or later, but got: "${later(-61)}".`],
    ]);
    expect((await rowOf('refusing')).datePublished).toBeNull();
    await desk.publish(id, { at: later(-59) });
    const none = articleId('none');
    for (const [name, rest] of Object.entries({
      publish: {},
      withdraw: { reason: 'x' },
      correct: { type: 'UPDATE', text: 'x' },
      relate: { ids: [] },
    }))
      for (const unknown of [none, 'x', '']) {
        expect(await refusalOf(name as keyof typeof mutations, { id: unknown, ...rest })).toEqual([
          null,
          [
            'UNKNOWN_REFERENCE',
            'id',
            `Expected "id" to be the id of an existing story, but got: "${unknown}".`,
          ],
        ]);
      }
    await desk.withdraw(id);
    expect(await refusalOf('publish', { id })).toEqual([
      null,
      ['BAD_USER_INPUT', 'id', 'Expected a story that is not withdrawn, but got: a withdrawn one.'],
    ]);
  });

  it('withdraws with a reason, once and for good', async () => {
    const { id } = await desk.put('gone', { publishAt: later(-60) });
    for (const reason of ['', '  \u0000'])
      expect((await refusalOf('withdraw', { id, reason }))[1]?.[0]).toBe('BAD_USER_INPUT');
    expect((await refusalOf('withdraw', { id, reason: 'x'.repeat(2001) }))[1]?.[0]).toBe('BAD_USER_INPUT');
    expect(await isShown('gone')).toBe(true);
    const first = await desk.withdraw(id, 'It <b>was</b> not so.');
    expect(first).toMatchObject({ pubStatus: 'CANCELED', revision: '2' });
    expect(await desk.withdraw(id, 'Another reason.')).toEqual(first);
    await desk.put('gone', { headline: 'Back?', publishAt: later(0) });
    expect(await isShown('gone')).toBe(false);
    const query = '{ page(url: "https://news.example/articles/story-gone") { ... on Gone { reason } } }';
    expect((await doors.ask(query)).data).toEqual({ page: { reason: 'It <b>was</b> not so.' } });
    const html = await doors.get('/articles/story-gone');
    expect(html.statusCode).toBe(410);
    expect(html.body).not.toContain('<b>was</b>');
  });

  it('tells nobody of what was withdrawn before its time, nor less of what was seen, whatever its dates become', async () => {
    const query = (
      sourceId: string,
    ) => `{ page(url: "https://news.example/articles/story-${sourceId}") { __typename }
      withdrawal(id: "${articleId(sourceId)}") { reason } }`;
    const { id } = await desk.put('unseen', { publishAt: later(-60), embargoedUntil: later(600) });
    await desk.withdraw(id);
    await desk.put('unseen', { publishAt: later(-60), embargoedUntil: null }, writer);
    pass(700);
    expect((await doors.ask(query('unseen'))).data).toEqual({ page: null, withdrawal: null });
    const seen = await desk.put('seen', { publishAt: later(-60) });
    await desk.withdraw(seen.id);
    for (const dates of [{ embargoedUntil: later(600) }, { publishAt: null }]) {
      await desk.put('seen', dates, writer);
      expect((await doors.ask(query('seen'))).data.page).toEqual({ __typename: 'Gone' });
    }
  });

  it('adds notes with their time, plain and bounded', async () => {
    const { id } = await desk.put('noted', { publishAt: later(-60) });
    pass(60);
    await desk.correct(id, 'It was <i>Friday</i>.\u0007');
    expect(await rowOf('noted')).toMatchObject({
      dateModified: now,
      corrections: [
        { correctionType: 'CORRECTION', text: 'It was <i>Friday</i>.', datePublished: now.toISOString() },
      ],
    });
    for (const text of ['', ' ', 'x'.repeat(2001)])
      expect((await refusalOf('correct', { id, type: 'UPDATE', text }))[1]?.[0]).toBe('BAD_USER_INPUT');
    await desk.put('noted', { headline: 'Another' });
    expect((await rowOf('noted')).corrections).toHaveLength(1);
    expect((await doors.get('/articles/another')).body).not.toContain('<i>Friday</i>');
  });

  it('sets the stories that the editors chose, in order, in place of those before', async () => {
    const [main, one, two, hidden] = await Promise.all(
      ['main', 'one', 'two', 'hidden'].map((name) =>
        desk.put(name, name === 'hidden' ? {} : { publishAt: later(-60) }),
      ),
    );
    const related = async () => {
      const query = 'query ($id: ID!) { article(id: $id) { related(sources: [CURATED]) { nodes { id } } } }';
      const { data } = await doors.ask(query, { id: main.id });
      return data.article.related.nodes.map(({ id }: { id: string }) => id);
    };
    await desk.relate(main.id, [two.id, hidden.id, one.id]);
    expect(await related()).toEqual([two.id, one.id]);
    await desk.put('two', { slug: 'renamed' });
    expect(await related()).toEqual([two.id, one.id]);
    const before = await rowOf('main');
    const refused: [string[], string, string?][] = [
      [[main.id], 'to be ids of other stories'],
      [
        [one.id, articleId('none')],
        'Expected "relatedIds" to be the id of an existing story',
        'UNKNOWN_REFERENCE',
      ],
      [['one'], 'Expected "relatedIds" to be an id, but got: "one".'],
      [[one.id, one.id.toUpperCase()], 'to have unique ids'],
      [Array.from({ length: 21 }, () => one.id), 'to have at most 20 items'],
    ];
    for (const [ids, message, code = 'BAD_USER_INPUT'] of refused)
      expect(await refusalOf('relate', { id: main.id, ids })).toEqual([
        null,
        [code, 'relatedIds', expect.stringContaining(message)],
      ]);
    expect(await rowOf('main')).toEqual(before);
    await desk.relate(main.id, []);
    expect(await related()).toEqual([]);
  });

  it('tells the second of two editors, and stores nothing of theirs', async () => {
    const { id, revision: expectedRevision } = await desk.put('fought', { publishAt: later(-60) });
    await desk.put(
      'fought',
      { headline: 'First', expectedRevision },
      { ...editor, name: 'ann@paper.example' },
    );
    const before = await rowOf('fought');
    const changed = await doors.open.articles.store.lastPosition();
    const message = `Expected the story to stand at revision "1", but it was changed by somebody else at ${now.toISOString()}. Nothing was stored.`;
    const tries: Parameters<typeof desk.run>[] = [
      ['put', { input: input('fought', { headline: 'Second', expectedRevision }) }],
      ['publish', { id, expectedRevision }],
      ['withdraw', { id, reason: 'x', expectedRevision }],
      ['correct', { id, type: 'UPDATE', text: 'x', expectedRevision }],
      ['relate', { id, ids: [], expectedRevision }],
    ];
    for (const one of tries) {
      const field = one[0] === 'put' ? 'input.expectedRevision' : 'expectedRevision';
      expect(await refusalOf(...one)).toEqual([null, ['CONFLICT', field, message]]);
    }
    expect(await rowOf('fought')).toEqual(before);
    expect(await doors.open.articles.store.lastPosition()).toBe(changed);
    const none = { input: input('never', { expectedRevision: '1' }) };
    expect((await refusalOf('put', none))[1]).toEqual([
      'CONFLICT',
      'input.expectedRevision',
      'Expected the story to stand at revision "1", but there is none. Nothing was stored.',
    ]);
    expect(await desk.put('fought', { headline: 'Third' })).toMatchObject({
      headline: 'Third',
      revision: '3',
    });
  });

  it('lets exactly one of many that save at once win', async () => {
    const { revision: expectedRevision } = await desk.put('raced');
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        desk.run('put', { input: input('raced', { headline: `Editor ${n}`, expectedRevision }) }),
      ),
    );
    const payloads = answers.map(({ data }) => data.putArticle);
    const codes = payloads.map(({ userErrors }) => userErrors[0]?.code ?? 'stored').sort();
    expect(codes).toEqual([...Array.from({ length: 7 }, () => 'CONFLICT'), 'stored']);
    expect((await rowOf('raced')).revision).toBe(2);
    const winner = payloads.find(({ article }) => article)?.article.headline;
    expect((await rowOf('raced')).headline).toBe(winner);
  });

  it('shows hidden stories to whoever writes, by id and slug and as an entity, and in no list', async () => {
    await desk.put('secret', {
      publishAt: later(-60),
      embargoedUntil: later(600),
      tagSlugs: ['harbour'],
    });
    const id = articleId('secret');
    const query = `query ($id: ID!) { article(id: $id) { id headline embargoedUntil revision access { level } }
      bySlug: article(slug: "story-secret") { id } page(url: "https://news.example/articles/story-secret") { __typename }
      articles(first: 100) { nodes { id } } search(query: "secret") { totalCount } tag(slug: "harbour") { articles(first: 5) { totalCount } } }`;
    const { data } = await doors.ask(query, { id }, editor);
    expect(data).toMatchObject({
      article: {
        id,
        headline: 'Story secret',
        embargoedUntil: later(600),
        revision: '1',
        access: { level: 'FULL' },
      },
      bySlug: { id },
      page: null,
      search: { totalCount: 0 },
      tag: { articles: { totalCount: 0 } },
    });
    expect(data.articles.nodes.map((node: { id: string }) => node.id)).not.toContain(id);
    for (const reader of [
      undefined,
      publisher,
      { scopes: ['authors:read', 'media:write'] },
      { status: 'PAID' as const },
    ]) {
      const hidden = await doors.ask(
        'query ($id: ID!) { article(id: $id) { id } bySlug: article(slug: "story-secret") { id } }',
        { id },
        reader,
      );
      expect(hidden).toEqual({ data: { article: null, bySlug: null } });
    }
  });

  it('lets whoever publishes act by id, and shows them no more than a reader', async () => {
    const { id } = await desk.put('blind');
    const planned = `mutation ($id: ID!, $at: DateTime) { publishArticle(id: $id, at: $at) { article { id } ${refusals} } }`;
    expect(await doors.ask(planned, { id, at: later(600) }, publisher)).toEqual({
      data: { publishArticle: { article: null, userErrors: [] } },
    });
    expect(await rowOf('blind')).toMatchObject({ pubStatus: 'USABLE', datePublished: new Date(later(600)) });
    const plain =
      'mutation ($id: ID!) { publishArticle(id: $id) { article { id headline } userErrors { code } } }';
    expect(await doors.ask(plain, { id }, publisher)).toEqual({
      data: { publishArticle: { article: { id, headline: 'Story blind' }, userErrors: [] } },
    });
    const back = `mutation ($id: ID!) { withdrawArticle(id: $id, reason: "No.") { article { id } ${refusals} }
      withdrawn: publishArticle(id: $id) { article { id } ${refusals} } }`;
    const { data, errors } = await doors.ask(back, { id }, publisher);
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      withdrawArticle: { article: null, userErrors: [] },
      withdrawn: { article: null, userErrors: [expect.objectContaining({ code: 'BAD_USER_INPUT' })] },
    });
  });

  it('asks for the scope of each mutation and stores nothing without', async () => {
    const { id } = await desk.put('scoped', { publishAt: later(-60) });
    const before = await rowOf('scoped');
    const tries: [keyof typeof mutations, object, object][] = [
      ['publish', { id }, writer],
      ['withdraw', { id, reason: 'x' }, writer],
      ['correct', { id, type: 'UPDATE', text: 'x' }, publisher],
      ['relate', { id, ids: [] }, publisher],
      ['put', { input: input('scoped', { headline: 'No' }) }, publisher],
    ];
    for (const [name, variables, reader] of tries)
      for (const one of [reader, {}]) {
        const { data, errors } = await desk.run(name, variables, one);
        expect([Object.values(data), errors?.map(({ extensions }) => extensions?.code)]).toEqual([
          [null],
          ['UNAUTHORIZED_FIELD_OR_TYPE'],
        ]);
      }
    expect(await rowOf('scoped')).toEqual(before);
    const { data, errors } = await doors.ask(
      'query ($id: ID!) { article(id: $id) { headline revision embargoedUntil } }',
      { id },
    );
    expect(data.article).toEqual({ headline: 'Story scoped', revision: null, embargoedUntil: null });
    expect(errors?.map(({ extensions }) => extensions?.code)).toEqual(
      Array.from({ length: 2 }, () => 'UNAUTHORIZED_FIELD_OR_TYPE'),
    );
  });
});
