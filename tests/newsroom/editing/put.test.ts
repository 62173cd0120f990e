import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { input, mutations, openSignInService } from '../../support/editing.ts';
import { editor } from '../../support/readers.ts';
import { articleId, putLists, story } from '../../support/stories.ts';

const picture = '3f0d6a3e-0000-8000-8000-000000000001';

describe('putting a story through the gateway', () => {
  let doors: TestDoors;
  let desk: ReturnType<typeof openSignInService>;

  beforeAll(async () => {
    doors = await openDoors();
    desk = openSignInService(doors);
    await putLists(doors.open.articles.store);
  });
  afterAll(() => doors.stop());

  const rowOf = async (sourceId: string) => {
    const [row] = await doors.open.articles.store.anyByIds([articleId(sourceId)]);
    return row;
  };
  const errorOf = async (rest: object, reader = editor) => {
    const { data, errors } = await doors.ask(mutations.put, { input: input('refused', rest) }, reader);
    // A value that is none of its type fails the request.
    if (errors) return errors.map(({ message, extensions }) => [extensions?.code, message]);
    expect(data.putArticle.article).toBeNull();
    return data.putArticle.userErrors.map(
      ({ code, field, message }: { code: string; field: string[]; message: string }) => [
        `${code} ${field.join('.')}`,
        message,
      ],
    );
  };

  it('creates one that nobody but editors sees, and answers it', async () => {
    const made = await desk.put('new');
    expect(made).toMatchObject({
      id: articleId('new'),
      slug: 'story-new',
      revision: '1',
      datePublished: null,
    });
    const query = '{ article(slug: "story-new") { headline } }';
    expect(await doors.ask(query)).toEqual({ data: { article: null } });
    expect(await doors.ask(query, {}, editor)).toEqual({ data: { article: { headline: 'Story new' } } });
  });

  it('keeps what is left out and clears what is null, of a story that an importer made', async () => {
    await doors.stores.articles.putArticles(
      [
        story('kept', {
          kicker: 'Harbour',
          standfirst: 'Below.',
          tagSlugs: ['harbour', 'budget'],
          visibility: 'MEMBERS',
          usageRights: { syndicatable: true, embeddable: true, requiredCredit: 'The Pilot' },
          source: { name: 'The Pilot', category: 'OTHER' },
          leadMedia: { kind: 'image', id: picture, caption: 'A quay.', altText: 'Stones' },
          copyrightNotice: '(c)',
          relatedSlugs: ['story-new'],
        }),
      ],
      'import',
    );
    const before = await rowOf('kept');
    await desk.put('kept', { sectionSlug: undefined, kicker: null, embeddable: false });
    const after = await rowOf('kept');
    const { usageRights, source, leadMedia, copyrightNotice, relatedSlugs, datePublished, slug } =
      before ?? {};
    expect(after).toMatchObject({ source, leadMedia, copyrightNotice, relatedSlugs, datePublished, slug });
    expect(after).toMatchObject({
      kicker: null,
      standfirst: 'Below.',
      visibility: 'MEMBERS',
      abstract: 'Below.',
    });
    expect(after?.usageRights).toEqual({ ...usageRights, embeddable: false });
    expect(after?.tagIds).toEqual(before?.tagIds);
    expect(after?.sectionId).toBe(before?.sectionId);
    await desk.put('kept', { leadImageCaption: null, tagSlugs: null, standfirst: null });
    expect(await rowOf('kept')).toMatchObject({
      leadMedia: { kind: 'image', id: picture, altText: 'Stones' },
      tagIds: [],
      // Nothing of a gated text of one paragraph is free.
      abstract: null,
    });
    await desk.put('kept', { leadImageId: null });
    expect((await rowOf('kept'))?.leadMedia).toBeNull();
  });

  it('makes a summary of the free text anew, also where the one before is sent back with a text that closes', async () => {
    const text = (mark: string) => `<p>Free words.</p>${mark}<p>Later words.</p>`;
    await desk.put('closing', { bodyHtml: text('') });
    const abstract = (await rowOf('closing'))?.abstract;
    expect(abstract).toBe('Free words. Later words.');
    await desk.put('closing', { bodyHtml: text('<!--members-only-->'), visibility: 'PAID', abstract });
    expect((await rowOf('closing'))?.abstract).toBe('Free words.');
    await desk.put('closing', { abstract: 'Written.' });
    await desk.put('closing', { abstract: 'Written.' });
    expect((await rowOf('closing'))?.abstract).toBe('Written.');
  });

  it('changes nothing where nothing is different, and says so by the same revision', async () => {
    const rest = {
      tagSlugs: ['harbour'],
      leadImageId: picture,
      leadImageCaption: 'A quay.',
      bylines: [{ displayName: 'Zoe' }],
    };
    const first = await desk.put('same', rest);
    const last = await doors.open.articles.store.lastPosition();
    expect(await desk.put('same', rest)).toEqual(first);
    expect(await doors.open.articles.store.lastPosition()).toBe(last);
    expect((await desk.put('same', { ...rest, kicker: 'New' })).revision).toBe('2');
  });

  it('lets an import of what was there before the edit put that back, and does not skip it', async () => {
    await doors.stores.articles.putArticles([story('both')], 'import');
    await desk.put('both', { headline: 'Edited' });
    await doors.stores.articles.putArticles([story('both')], 'import');
    expect((await rowOf('both'))?.headline).toBe('Story both');
  });

  it('redirects old slugs', async () => {
    await desk.put('moved', { slug: 'old-name', publishAt: '2026-03-01T12:00:00Z' });
    expect((await desk.put('moved', { slug: 'new-name' })).slug).toBe('new-name');
    expect((await desk.put('moved')).slug).toBe('new-name');
    const query = `{ article(slug: "old-name") { slug }
      page(url: "https://news.example/articles/old-name") { ... on Redirect { location } } }`;
    expect(await doors.ask(query)).toEqual({
      data: {
        article: { slug: 'new-name' },
        page: { location: 'https://news.example/articles/new-name' },
      },
    });
  });

  it('sees what it changed when it reads on in the same request', async () => {
    const { id } = await desk.put('twice');
    const query = `mutation ($id: ID!, $input: ArticleInput!) {
      first: publishArticle(id: $id) { article { headline body { ... on ParagraphBlock { text } } } }
      second: putArticle(input: $input) { article { headline body { ... on ParagraphBlock { text } } access { level reason } } }
      third: correctArticle(id: $id, correctionType: UPDATE, text: "More.") { article { headline corrections { text } } } }`;
    const variables = { id, input: input('twice', { headline: 'Second', bodyHtml: '<p>New text.</p>' }) };
    expect(await doors.ask(query, variables, editor)).toEqual({
      data: {
        first: { article: { headline: 'Story twice', body: [{ text: 'The text of twice.' }] } },
        second: {
          article: {
            headline: 'Second',
            body: [{ text: 'New text.' }],
            access: { level: 'FULL', reason: 'FREE' },
          },
        },
        third: { article: { headline: 'Second', corrections: [{ text: 'More.' }] } },
      },
    });
  });

  it('keeps of HTML what a story can hold, and nothing that runs', async () => {
    const html = `<p onclick="steal()">Open <a href="javascript:steal()">words</a> <a href="https://news.example/articles/story-new">ours</a>
      <script>steal()</script><style>p{}</style><svg onload=steal()></svg><iframe src="javascript:steal()"></iframe></p>
      <!--members-only--><p style="color:red">Gated.</p><figure data-image="${picture}" data-alt="A quay"><figcaption>The quay.</figcaption></figure>
      <img src="https://news.example/media/images/${picture}/abc/320x213.jpg"><figure><img src="https://evil.example/x.png" onerror=steal()><figcaption>Kept words.</figcaption></figure>`;
    const { bodyHtml } = await desk.put('html', {
      bodyHtml: html,
      visibility: 'MEMBERS',
      publishAt: '2026-03-01T12:00:00Z',
    });
    expect(bodyHtml).not.toMatch(/steal|script|style|svg|onload|evil/);
    expect(bodyHtml).toContain('<a href="https://news.example/articles/story-new">ours</a>');
    expect(bodyHtml.match(new RegExp(`data-image="${picture}"`, 'g'))).toHaveLength(2);
    expect(bodyHtml).toContain('data-alt="A quay"');
    expect(bodyHtml).toContain('<p>Kept words.</p>');
    expect(bodyHtml.indexOf('<!--members-only-->')).toBeLessThan(bodyHtml.indexOf('Gated'));
    const { data } = await doors.ask('{ article(slug: "story-html") { bodyHtml } }');
    // The story that it links to is not published: for readers the link leads nowhere yet.
    expect(data.article.bodyHtml.trim()).toBe('<p>Open words <a>ours</a></p>');
    // What an editor reads can be put back as it is.
    const again = await desk.put('html', { bodyHtml, visibility: 'MEMBERS' });
    expect(again).toMatchObject({ bodyHtml, revision: '1' });
  });

  it('takes authors whom it does not know by the name of the byline, and those whom it knows without', async () => {
    const { data } = await doors.ask('{ authors { totalCount } }');
    expect(data).toBeDefined();
    const unknown = '3f0d6a3e-0000-8000-8000-00000000000a';
    await desk.put('by', {
      bylines: [
        { authorId: unknown, displayName: 'Cleo Vane', authorSlug: 'cleo' },
        { displayName: 'The desk', role: 'EDITED_BY' },
      ],
      publishAt: '2026-03-01T12:00:00Z',
    });
    const query =
      '{ article(slug: "story-by") { byline bylines { displayName role author { id name slug } } } }';
    expect((await doors.ask(query)).data.article).toEqual({
      byline: 'Cleo Vane',
      bylines: [
        { displayName: 'Cleo Vane', role: 'BY', author: { id: unknown, name: 'Cleo Vane', slug: 'cleo' } },
        { displayName: 'The desk', role: 'EDITED_BY', author: null },
      ],
    });
    await desk.put('by', { bylines: [{ authorId: unknown }] });
    expect((await doors.ask(query)).data.article.byline).toBe('Cleo Vane');
    expect(await errorOf({ bylines: [{ authorId: picture }] })).toEqual([
      [
        'BAD_USER_INPUT input.bylines.0.displayName',
        expect.stringContaining('of a byline without a known author to have a value'),
      ],
    ]);
  });

  it.each<[string, object, string, string]>([
    [
      'a section that is not there',
      { sectionSlug: 'nowhere' },
      'UNKNOWN_REFERENCE input.sectionSlug',
      'Expected section "nowhere" to exist',
    ],
    [
      'no section',
      { sectionSlug: undefined },
      'BAD_USER_INPUT input.sectionSlug',
      'Expected a new story to have a "sectionSlug"',
    ],
    [
      'a section of null',
      { sectionSlug: null },
      'BAD_USER_INPUT input.sectionSlug',
      'Expected "sectionSlug" to have a value or to be left out',
    ],
    [
      'a tag that is not there',
      { tagSlugs: ['none'] },
      'UNKNOWN_REFERENCE input.tagSlugs',
      'Expected tag "none" to exist',
    ],
    [
      'an empty headline',
      { headline: ' \u0007 ' },
      'BAD_USER_INPUT input.headline',
      'Expected "headline" to have a value',
    ],
    [
      'a long headline',
      { headline: 'x'.repeat(301) },
      'BAD_USER_INPUT input.headline',
      'Expected "headline" to be at most 300 characters, but got: 301.',
    ],
    [
      'an empty sourceId',
      { sourceId: '' },
      'BAD_USER_INPUT input.sourceId',
      'Expected "sourceId" to have a value',
    ],
    [
      'too many tags',
      { tagSlugs: Array.from({ length: 51 }, () => 'harbour') },
      'BAD_USER_INPUT input.tagSlugs',
      'Expected "tagSlugs" to have at most 50',
    ],
    [
      'too many bylines',
      { bylines: Array.from({ length: 51 }, () => ({ displayName: 'A' })) },
      'BAD_USER_INPUT input.bylines',
      'Expected "bylines" to have at most',
    ],
    [
      'a byline of nobody',
      { bylines: [{ displayName: 'A' }, {}] },
      'BAD_USER_INPUT input.bylines.1.displayName',
      'Expected a byline to have "displayName" or "authorId"',
    ],
    [
      'an author id that is none',
      { bylines: [{ authorId: 'x', displayName: 'A' }] },
      'BAD_USER_INPUT input.bylines.0.authorId',
      'Expected "bylines.0.authorId" to be an id',
    ],
    [
      'a huge text',
      { bodyHtml: 'x'.repeat(400_001) },
      'BAD_USER_INPUT input.bodyHtml',
      'Expected "bodyHtml" to be at most 400,000 characters',
    ],
    [
      'too many blocks',
      { bodyHtml: '<p>a</p>'.repeat(5_001) },
      'BAD_USER_INPUT input.bodyHtml',
      'Expected "bodyHtml" to have at most 5000 items',
    ],
    [
      'two paywalls and a gate of null',
      { visibility: null },
      'BAD_USER_INPUT input.visibility',
      'Expected "visibility" to have a value',
    ],
    [
      'tiers without one',
      { visibility: 'TIERS' },
      'BAD_USER_INPUT input.requiredTierIds',
      'Expected "requiredTierIds" to have a tier',
    ],
    [
      'a picture id that is none',
      { leadImageId: 'x' },
      'BAD_USER_INPUT input.leadImageId',
      'Expected "leadImageId" to be an id',
    ],
    [
      'an urgency beyond the scale',
      { urgency: 12 },
      'BAD_USER_INPUT input.urgency',
      'Expected urgency to be a whole number from 1 to 9',
    ],
    [
      'an address that runs',
      { canonicalUrl: 'javascript:alert(1)' },
      'BAD_USER_INPUT',
      'Expected URL to be an absolute http or https URL',
    ],
    [
      'an address with a password',
      { canonicalUrl: 'https://desk:secret@news.example/a' },
      'BAD_USER_INPUT',
      'Expected URL to be an absolute http or https URL of at most 2,048 characters without user or password',
    ],
    [
      'a date that is none',
      { publishAt: 'tomorrow' },
      'BAD_USER_INPUT',
      'Expected DateTime to be an ISO 8601',
    ],
  ])('refuses %s and stores nothing', async (_, rest, code, message) => {
    expect(await errorOf(rest)).toEqual([[code, expect.stringContaining(message)]]);
    expect(await rowOf('refused')).toBeNull();
  });

  it('asks for the right scope, and not for that of another subgraph', async () => {
    for (const scopes of [[], ['articles:publish'], ['authors:write', 'media:write'], ['articles']]) {
      const { data, errors } = await doors.ask(mutations.put, { input: input('refused') }, { scopes });
      expect([data, errors?.map(({ extensions }) => extensions?.code)]).toEqual([
        { putArticle: null },
        ['UNAUTHORIZED_FIELD_OR_TYPE'],
      ]);
    }
    const { errors } = await doors.ask(mutations.put, { input: input('refused') });
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await rowOf('refused')).toBeNull();
  });

  it('lets only whoever may publish change when a story appears', async () => {
    const writer = { name: 'writer', scopes: ['articles:write'] };
    const refusal = (field: string) => [
      [`FORBIDDEN input.${field}`, expect.stringContaining('scope "articles:publish"')],
    ];
    expect(await errorOf({ publishAt: '2026-03-01T12:00:00Z' }, writer)).toEqual(refusal('publishAt'));
    const embargoedUntil = '2090-01-01T00:00:00.000Z';
    await desk.put('refused', { publishAt: '2026-03-01T12:00:00Z', embargoedUntil });
    expect(await errorOf({ embargoedUntil: null }, writer)).toEqual(refusal('embargoedUntil'));
    expect(await errorOf({ publishAt: null }, writer)).toEqual(refusal('publishAt'));
    const same = { publishAt: '2026-03-01T12:00:00Z', kicker: 'Fine' };
    expect(await desk.put('refused', same, writer)).toMatchObject({ embargoedUntil, revision: '2' });
  });
});
