import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { followAuthors } from '../../../newsroom/contributors.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { openSignInService, refusals } from '../../support/editing.ts';
import { editor } from '../../support/readers.ts';
import { putLists } from '../../support/stories.ts';

const putAuthor = `mutation ($input: AuthorInput!) { putAuthor(input: $input) { ${refusals}
  result: author { id slug name jobTitle bio location email avatar { id } sameAs { platform url handle } } } }`;
const putImage = `mutation ($input: ImageInput!) { putImage(input: $input) { ${refusals}
  result: image { id width height altText caption creditText credit { creatorName agency provider isKnown } rights { syndicatable embeddable } } } }`;
const putVideo = `mutation ($input: VideoInput!) { putVideo(input: $input) { ${refusals}
  result: video { id headline description contentUrl embedUrl duration creditText poster { id } } } }`;

describe('putting authors, pictures and videos through the gateway', () => {
  let doors: TestDoors;
  beforeAll(async () => {
    doors = await openDoors();
    await putLists(doors.open.articles.store);
  });
  afterAll(() => doors.stop());

  const done = async (query: string, input: object) => {
    const { data, errors } = await doors.ask(query, { input }, editor);
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    const [payload] = Object.values(data) as { result: Record<string, unknown>; userErrors: object[] }[];
    expect(payload?.userErrors).toEqual([]);
    return payload?.result as Record<string, unknown>;
  };
  /** What is wrong with which field; a value that is none of its type fails the request instead. */
  const refused = async (query: string, input: object) => {
    const { data, errors } = await doors.ask(query, { input }, editor);
    if (errors) return errors.map(({ message, extensions }) => `${extensions?.code}: ${message}`).join('\n');
    const [payload] = Object.values(data) as {
      result: unknown;
      userErrors: { code: string; field: string[]; message: string }[];
    }[];
    expect(payload?.result).toBeNull();
    return payload?.userErrors
      .map(({ code, field, message }) => `${code} ${field.join('.')}: ${message}`)
      .join('\n');
  };

  it('creates an author and keeps of one that an importer made what is left out', async () => {
    const sameAs = [{ platform: 'X' as const, url: 'https://x.com/cleo', handle: 'cleo' }];
    await doors.stores.authors.putAuthors(
      [
        {
          sourceId: 'cleo',
          name: 'Cleo',
          email: 'cleo@paper.example',
          bio: 'Writes.',
          jobTitle: 'Editor',
          sameAs,
        },
      ],
      'import',
    );
    const links = ['https://x.com/cleo', 'https://social.example/@cleo', 'https://cleo.example/'];
    const made = await done(putAuthor, {
      sourceId: 'cleo',
      name: 'Cleo Vane',
      slug: 'cleo',
      jobTitle: null,
      sameAs: links,
    });
    expect(made).toEqual({
      id: idOf('author', 'cleo'),
      ...{ slug: 'cleo', name: 'Cleo Vane', jobTitle: null, bio: 'Writes.', location: null, avatar: null },
      email: 'cleo@paper.example',
      sameAs: [
        { platform: 'X', url: 'https://x.com/cleo', handle: 'cleo' },
        { platform: 'MASTODON', url: 'https://social.example/@cleo', handle: null },
        { platform: 'WEBSITE', url: 'https://cleo.example/', handle: null },
      ],
    });
    const last = await doors.open.authors.store.lastPosition();
    expect(await done(putAuthor, { sourceId: 'cleo', name: 'Cleo Vane' })).toEqual(made);
    expect(await doors.open.authors.store.lastPosition()).toBe(last);
  });

  it('shows the address of an author to whoever may read it alone', async () => {
    const query = '{ author(slug: "cleo") { name email } }';
    const { data, errors } = await doors.ask(query, {}, { scopes: ['authors:write', 'articles:write'] });
    expect(data.author).toEqual({ name: 'Cleo Vane', email: null });
    expect(errors?.[0]?.extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect((await doors.ask(query, {}, { scopes: ['authors:read'] })).data.author.email).toBe(
      'cleo@paper.example',
    );
  });

  it('has the names beside bylines follow', async () => {
    const desk = openSignInService(doors);
    const { id } = await done(putAuthor, { sourceId: 'dora', name: 'Dora Quill' });
    await desk.put('by', {
      bylines: [{ authorId: id, displayName: 'D. Q.' }],
      publishAt: '2026-03-01T12:00:00Z',
    });
    const query = '{ article(slug: "story-by") { byline bylines { author { name slug } } } }';
    const shown = async () => (await doors.ask(query)).data.article;
    expect(await shown()).toEqual({ byline: 'D. Q.', bylines: [{ author: { name: 'D. Q.', slug: 'd-q' } }] });
    const follow = followAuthors({ authors: doors.open.authors.store, articles: doors.open.articles.store });
    await follow();
    expect((await shown()).bylines).toEqual([{ author: { name: 'Dora Quill', slug: 'dora-quill' } }]);
    await done(putAuthor, { sourceId: 'dora', name: 'Dora Quill-Vane', slug: 'dora' });
    await follow();
    expect((await shown()).bylines).toEqual([{ author: { name: 'Dora Quill-Vane', slug: 'dora' } }]);
    const last = await doors.open.articles.store.lastPosition();
    await followAuthors({ authors: doors.open.authors.store, articles: doors.open.articles.store })();
    expect(await doors.open.articles.store.lastPosition()).toBe(last);
  });

  const picture = {
    sourceId: 'quay',
    contentUrl: 'https://pictures.example/quay.jpg',
    width: 1200,
    height: 800,
  };

  it('reads the credit of a picture into its parts, and names nobody where nobody is named', async () => {
    const made = await done(putImage, {
      ...picture,
      creditText: 'Seong Joon Cho/Bloomberg via Getty Images',
      syndicatable: true,
    });
    expect(made).toMatchObject({
      id: idOf('image', 'quay'),
      creditText: 'Seong Joon Cho/Bloomberg via Getty Images',
      credit: { creatorName: 'Seong Joon Cho', agency: 'Bloomberg', provider: 'Getty Images', isKnown: true },
      rights: { syndicatable: true, embeddable: false },
    });
    const kept = await done(putImage, { ...picture, altText: 'A quay', caption: 'The quay.' });
    expect(kept).toMatchObject({
      altText: 'A quay',
      caption: 'The quay.',
      creditText: made.creditText,
      rights: made.rights,
    });
    expect(await done(putImage, { ...picture, creditText: null })).toMatchObject({
      ...{ altText: 'A quay', caption: 'The quay.', creditText: 'Credit unknown' },
      credit: { isKnown: false },
    });
    expect(
      await done(putImage, { ...picture, creditText: 'the harbour office, by permission' }),
    ).toMatchObject({
      creditText: 'the harbour office, by permission',
    });
    expect(
      await done(putImage, {
        ...picture,
        creditText: undefined,
        sourceId: 'new',
        caption: 'Boats. (Ana Roe/Reuters)',
      }),
    ).toMatchObject({ caption: 'Boats.', creditText: 'Ana Roe/Reuters' });
  });

  it('keeps the file of a picture that is put with the address that Media gives it', async () => {
    await doors.stores.media.putImages(
      [{ sourceId: 'filed', file: 'filed.jpg', width: 2000, height: 1000, focalPoint: { x: 0.2, y: 0.3 } }],
      'import',
    );
    const id = idOf('image', 'filed');
    const [before] = await doors.open.media.store.imagesByIds([id], 'editor');
    const contentUrl = `https://news.example/media/images/${id}/v/2000x1000.jpg`;
    await done(putImage, { sourceId: 'filed', contentUrl, width: 10, height: 10, altText: 'Filed' });
    const [after] = await doors.open.media.store.imagesByIds([id], 'editor');
    const { updatedAt, contentHash, altText, ...rest } = before ?? ({} as NonNullable<typeof before>);
    expect(after).toMatchObject({ ...rest, altText: 'Filed' });
    expect(await refused(putImage, { ...picture, sourceId: 'none', contentUrl })).toContain(
      'but got a URL of this site',
    );
  });

  it('puts videos', async () => {
    const video = {
      sourceId: 'v',
      headline: 'Boats',
      contentUrl: 'https://videos.example/v.mp4',
      uploadDate: '2026-03-01T00:00:00Z',
    };
    const made = await done(putVideo, {
      ...video,
      duration: 'PT1M',
      posterId: idOf('image', 'quay'),
      creditText: 'Ana Roe/Reuters',
    });
    expect(made).toMatchObject({
      creditText: 'Ana Roe/Reuters',
      duration: 'PT1M',
      contentUrl: video.contentUrl,
      poster: { id: idOf('image', 'quay') },
    });
    expect(await done(putVideo, { ...video, description: 'Sail.' })).toEqual({
      ...made,
      description: 'Sail.',
    });
    expect(await done(putVideo, { ...video, posterId: null })).toMatchObject({
      poster: null,
      description: 'Sail.',
    });
  });

  it.each<[string, string, object, string]>([
    ['an author without a name', putAuthor, { sourceId: 'x', name: ' ' }, 'Expected "name" to have a value'],
    [
      'a long bio',
      putAuthor,
      { sourceId: 'x', name: 'X', bio: 'x'.repeat(2001) },
      'Expected "bio" to be at most 2,000',
    ],
    [
      'a link that runs',
      putAuthor,
      { sourceId: 'x', name: 'X', sameAs: ['javascript:x()'] },
      'Expected URL to be',
    ],
    [
      'too many links',
      putAuthor,
      { sourceId: 'x', name: 'X', sameAs: Array.from({ length: 31 }, () => 'https://a.example') },
      'at most 30',
    ],
    [
      'a picture of no size',
      putImage,
      { ...picture, sourceId: 'x', width: 0 },
      'to be a whole number of pixels',
    ],
    [
      'a picture at a file',
      putImage,
      { ...picture, sourceId: 'x', contentUrl: 'file:///etc/passwd' },
      'Expected URL to be',
    ],
    [
      'a picture of text',
      putImage,
      { ...picture, sourceId: 'x', encodingFormat: 'text/html' },
      'to be the media type of a picture',
    ],
    [
      'a long credit',
      putImage,
      { ...picture, sourceId: 'x', creditText: 'x'.repeat(301) },
      'Expected "creditText" to be at most 300',
    ],
  ])('refuses %s', async (_, query, sent, message) => {
    expect(await refused(query, sent)).toContain(message);
    expect(await refused(query, sent)).toContain('BAD_USER_INPUT');
  });

  it('asks for the scope of the subgraph', async () => {
    const scopes = ['articles:write', 'articles:publish', 'authors:read'];
    for (const [query, sent] of [
      [putAuthor, { sourceId: 'no', name: 'No' }],
      [putImage, { ...picture, sourceId: 'no' }],
    ] as const) {
      const { errors } = await doors.ask(query, { input: sent }, { scopes });
      expect(errors?.[0]?.extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    }
    expect(await doors.open.authors.store.byIds([idOf('author', 'no')])).toEqual([null]);
    expect(await doors.open.media.store.imagesByIds([idOf('image', 'no')], 'editor')).toEqual([null]);
  });
});
