import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaStore } from '../../../subgraphs/media/store.ts';
import { media } from '../../../subgraphs/media/subgraph.ts';
import type { OpenSubgraph } from '../../../subgraphs/serve/subgraph.ts';
import { readSubgraphSettings } from '../../../subgraphs/settings.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { ask } from '../../support/ask.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';

const settings = readSubgraphSettings({ PUBLIC_URL: 'https://news.example' });
const now = new Date('2026-03-01T12:00:00Z');
const harbour = idOf('image', 'harbour');
const bare = idOf('image', 'bare');

describe.each(testDatabases)('Media on $name', ({ open }) => {
  let server: DatabaseServer;
  let subgraph: OpenSubgraph<MediaStore>;
  const openWith = (env: NodeJS.ProcessEnv) =>
    media.open({
      database: server.databaseOf(subgraphOwner('media')),
      settings: { ...settings, ...readSubgraphSettings({ PUBLIC_URL: settings.publicUrl, ...env }) },
      clock: () => now,
    });

  beforeAll(async () => {
    server = await open();
    subgraph = await openWith({});
    await subgraph.store.putImages(
      [
        {
          sourceId: 'harbour',
          originUrl: 'https://pictures.example/a b.png?c=1,2',
          width: 1000,
          height: 500,
          encodingFormat: 'image/png',
          caption: 'The harbour.',
          credit: { creatorName: 'Ann Lee', provider: 'Getty Images', category: 'STOCK' },
          rights: { syndicatable: true, embeddable: true, expires: new Date('2026-03-01T11:59:59Z') },
          focalPoint: { x: 0.5, y: 0.25 },
        },
        { sourceId: 'bare', rights: { syndicatable: true, expires: new Date('2026-03-01T12:00:01Z') } },
      ],
      'test',
    );
    await subgraph.store.putVideos(
      [1, 2, 3].map((day) => ({
        sourceId: `film ${day}`,
        headline: `Film ${day}`,
        file: `film ${day}.mp4`,
        duration: 'PT1M30S',
        uploadDate: new Date(Date.UTC(2026, 1, day)),
        ...(day === 1 ? {} : { posterId: day === 2 ? harbour : bare }),
        captions: [{ language: 'en', url: '/media/originals/film.vtt' }],
      })),
      'test',
    );
    const films = [1, 2, 3].map((day) => idOf('video', `film ${day}`));
    await subgraph.store.putUses([
      { userId: harbour, version: 1, visibleFrom: now, openIds: [harbour, bare, ...films], gatedIds: [] },
    ]);
  });
  afterAll(() => server.close());

  it('answers a picture with its credit, rights and addresses', async () => {
    const { data, errors } = await ask(
      subgraph,
      `query ($id: ID!) {
        image(id: $id) {
          id contentUrl width height encodingFormat altText caption creditText
          credit { text creatorName agency provider category isKnown }
          rights { syndicatable embeddable expires } focalPoint { x y }
          rendition(width: 300) { href contentType width height }
          srcset(widths: [640, 300, 320, 5000])
        }
      }`,
      { id: harbour },
    );
    const [row] = await subgraph.store.imagesByIds([harbour], 'editor');
    const base = `https://news.example/media/images/${harbour}/${row?.version}`;
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      image: {
        id: harbour,
        contentUrl: `${base}/1000x500.png`,
        width: 1000,
        height: 500,
        encodingFormat: 'image/png',
        altText: 'The harbour.',
        caption: 'The harbour.',
        creditText: 'Ann Lee via Getty Images',
        credit: {
          text: 'Ann Lee via Getty Images',
          creatorName: 'Ann Lee',
          agency: null,
          provider: 'Getty Images',
          category: 'STOCK',
          isKnown: true,
        },
        rights: { syndicatable: false, embeddable: false, expires: '2026-03-01T11:59:59.000Z' },
        focalPoint: { x: 0.5, y: 0.25 },
        rendition: { href: `${base}/320x160`, contentType: 'image/png', width: 320, height: 160 },
        srcset: `${base}/320x160 320w, ${base}/640x320 640w, ${base}/1000x500 1000w`,
      },
    });
  });

  it('says so where nobody is named, and nothing where nobody described it', async () => {
    const { data } = await ask(
      subgraph,
      `{ image(id: "${bare}") { creditText credit { text isKnown } altText focalPoint { x } width height rights { syndicatable embeddable } } }`,
    );
    expect(data).toEqual({
      image: {
        creditText: 'Credit unknown',
        credit: { text: 'Credit unknown', isKnown: false },
        altText: '',
        focalPoint: null,
        width: 1200,
        height: 800,
        rights: { syndicatable: true, embeddable: false },
      },
    });
  });

  it('asks the image CDN where there is a template for its addresses', async () => {
    const atCdn = await openWith({
      IMAGE_URL_TEMPLATE:
        'https://cdn.example/w={width},h={height},f={format},g={focalX}x{focalY}/{origin}?{else}',
    });
    const question = `query ($id: ID!) { image(id: $id) { contentUrl rendition(width: 90, format: WEBP) { href } } }`;
    expect((await ask(atCdn, question, { id: harbour })).data).toEqual({
      image: {
        contentUrl:
          'https://cdn.example/w=1000,h=500,f=png,g=0.5x0.25/https%3A%2F%2Fpictures.example%2Fa%20b.png%3Fc%3D1%2C2?{else}',
        rendition: {
          href: 'https://cdn.example/w=96,h=48,f=webp,g=0.5x0.25/https%3A%2F%2Fpictures.example%2Fa%20b.png%3Fc%3D1%2C2?{else}',
        },
      },
    });
    const { data } = await ask(atCdn, question, { id: bare });
    expect(JSON.stringify(data)).toContain(encodeURIComponent(`https://news.example/media/images/${bare}/`));
  });

  it('pages through videos with their posters in one question each', async () => {
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const statements = await statementsOf(async () => {
      answer = await ask(
        subgraph,
        `{ videos(first: 2) {
          nodes { headline contentUrl duration creditText captions { language url } poster { altText } }
          pageInfo { hasNextPage hasPreviousPage endCursor } totalCount
        } }`,
      );
    });
    expect(statements).toHaveLength(3);
    expect(answer).toMatchObject({
      data: {
        videos: {
          nodes: [
            {
              headline: 'Film 3',
              contentUrl: 'https://news.example/media/originals/film%203.mp4',
              duration: 'PT1M30S',
              creditText: 'Credit unknown',
              captions: [{ language: 'en', url: 'https://news.example/media/originals/film.vtt' }],
              poster: { altText: '' },
            },
            { headline: 'Film 2', poster: { altText: 'The harbour.' } },
          ],
          pageInfo: { hasNextPage: true, hasPreviousPage: false },
          totalCount: 3,
        },
      },
    });
  });

  it('goes on after a cursor, and back before it', async () => {
    type Videos = { videos: { edges: { cursor: string; node: { headline: string } }[] } };
    const page = async (args: string) => {
      const { data } = await ask(subgraph, `{ videos(${args}) { edges { cursor node { headline } } } }`);
      return (data as Videos).videos.edges;
    };
    const headlines = (edges: Videos['videos']['edges']) => edges.map(({ node }) => node.headline);
    const [, second] = await page('first: 2');
    expect(headlines(await page(`first: 5, after: "${second?.cursor}"`))).toEqual(['Film 1']);
    expect(headlines(await page(`last: 5, before: "${second?.cursor}"`))).toEqual(['Film 3']);
    expect(headlines(await page('last: 2'))).toEqual(['Film 2', 'Film 1']);
  });

  it('finds entities with one question for each type, and answers null where there is none', async () => {
    let answer: Awaited<ReturnType<typeof ask>> | undefined;
    const representations = [
      ...[harbour, 'nobody', bare, harbour].map((id) => ({ __typename: 'Image', id })),
      { __typename: 'Image' },
      { __typename: 'Video', id: idOf('video', 'film 1') },
      { __typename: 'Video', id: idOf('video', 'film 2') },
    ];
    const statements = await statementsOf(async () => {
      answer = await ask(
        subgraph,
        'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Image { altText } ... on Video { headline } } }',
        { representations },
      );
    });
    expect(answer).toEqual({
      data: {
        _entities: [
          { altText: 'The harbour.' },
          null,
          { altText: '' },
          { altText: 'The harbour.' },
          null,
          { headline: 'Film 1' },
          { headline: 'Film 2' },
        ],
      },
    });
    expect(statements).toHaveLength(2);
  });

  it.each([
    ['rendition(width: 0) { href }', 'Expected "width" to be from 1 to 10,000 pixels, but got: 0.'],
    ['rendition(height: -3) { href }', 'Expected "height" to be from 1 to 10,000 pixels, but got: -3.'],
    ['rendition(width: 10001) { href }', 'Expected "width" to be from 1 to 10,000 pixels, but got: 10001.'],
    ['srcset(widths: [])', 'Expected "widths" to have 1 to 20 items, but got: 0.'],
    [`srcset(widths: [${Array(21).fill(320)}])`, 'Expected "widths" to have 1 to 20 items, but got: 21.'],
    ['srcset(widths: [320, 0])', 'Expected "widths" to be from 1 to 10,000 pixels, but got: 0.'],
  ])('refuses %s', async (field, message) => {
    const { errors } = await ask(subgraph, `{ image(id: "${harbour}") { ${field} } }`);
    expect(errors).toEqual([message]);
  });

  it.each([
    ['first: 101', 'Expected "first" to be at most 100, but got: 101.'],
    ['first: -1', 'Expected "first" to be at least 0, but got: -1.'],
    ['after: "nothing"', 'Expected "after" to be a cursor of this list, but got: "nothing".'],
    [
      `after: "${Buffer.from('["uploaded","2026","x"]').toString('base64url')}"`,
      'Expected "after" to be a cursor of this list, but got: "WyJ1cGxvYWRlZCIsIjIwMjYiLCJ4Il0".',
    ],
  ])('refuses videos(%s)', async (args, message) => {
    const { errors } = await ask(subgraph, `{ videos(${args}) { totalCount } }`);
    expect(errors).toEqual([message]);
  });
});
