import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { openDoors, type TestDoors } from '../../support/doors.ts';
import { sharedData } from '../../support/sharedData.ts';
import { articleId, authorId, putLists, story } from '../../support/stories.ts';

const usageRights = { syndicatable: true, embeddable: true, licence: 'https://news.example/licence' };

/** Of the schema of ninjs 3.1 that which we write, for machines that have not got the whole of it. */
const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };
const moment = { type: 'string', format: 'date-time' };
const listOf = (properties: Record<string, object>, required: string[] = []) => ({
  type: 'array',
  items: { type: 'object', additionalProperties: false, required, properties },
});
const roles = listOf({ role: text, contentType: text, value: text }, ['value']);
const concept = { name: text, rel: text, uri, literal: text };
const properties = {
  uri,
  type: { enum: ['text', 'picture'] },
  representationType: { enum: ['full', 'partial'] },
  version: text,
  firstCreated: moment,
  versionCreated: moment,
  pubStatus: { enum: ['usable', 'withheld', 'canceled'] },
  urgency: { type: 'integer', minimum: 1, maximum: 9 },
  copyrightNotice: text,
  usageTerms: text,
  edNote: text,
  language: text,
  title: text,
  by: text,
  slugline: text,
  located: text,
  headlines: roles,
  descriptions: roles,
  bodies: listOf(
    {
      ...{ role: text, contentType: text, value: text },
      ...{ charCount: { type: 'integer' }, wordCount: { type: 'integer' } },
    },
    ['value'],
  ),
  people: listOf(concept),
  subjects: listOf(concept),
  objects: listOf(concept),
  genres: listOf({ name: text, uri: text, literal: text }),
  infoSources: listOf({ name: text, role: text, uri, literal: text }),
  renditions: listOf(
    {
      ...{ name: text, href: uri, contentType: text },
      ...{ width: { type: 'integer' }, height: { type: 'integer' } },
    },
    ['name'],
  ),
  rightsInfo: {
    type: 'object',
    additionalProperties: false,
    required: ['linkedRights'],
    properties: { linkedRights: uri },
  },
  standard: {
    type: 'object',
    additionalProperties: false,
    properties: { name: text, version: text, schema: uri },
  },
};
const ours = {
  type: 'object',
  additionalProperties: false,
  required: ['uri'],
  properties: {
    ...properties,
    associations: listOf({ ...properties, name: text, rel: text }, ['name', 'uri']),
  },
};

const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
const validators = [ajv.compile<unknown>(ours)];
const whole = sharedData('ninjs');
if (whole) {
  const read = (name: string) => JSON.parse(readFileSync(join(whole, name), 'utf8'));
  const { $schema, ...geography } = read('GeoJSON-schema.json');
  ajv.addSchema({ ...geography, $id: 'https://geojson.org/schema/GeoJSON.json' });
  validators.push(ajv.compile(read('ninjs-schema_3.1.json')));
}

const problemsOf = (item: unknown) =>
  validators.flatMap((validate) => (validate(item) ? [] : (validate.errors ?? [])));

