import { describe, expect, it } from '@jest/globals';
import { importContent } from '../../../newsroom/import/import.ts';
import { languageIn } from '../../../newsroom/import/language.ts';
import { dateField } from '../../../newsroom/import/records.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import { fileOf, ghostExport, post } from '../../support/importFiles.ts';
import { memoryStores } from '../../support/memoryStores.ts';

type Tables = Parameters<typeof ghostExport>[0];

async function bring(data: Tables | string, language?: string) {
  const stores = memoryStores();
  const path = fileOf('export.json', typeof data === 'string' ? data : ghostExport(data));
  const report = await importContent({ path, stores, by: 'test', language });
  const contentOf = (id: string) => stores.kept.articles.get(idOf('article', `ghost:${id}`))?.content;
  return { stores, contentOf, notes: report.notes.map(({ note }) => note), report };
}
const site = (key: string, value: string) => ({ settings: [{ key, value }] });

describe('the language of a Ghost export', () => {
  it.each([
    ['of the post before that of the site', { locale: 'de_AT' }, site('locale', 'uk'), 'ar', 'de-AT'],
    ['of the site', {}, site('locale', 'uk_UA'), 'ar', 'uk-UA'],
    ['as Ghost 2 called it', {}, site('default_locale', 'he'), undefined, 'he'],
    ['as Ghost 3 called it', {}, site('lang', 'zh-Hans'), undefined, 'zh-Hans'],
    ['that the command names, where the export tells none', {}, {}, 'uk', 'uk'],
    ['that the command names, where the export names what is none', {}, site('locale', '??'), 'uk', 'uk'],
  ])('is the one %s', async (_, fields, settings, language, inLanguage) => {
    const { contentOf, notes } = await bring({ ...settings, posts: [post(fields)] } as Tables, language);
    expect(contentOf('p1')?.inLanguage).toBe(inLanguage);
    expect(notes).toEqual([]);
  });

  it('is English where nobody tells it, and the report says so once', async () => {
    const posts = [post({}), post({ id: 'p2', slug: 'two' }), post({ id: 'p3', slug: 'x', locale: 'fr' })];
    const { contentOf, notes } = await bring({ posts });
    expect(['p1', 'p2', 'p3'].map((id) => contentOf(id)?.inLanguage)).toEqual(['en', 'en', 'fr']);
    expect(notes).toEqual([
      'The export tells no language, so stories are kept as English: 2. --language tells another.',
    ]);
  });

  it('of a post that is none is noted, and that of the site stands', async () => {
    const { contentOf, notes } = await bring({
      ...site('locale', 'uk'),
      posts: [post({ locale: 'Ukrainian' })],
    });
    expect(contentOf('p1')?.inLanguage).toBe('uk');
    expect(notes).toEqual(['Its language "Ukrainian" is none.']);
  });

  it.each([
    ['pt_BR.UTF-8', 'pt-BR'],
    ['EN', 'en'],
    ['sr-Latn-RS', 'sr-Latn-RS'],
    ['english', undefined],
    ['x', undefined],
    ['', undefined],
  ])('%j is read as %j', (text, tag) => {
    expect(languageIn(text)).toBe(tag);
  });
});

describe('an export of Ghost before version 1', () => {
  it('keeps lead pictures and portraits, and reads its dates', async () => {
    const legacy = {
      meta: { exported_on: 1388318311015, version: '003' },
      data: {
        users: [{ id: 1, name: 'Ana Roe', slug: 'ana', image: '/content/images/ana.jpg' }],
        posts: [
          {
            ...{ id: 1, title: 'One', slug: 'one', markdown: 'Boats *came* in.', html: null, page: 0 },
            ...{ image: '/content/images/a.jpg', status: 'published', published_at: 1388318311015 },
            author_id: 1,
          },
          {
            ...{ id: 2, title: 'Two', slug: 'two', html: '<p>x</p>', page: 0, status: 'published' },
            published_at: '25 Nov 2016 04:20:00 +0000',
          },
          {
            id: 3,
            title: 'Three',
            slug: 'three',
            html: null,
            page: 0,
            status: 'published',
            published_at: '1388318311',
          },
        ],
      },
    };
    const { contentOf, stores, report } = await bring(JSON.stringify(legacy), 'en');
    expect(report.skipped).toEqual([]);
    expect(contentOf('1')).toMatchObject({
      datePublished: new Date(1388318311015),
      leadMedia: { kind: 'image', id: idOf('image', 'ghost:__GHOST_URL__/content/images/a.jpg') },
      body: [{ kind: 'paragraph' }],
    });
    expect(contentOf('2')?.datePublished).toEqual(new Date('2016-11-25T04:20:00Z'));
    expect(contentOf('3')).toMatchObject({ datePublished: null, pubStatus: 'WITHHELD' });
    expect([...stores.kept.authors.values()][0]?.content.avatarId).toBe(
      idOf('image', 'ghost:__GHOST_URL__/content/images/ana.jpg'),
    );
  });

  it.each([
    ['Fri, 25 Nov 2016 04:20:00 GMT', '2016-11-25T04:20:00.000Z'],
    ['25 November 2016 04:20 +0200', '2016-11-25T02:20:00.000Z'],
    ['Fri Nov 25 2016 04:20:00 GMT+0100 (Central European Standard Time)', '2016-11-25T03:20:00.000Z'],
    ['1480047600000', '2016-11-25T04:20:00.000Z'],
    [1480047600, '2016-11-25T04:20:00.000Z'],
    ['2016-11-25 04:20:00', '2016-11-25T04:20:00.000Z'],
  ])('%j is a date', (value, iso) => {
    expect(dateField({ at: value }, 'at')?.toISOString()).toBe(iso);
  });

  it.each(['31 Jun 2016', 'Nov 2016', '25 Foo 2016 04:20:00', '25/11/2016', '2016'])(
    '%j is none',
    (value) => {
      expect(() => dateField({ at: value }, 'at')).toThrow('to be a date');
    },
  );
});
