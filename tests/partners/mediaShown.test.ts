/** Pictures and videos exist for readers when something that readers may see shows them, at every door, whatever was put first. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ArticleContent } from '../../subgraphs/articles/content.ts';
import { openArticlesStore } from '../../subgraphs/articles/store.ts';
import { openAuthorsStore } from '../../subgraphs/authors/store.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import { type DatabaseServer, subgraphOwner } from '../../subgraphs/store/database.ts';
import { followUses } from '../../subgraphs/store/mediaUse.ts';
import { ask } from '../support/ask.ts';
import { statementsOf, testDatabases } from '../support/databases.ts';
import { openDoors, type TestDoors } from '../support/doors.ts';
import { editor, headersOf } from '../support/readers.ts';
import { articleId, putLists, story } from '../support/stories.ts';

const hour = 3_600_000;
const image = (name: string) => idOf('image', name);
const video = (name: string) => idOf('video', name);
const use = (name: string) => ({ kind: 'image', imageId: image(name) }) as const;

describe.each(testDatabases)('pictures and videos on $name', ({ open }) => {
  let doors: TestDoors;
  let server: DatabaseServer;
  let offset = 0;
  const clock = () => new Date(Date.now() + offset);

  beforeAll(async () => {
    server = await open();
    doors = await openDoors({ hasAll: true, clock, databases: server });
    await putLists(doors.stores.articles);
    const originals = join(doors.dataDir, 'media', 'originals');
    await mkdir(originals, { recursive: true });
    await writeFile(join(originals, 'film.mp4'), '0123456789');
    await writeFile(join(originals, 'film.vtt'), 'WEBVTT');
  }, 180_000);
  afterAll(async () => {
    await doors?.stop();
    await server?.close();
  });
  beforeEach(() => {
    offset = 0;
  });

  const putImages = (...names: string[]) =>
    doors.stores.media.putImages(
      names.map((name) => ({ sourceId: name, width: 900, height: 600, caption: `Caption of ${name}` })),
      'test',
    );
  const putStories = (...stories: ArticleContent[]) => doors.stores.articles.putArticles(stories, 'test');

  /** What readers are given of a picture by each way that does not go through a story. */
  async function ways(name: string): Promise<{ named: boolean; file: boolean }> {
    const { data, errors } = await doors.ask(`{ image(id: "${image(name)}") { caption contentUrl } }`);
    expect(errors).toBeUndefined();
    const [row] = await doors.open.media.store.imagesByIds([image(name)], 'editor');
    const file = await doors.get(`/media/images/${image(name)}/${row?.version}/96x64.jpg`);
    expect([200, 404]).toContain(file.statusCode);
    return { named: Boolean(data?.image), file: file.statusCode === 200 };
  }
  const none = { named: false, file: false };
  const both = { named: true, file: true };

  it('are not there before anything shows them, nor by an address that was guessed', async () => {
    await putImages('alone');
    expect(await ways('alone')).toEqual(none);
    const guessed = await doors.get(`/media/images/${image('alone')}/x/640x427.jpg`);
    expect([guessed.statusCode, guessed.headers.location]).toEqual([404, undefined]);
    const missing = await doors.get(`/media/images/${image('missing')}/x/640x427.jpg`);
    expect(guessed.body.replaceAll(image('alone'), '')).toBe(missing.body.replaceAll(image('missing'), ''));
    expect(guessed.headers['cache-control']).toBe('public, max-age=1');
  });

  it.each([
    ['the picture', 'the story'],
    ['the story', 'the picture'],
  ])(
    'appear where %s is put first, with their story, by the clock, and go when it is withdrawn',
    async (first) => {
      const name = `of ${first}`;
      const put = [
        () => putImages(name),
        () =>
          putStories(
            story(name, { slug: name, embargoedUntil: new Date(Date.now() + hour), body: [use(name)] }),
          ),
      ];
      for (const one of first === 'the picture' ? put : put.reverse()) await one();
      expect(await ways(name)).toEqual(none);
      offset = 2 * hour;
      expect(await ways(name)).toEqual(both);
      const { data } = await doors.ask(
        `{ article(id: "${articleId(name)}") { body { ... on ImageBlock { use { image { caption } } } } } }`,
      );
      expect(data).toEqual({ article: { body: [{ use: { image: { caption: `Caption of ${name}` } } }] } });
      await doors.stores.articles.withdraw(articleId(name), 'No.', 'test');
      expect(await ways(name)).toEqual(none);
    },
  );

  it('are there as long as one of those that show them is, and go with an embargo that comes back', async () => {
    await putImages('shared');
    const later = { embargoedUntil: new Date(Date.now() + hour), datePublished: new Date() };
    await putStories(
      story('a', { leadMedia: { kind: 'image', id: image('shared') } }),
      story('b', { body: [use('shared')] }),
    );
    await putStories(story('a', { leadMedia: { kind: 'image', id: image('shared') }, ...later }));
    expect(await ways('shared')).toEqual(both);
    await putStories(story('b', { body: [] }));
    expect(await ways('shared')).toEqual(none);
    offset = 2 * hour;
    expect(await ways('shared')).toEqual(both);
  });

  it('of the part behind a paywall are reached through it alone', async () => {
    await putImages('free', 'paid');
    await putStories(
      story('gated', {
        visibility: 'PAID',
        body: [use('free'), { kind: 'paywall' }, use('paid'), use('free')],
      }),
    );
    expect(await ways('free')).toEqual(both);
    expect(await ways('paid')).toEqual({ named: false, file: true });
    const query = `{ article(id: "${articleId('gated')}") { body { ... on ImageBlock { use { image { caption } } } } } }`;
    const member = await doors.ask(query, {}, { status: 'PAID' });
    expect(JSON.stringify(member.data)).toContain('Caption of paid');
    expect(JSON.stringify((await doors.ask(query)).data)).not.toContain('paid');
  });

  it('of authors are there, until the author has another', async () => {
    await putImages('portrait', 'other');
    const author = { sourceId: 'cy', name: 'Cy' };
    await doors.stores.authors.putAuthors([{ ...author, avatarId: image('portrait') }], 'test');
    expect([await ways('portrait'), await ways('other')]).toEqual([both, none]);
    await doors.stores.authors.putAuthors([{ ...author, avatarId: image('other') }], 'test');
    expect([await ways('portrait'), await ways('other')]).toEqual([none, both]);
  });

  describe('videos', () => {
    const film = { headline: 'The secret film', file: 'film.mp4', uploadDate: new Date('2026-01-01') };
    const captions = [{ language: 'en', url: '/media/originals/film.vtt' }];
    const putVideo = (rest: object = {}) =>
      doors.stores.media.putVideos(
        [{ sourceId: 'film', ...film, captions, posterId: image('poster'), ...rest }],
        'test',
      );
    const shown = async () => {
      const { data } = await doors.ask(
        `{ videos { nodes { headline } totalCount } video(id: "${video('film')}") { headline } }`,
      );
      const front = await doors.get('/', { accept: 'text/html' });
      const files = [];
      for (const name of ['film.mp4', 'film.vtt'])
        files.push((await doors.get(`/media/originals/${name}`)).statusCode);
      return {
        list: (data as { videos: { totalCount: number } }).videos.totalCount,
        nodes: (data as { videos: { nodes: object[] } }).videos.nodes.length,
        named: Boolean(data?.video),
        front: front.body.includes('secret film'),
        files,
        poster: await ways('poster'),
      };
    };
    const gone = { list: 0, nodes: 0, named: false, front: false, files: [404, 404], poster: none };
    const there = { list: 1, nodes: 1, named: true, front: true, files: [200, 200], poster: both };

    it('are listed, found and played with a story that shows them, and their poster with them', async () => {
      await putImages('poster');
      await putVideo();
      expect(await shown()).toEqual(gone);
      const showing = story('showing', { body: [{ kind: 'video', videoId: video('film') }] });
      await putStories({ ...showing, embargoedUntil: new Date(Date.now() + hour) });
      expect(await shown()).toEqual(gone);
      offset = 2 * hour;
      expect(await shown()).toEqual(there);
      offset = 0;
      await putStories({ ...showing, embargoedUntil: null });
      expect(await shown()).toEqual(there);
      await putVideo({ uploadDate: new Date(Date.now() + 3 * hour) });
      expect(await shown()).toMatchObject({ list: 0, nodes: 0, front: false, named: true });
      await doors.stores.articles.withdraw(articleId('showing'), 'No.', 'test');
      expect(await shown()).toEqual(gone);
    });

    it('are there at a time of their own, in no story', async () => {
      await putVideo({ visibleFrom: new Date(Date.now() + hour) });
      expect(await shown()).toEqual(gone);
      offset = 2 * hour;
      expect(await shown()).toEqual(there);
      await putVideo();
      expect(await shown()).toEqual(gone);
    });
  });

  it('are all there for editors, and what they are given is kept by nobody', async () => {
    await putImages('draft');
    const query = `{ image(id: "${image('draft')}") { caption } videos { totalCount } }`;
    for (const scope of ['media:write', 'articles:write']) {
      const { data } = await doors.ask(query, {}, { scopes: [scope] });
      expect(data).toMatchObject({ image: { caption: 'Caption of draft' }, videos: { totalCount: 1 } });
    }
    const [row] = await doors.open.media.store.imagesByIds([image('draft')], 'editor');
    const file = `/media/images/${image('draft')}/${row?.version}/96x64.jpg`;
    const answer = await doors.get(file, await headersOf(doors.tokens, editor));
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'private, no-store']);
    expect((await doors.get(file)).statusCode).toBe(404);
    const put = `mutation ($input: ImageInput!) { putImage(input: $input) { image { id caption } userErrors { code } } }`;
    const input = {
      sourceId: 'timed',
      contentUrl: 'https://p.example/a.jpg',
      ...{ width: 900, height: 600 },
      visibleFrom: clock().toISOString(),
    };
    expect(await doors.ask(put, { input }, editor)).toMatchObject({ data: { putImage: { userErrors: [] } } });
    expect(await ways('timed')).toEqual(both);
    await doors.ask(put, { input: { ...input, visibleFrom: undefined, caption: 'Now' } }, editor);
    expect(await ways('timed')).toEqual(both);
    await doors.ask(put, { input: { ...input, visibleFrom: null } }, editor);
    expect(await ways('timed')).toEqual(none);
  });

  it('are no entities for the gateway either, before their time', async () => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Image { id caption } ... on Video { id headline } } }`;
    const representations = [
      { __typename: 'Image', id: image('draft') },
      { __typename: 'Video', id: video('film') },
    ];
    expect(await ask(doors.open.media, query, { representations })).toEqual({
      data: { _entities: [null, null] },
    });
  });

  it('are told of by what other processes wrote, whatever is told again or too late', async () => {
    const owned = (name: string) => server.databaseOf(subgraphOwner(name));
    // Stores of another process: nobody listens to them.
    const elsewhere = openArticlesStore(owned('articles'), clock);
    const users = { articles: elsewhere, authors: openAuthorsStore(owned('authors'), clock) };
    const { store: media } = doors.open.media;
    await putImages('p', 'q');
    const step = () => followUses({ media, users });
    const isBehind = async () => {
      for (const [source, user] of Object.entries(users))
        if ((await media.usesFollowedTo(source)) < (await user.lastPosition())) return true;
      return false;
    };
    // A change is told when no older transaction of the whole PostgreSQL runs any more, those of other databases among them.
    const caughtUp = async () => {
      for (const follow = step(); await isBehind(); ) await follow();
    };
    await caughtUp();
    const names = ['one', 'two', 'three'];
    const edit = fc.record({
      of: fc.constantFrom(...names),
      shows: fc.subarray(['p', 'q']),
      gone: fc.boolean(),
      when: fc.constantFrom<'follow' | 'stale' | 'none'>('follow', 'stale', 'none'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const last = new Map<string, (typeof edits)[number]>();
        for (const { of, shows, gone, when } of edits) {
          const stale = await elsewhere.mediaUses(names.map(articleId));
          await elsewhere.putArticles(
            [story(of, { body: shows.map(use), embargoedUntil: gone ? new Date(Date.now() + hour) : null })],
            'test',
          );
          last.set(of, { of, shows, gone, when });
          if (when !== 'none') await caughtUp();
          if (when === 'stale') await media.putUses(stale);
        }
        await Promise.all([step()(), step()()]);
        await caughtUp();
        for (const name of ['p', 'q']) {
          const rows = await elsewhere.mediaUses(names.map(articleId));
          const isShown = rows.some(
            ({ openIds, visibleFrom }) =>
              openIds.includes(image(name)) && visibleFrom && visibleFrom <= clock(),
          );
          expect(await ways(name)).toEqual(isShown ? both : none);
        }
      }),
      { numRuns: 12 },
    );
  }, 180_000);

  it('cost no statement more than before to be looked up', async () => {
    const counted = await statementsOf(() =>
      doors.ask(`{ a: image(id: "${image('p')}") { caption } b: image(id: "${image('q')}") { caption } }`),
    );
    expect(counted.filter(({ subgraph }) => subgraph === 'media')).toHaveLength(1);
  });
});
