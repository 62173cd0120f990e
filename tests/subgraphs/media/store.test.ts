import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ImageContent, VideoContent } from '../../../subgraphs/media/content.ts';
import { type MediaStore, openMediaStore } from '../../../subgraphs/media/store.ts';
import { outbox } from '../../../subgraphs/media/tables.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { Database, DatabaseServer } from '../../../subgraphs/store/database.ts';
import { subgraphOwner } from '../../../subgraphs/store/database.ts';
import { testDatabases } from '../../support/databases.ts';

const film = (sourceId: string, day: number): VideoContent => ({
  sourceId,
  headline: `Film ${sourceId}`,
  embedUrl: 'https://player.example/1',
  uploadDate: new Date(Date.UTC(2026, 0, day, 9, 30, 0, 7)),
});

describe.each(testDatabases)('the store of Media on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: MediaStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('media'));
    await database.migrate();
    store = openMediaStore(database);
  });
  afterAll(() => server.close());

  const images = async (...sourceIds: string[]) =>
    store.imagesByIds(
      sourceIds.map((sourceId) => idOf('image', sourceId)),
      'editor',
    );

  it('keeps a picture with its credit in parts and the words in which it came', async () => {
    const credit = { creatorName: 'Ann Lee', agency: ' ', original: '(Photo: Ann Lee/)' };
    const content: ImageContent = {
      sourceId: 'a',
      file: 'a.png',
      width: 3000,
      height: 2000,
      caption: 'A\u0000 crane. ',
      credit,
      focalPoint: { x: 0.25, y: 1 },
      rights: { syndicatable: true },
    };
    const [outcome] = await store.putImages([content], 'test');
    expect(outcome).toMatchObject({ outcome: 'created', id: idOf('image', 'a') });
    const [row, none] = await images('a', 'b');
    expect(none).toBeNull();
    expect(row).toMatchObject({
      file: 'a.png',
      width: 3000,
      sizeIsKnown: true,
      encodingFormat: 'image/png',
      caption: 'A crane.',
      altText: null,
      creatorName: 'Ann Lee',
      agency: null,
      originalCredit: '(Photo: Ann Lee/)',
      category: 'OTHER',
      focalX: 0.25,
      focalY: 1,
      syndicatable: true,
      embeddable: false,
    });
  });

  it('gives a picture of unknown size the size of the placeholder', async () => {
    await store.putImages([{ sourceId: 'unsized', originUrl: 'https://pictures.example/x.jpg?y=1' }], 'test');
    const [row] = await images('unsized');
    expect(row).toMatchObject({
      width: 1200,
      height: 800,
      sizeIsKnown: false,
      encodingFormat: 'image/jpeg',
      syndicatable: false,
    });
  });

  it('gives a picture another version when what readers see of it changes, and only then', async () => {
    const versionOf = async (content: Partial<ImageContent>) => {
      await store.putImages([{ sourceId: 'v', file: 'v.jpg', width: 10, height: 10, ...content }], 'test');
      return (await images('v'))[0]?.version;
    };
    const first = await versionOf({});
    expect(await versionOf({ altText: 'New words' })).toBe(first);
    expect(await versionOf({ file: 'v2.jpg' })).not.toBe(first);
    expect(await versionOf({ focalPoint: { x: 0, y: 0 } })).not.toBe(first);
    expect(await versionOf({ credit: { agency: 'Bloomberg' } })).not.toBe(first);
  });

  it('writes nothing when the same is put again, and one event when it differs', async () => {
    const events = () => database.sql.select().from(outbox).orderBy(outbox.position);
    await store.putVideos([film('events', 1)], 'import');
    const before = await events();
    expect(await store.putVideos([film('events', 1)], 'import')).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await events()).toHaveLength(before.length);
    expect(await store.putVideos([film('events', 2)], 'desk')).toMatchObject([{ outcome: 'updated' }]);
    expect((await events()).at(-1)).toMatchObject({ type: 'Video', change: 'updated', changedBy: 'desk' });
  });

  it('pages through videos, the latest first, in both directions', async () => {
    await store.putVideos([film('one', 11), film('two', 12), film('three', 12), film('four', 13)], 'test');
    const forward = await store.listVideos({ limit: 3, isBackward: false }, 'editor');
    const names = forward.map(({ sourceId }) => sourceId);
    expect(names[0]).toBe('four');
    expect(new Set(names)).toEqual(new Set(['four', 'three', 'two', 'one']));
    expect(names[3]).toBe('one');
    const last = forward[3];
    const key = [last?.uploadDate.toISOString() ?? '', last?.id ?? ''];
    const backward = await store.listVideos({ limit: 5, isBackward: true, key }, 'editor');
    expect(backward.map(({ sourceId }) => sourceId)).toEqual([names[2], names[1], names[0]]);
    const after = await store.listVideos({ limit: 5, isBackward: false, key }, 'editor');
    expect(after.map(({ sourceId }) => sourceId)).toEqual(['events']);
    expect(await store.countVideos('editor')).toBe(5);
  });

  it.each<[string, Partial<ImageContent>]>([
    [
      '"height" to be a whole number of pixels from 1 to 65,535, or both left out, but got: nothing',
      { width: 10 },
    ],
    [
      '"width" to be a whole number of pixels from 1 to 65,535, or both left out, but got: 0',
      { width: 0, height: 1 },
    ],
    ['"height" to be a whole number', { width: 1, height: -5 }],
    ['"width" to be a whole number', { width: 1.5, height: 5 }],
    ['"focalPoint.x" to be from 0 to 1, but got: 1.5', { focalPoint: { x: 1.5, y: 0 } }],
    ['"focalPoint.y" to be from 0 to 1', { focalPoint: { x: 0, y: Number.NaN } }],
    ['"originUrl" to be an absolute http or https URL', { originUrl: 'javascript:alert(1)' }],
    ['"originUrl" to be an absolute http or https URL', { originUrl: '/a.jpg' }],
    ['"originUrl" to be an absolute http or https URL', { originUrl: 'https://desk:secret@a.example/a.jpg' }],
    ['"originUrl" to be an absolute http or https URL', { originUrl: 'https://a.example@b.example/a.jpg' }],
    ['"file" to be the name of a file without a folder, but got: "../a.jpg"', { file: '../a.jpg' }],
    ['"file" to be the name of a file', { file: 'a\\b.jpg' }],
    ['"file" to be the name of a file', { file: '.env' }],
    ['a picture with a "file" to have its "width" and "height"', { file: 'a.jpg' }],
    ['"encodingFormat" to be the media type of a picture', { encodingFormat: 'text/html' }],
    ['"rights.licence" to be an absolute http or https URL', { rights: { licence: 'CC BY' } }],
    ['"dateCreated" to be a date', { dateCreated: new Date('soon') }],
  ])('refuses a picture, expecting %s', async (message, content) => {
    const items = [{ sourceId: 'good' }, { sourceId: 'bad', ...content }];
    await expect(store.putImages(items, 'test')).rejects.toThrow(`Expected ${message}`);
    await expect(store.putImages(items, 'test')).rejects.toMatchObject({
      name: 'ContentError',
      sourceId: 'bad',
    });
    expect(await images('good')).toEqual([null]);
  });

  it.each<[string, Partial<VideoContent>]>([
    ['a video to have a headline, but got: "  "', { headline: '  ' }],
    ['a video to have an uploadDate', { uploadDate: undefined as unknown as Date }],
    ['"duration" to be an ISO 8601 duration, but got: "90"', { duration: '90' }],
    ['"posterId" to be the id of a picture', { posterId: 'poster' }],
    [
      '"captions.language" to be a BCP 47 language tag',
      { captions: [{ language: '?', url: 'https://x.example/' }] },
    ],
    [
      '"captions.url" to be an absolute',
      { captions: [{ language: 'en', url: '/media/originals/../x.vtt' }] },
    ],
  ])('refuses a video, expecting %s', async (message, content) => {
    await expect(store.putVideos([{ ...film('bad', 1), ...content }], 'test')).rejects.toThrow(
      `Expected ${message}`,
    );
  });

  it('refuses a video that is nowhere', async () => {
    const { embedUrl: _, ...nowhere } = film('nowhere', 1);
    await expect(store.putVideos([nowhere], 'test')).rejects.toThrow(
      'Expected a video to have a file, an originUrl or an embedUrl, but got: nothing.',
    );
  });
});