describe('ninjs', () => {
  let doors: TestDoors;
  const get = (id: string) => doors.get(`/ninjs/articles/${articleId(id)}`);

  beforeAll(async () => {
    doors = await openDoors();
    await putLists(doors.open.articles.store);
    await doors.stores.media.putImages(
      [
        {
          sourceId: 'ours',
          credit: { creatorName: 'Mara Quist' },
          rights: { syndicatable: true, licence: 'https://news.example/p' },
        },
        { sourceId: 'theirs', credit: { creatorName: 'Somebody' } },
      ],
      'test',
    );
    await doors.stores.articles.putArticles(
      [
        story('full', {
          slug: 'full',
          kicker: 'Harbour',
          standfirst: 'Boats came in',
          dateline: 'PORT ALMERY',
          urgency: 2,
          genre: 'PRESS_RELEASE',
          tagSlugs: ['harbour'],
          bylines: [{ authorId: authorId('ann'), displayName: 'Ann Lee' }],
          source: { name: 'The Agency', category: 'WIRES', url: 'https://agency.example/1' },
          copyrightNotice: '© Dateline',
          usageTerms: 'Not in print',
          usageRights,
          leadMedia: { kind: 'image', id: idOf('image', 'ours'), caption: 'The quay', altText: 'A quay' },
          corrections: [
            { sourceId: 'c', correctionType: 'UPDATE', text: 'More.', datePublished: new Date('2026-03-02') },
          ],
          body: [
            { kind: 'paragraph', html: 'All of it.' },
            { kind: 'image', imageId: idOf('image', 'theirs') },
          ],
        }),
        story('gated', {
          visibility: 'MEMBERS',
          usageRights,
          body: [
            { kind: 'paragraph', html: 'Free words.' },
            { kind: 'paywall' },
            { kind: 'paragraph', html: 'Gated words.' },
          ],
        }),
        story('kept', { headline: 'Kept' }),
        story('embargoed', { embargoedUntil: new Date('2999-01-01') }),
        story('withdrawn'),
      ],
      'test',
    );
    await doors.open.articles.store.withdraw(articleId('withdrawn'), 'It was wrong.', 'test');
  });
  afterAll(() => doors?.stop());

  it('has all of a story, valid by its schema, and of its pictures those with rights', async () => {
    const { statusCode, headers, body } = await get('full');
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
    const item = JSON.parse(body);
    expect(problemsOf(item)).toEqual([]);
    expect(item).toMatchObject({
      uri: `urn:uuid:${articleId('full')}`,
      representationType: 'full',
      by: 'Ann Lee/The Agency',
      edNote: 'UPDATE 2026-03-02T00:00:00.000Z: More.',
      genres: [{ name: 'press release' }],
      subjects: [{ name: 'HARBOUR' }],
      people: [{ name: 'Ann Lee', uri: 'https://news.example/authors/ann' }],
      rightsInfo: { linkedRights: 'https://news.example/licence' },
    });
    expect(item.associations).toHaveLength(1);
    expect(item.associations[0]).toMatchObject({ type: 'picture', by: 'Mara Quist' });
    expect(body).not.toContain('Somebody');
  });

  it('says nothing of what is behind the paywall or not to be syndicated, and that it is partial', async () => {
    const gated = (await get('gated')).json();
    expect(problemsOf(gated)).toEqual([]);
    expect([gated.representationType, gated.bodies[0].wordCount]).toEqual(['partial', undefined]);
    expect(JSON.stringify(gated)).not.toContain('Gated words');
    const kept = (await get('kept')).json();
    expect(problemsOf(kept)).toEqual([]);
    expect([kept.title, kept.representationType, kept.bodies]).toEqual(['Kept', 'partial', undefined]);
  });

  it('cancels a story that was withdrawn', async () => {
    const { statusCode, headers, body } = await get('withdrawn');
    expect([statusCode, headers['cache-control']]).toEqual([
      410,
      'public, max-age=1, must-revalidate, stale-while-revalidate=0',
    ]);
    const item = JSON.parse(body);
    expect(problemsOf(item)).toEqual([]);
    expect(item).toMatchObject({ pubStatus: 'canceled', edNote: 'It was wrong.' });
    expect(body).not.toContain('Story withdrawn');
  });

  it('does not know a story before its time, nor one that never was', async () => {
    const early = await get('embargoed');
    const none = await get('none');
    const [one, other] = [early, none].map(({ statusCode, body }) => ({
      statusCode,
      body: body.replace(/[\w-]{36}/, 'ID'),
    }));
    expect(one).toEqual(other);
    expect([none.statusCode, none.json().errors[0].extensions.code]).toEqual([404, 'STORY_NOT_FOUND']);
  });

  it('did not change for whoever has it', async () => {
    const { headers } = await get('full');
    const again = await doors.get(`/ninjs/articles/${articleId('full')}`, {
      'if-none-match': String(headers.etag),
    });
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });
});
