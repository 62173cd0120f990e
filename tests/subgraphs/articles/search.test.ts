import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { type ArticlesStore, openArticlesStore } from '../../../subgraphs/articles/store.ts';
import { querySpellingKeys, spellingKeys } from '../../../subgraphs/articles/story/indexed.ts';
import { distanceOf } from '../../../subgraphs/articles/story/spelling.ts';
import { tokensOf } from '../../../subgraphs/articles/story/terms.ts';
import { bodies, profiles, vocabulary } from '../../../subgraphs/articles/tables.ts';
import { type Database, type DatabaseServer, subgraphOwner } from '../../../subgraphs/store/database.ts';
import { statementsOf, testDatabases } from '../../support/databases.ts';
import { articleId, putLists, story, topic } from '../../support/stories.ts';

const now = new Date('2026-04-01T00:00:00Z');
const page = { limit: 20, isBackward: false };
const text = (html: string) => [{ kind: 'paragraph' as const, html }];

/** What a story says, in its language, and what readers type who look for it. */
const scripts: readonly [id: string, inLanguage: string, says: string, typed: readonly string[]][] = [
  ['zh', 'zh', '广州塔昨晚重新点亮，游客排起长队。', ['广州', '广州塔', '重新点亮', '塔', '游客', '长队']],
  [
    'ja',
    'ja',
    '大阪城公園で桜が咲き、ラーメン屋が並ぶ。',
    ['大阪', '大阪城', '桜', 'ラーメン', '公園で桜', 'ﾗｰﾒﾝ'],
  ],
  ['ko', 'ko', '부산에서 열린 축제에 시민들이 모였다.', ['부산', '부산에서', '축제', '시민']],
  ['ko-nfd', 'ko', '제주도의 바람'.normalize('NFD'), ['제주', '제주도', '바람'.normalize('NFC')]],
  ['th', 'th', 'ตลาดน้ำเปิดใหม่ในอยุธยา', ['ตลาด', 'ตลาดน้ำ', 'อยุธยา', 'เปิดใหม่']],
  [
    'nfc',
    'fr',
    'Le théâtre rouvre à l’été',
    ['théâtre', 'théâtre'.normalize('NFD'), 'theatre', 'ete', 'l’été', "l'été"],
  ],
  ['nfd', 'fr', 'Une forêt près d’Évreux'.normalize('NFD'), ['forêt', 'foret', 'Evreux', 'évreux']],
  ['ligature', 'fr', 'Une œuvre et ses sœurs', ['oeuvre', 'œuvre', 'soeurs']],
  ['pl', 'pl', 'Spór o Łomżę', ['lomze', 'Łomżę', 'łomże']],
  [
    'de',
    'de',
    'Der Bürgerentscheid über die Straße in Köln',
    ['Buergerentscheid', 'burgerentscheid', 'strasse', 'STRASSE', 'koeln', 'koln', 'Köln'],
  ],
  ['da', 'da', 'Åbent værft i Ærøskøbing', ['aabent', 'abent', 'vaerft', 'aeroskobing']],
  ['ru', 'ru', 'Ёжики вернулись в парк', ['ежики', 'ёжики', 'ЕЖИКИ', 'ежик']],
  ['uk', 'uk', 'Подвір’я і солов’ї', ["подвір'я", 'подвірʼя', 'подвір`я', 'подвір’я', 'соловʼї']],
  ['el', 'el', 'Ο δρόμος της Αθήνας', ['ΔΡΟΜΟΣ', 'δρομος', 'δρόμος', 'ΑΘΗΝΑΣ']],
  ['tr', 'tr', 'IŞIK ve İskele', ['ışık', 'isik', 'iskele', 'İSKELE', 'ISKELE']],
  ['ar', 'ar', 'افتتحت المَكْتَبَة الجديدة', ['مكتبة', 'المكتبة', 'جديدة', 'المَكتبة']],
  ['he', 'he', 'סֵפֶר חָדָשׁ', ['ספר', 'חדש']],
  ['soft', 'en', 'The break\u00adwater and a zero\u200bwidth tower', ['breakwater', 'zerowidth']],
  [
    'signs',
    'en',
    'R&amp;B night: they won’t stop, says Ms. O’Hara of the U.N. e-bike club',
    ['R&B', "won't", 'wont', "O'Hara", 'ohara', 'UN', 'U.N.', 'ebike', 'e-bike', 'bike'],
  ],
  ['emoji', 'en', 'Fireworks 🎆 above the ２０２６ regatta', ['2026 regatta', 'regatta 🎆']],
];

describe.each(testDatabases)('search in every script, on $name', ({ open }) => {
  let server: DatabaseServer;
  let database: Database;
  let store: ArticlesStore;

  beforeAll(async () => {
    server = await open();
    database = server.databaseOf(subgraphOwner('articles'));
    await database.migrate();
    store = openArticlesStore(database, () => now);
    await putLists(store);
    await store.putSections([topic('mute')], 'test');
    const stories = scripts.map(([id, inLanguage, says]) =>
      story(id, { inLanguage, headline: `№ ${id}`, body: text(says) }),
    );
    await store.putArticles(stories, 'test');
  });
  afterAll(() => server.close());

  const found = async (words: string, condition = {}) =>
    (await store.search.find(words, condition, page)).rows.map(({ article }) => article.sourceId);

  it.each(scripts)('finds what is written in %s', async (id, _, __, typed) => {
    const missed: string[] = [];
    for (const words of typed) if (!(await found(words)).includes(id)) missed.push(words);
    expect(missed).toEqual([]);
  });

  it('marks what was found as it is written', async () => {
    const marks = async (words: string) =>
      (await store.search.find(words, {}, page)).rows[0]?.highlights.at(-1)?.match(/<mark>.*?<\/mark>/g);
    expect(await marks('重新点亮')).toEqual(['<mark>重新点亮</mark>']);
    expect(await marks('buergerentscheid')).toEqual(['<mark>Bürgerentscheid</mark>']);
    expect(await marks('ete')).toEqual(['<mark>l’été</mark>']);
    expect(await marks('R&B')).toEqual(['<mark>R&#38;B</mark>']);
  });

  it('puts first what stands in a row, and the headline before the text', async () => {
    await store.putArticles(
      [
        story('apart', {
          headline: 'One',
          body: text('Amber is sold, and lanterns are lit with amber and oil and lanterns.'),
        }),
        story('row', {
          headline: 'Two',
          body: text('There they sell, since a year or two and for good, amber lanterns.'),
        }),
        story('head', { headline: 'Amber lanterns', body: text('Sold.') }),
      ],
      'test',
    );
    expect(await found('amber lanterns')).toEqual(['head', 'row', 'apart']);
    expect(await found('"amber lanterns"')).toEqual(['head', 'row']);
    expect(await found('lantern amber -sold')).toEqual(['row']);
  });

  it('takes the last word for one that goes on, unless a blank follows, and words for what they were meant to be', async () => {
    await store.putArticles(
      [
        story('long', { headline: 'Archipelago ferries', body: text('Timetable.') }),
        story('short', { headline: 'Arch', body: text('A bridge.') }),
      ],
      'test',
    );
    expect(await found('arch')).toEqual(['short', 'long']);
    expect(await found('arch ')).toEqual(['short']);
    expect(await found('archipelago ferr')).toEqual(['long']);
    for (const typed of [
      'archipealgo',
      'archpelago ferries',
      'archipelaggo',
      'arhcipelago',
      'archipelego timetalbe',
      'erchipalago',
      'ferreis',
    ])
      expect([typed, await found(typed)]).toEqual([typed, ['long']]);
    const { rows, suggestion: meant } = await store.search.find('archipealgo', {}, page);
    expect([rows.length, await meant()]).toEqual([1, 'archipelago']);
  });

  it('says what may have been meant where nothing is found', async () => {
    const meantBy = async (words: string) => {
      const { rows, suggestion: meant } = await store.search.find(words, {}, page);
      return [rows.length, await meant()];
    };
    expect(await meantBy('archipelago zzyzzx')).toEqual([0, 'archipelago']);
    expect(await meantBy('"archipelago ferries" qqqq')).toEqual([0, '"archipelago ferries"']);
    expect(await meantBy('archipelago bridge')).toEqual([0, null]);
    expect(await meantBy('qqqq zzyzzx')).toEqual([0, null]);
    expect(await meantBy('archipelago')).toEqual([1, null]);
  });

  it('never tells a word of a story that readers may not see', async () => {
    await store.putArticles(
      [
        story('embargo', {
          headline: 'Chancellor Quibblethorpe resigns',
          datePublished: new Date('2026-05-01T00:00:00Z'),
        }),
        story('gated', {
          headline: 'Behind a gate',
          visibility: 'PAID',
          body: [...text('Open.'), { kind: 'paywall' }, ...text('The flumoxide dossier.')],
        }),
      ],
      'test',
    );
    for (const words of [
      'quibblethorp',
      'Quibblethorpe',
      'flumoxid',
      'flumoxide',
      'flumxoide',
      'quibblethorep chancelor',
    ]) {
      const { rows, count, suggestion: meant } = await store.search.find(words, {}, page);
      expect([words, rows.length, await count(), await meant()]).toEqual([words, 0, 0, null]);
    }
    // Beside a word that readers know, and where a suggestion would be another if the word stood nowhere.
    const meantBy = async (asked: string) => (await store.search.find(asked, {}, page)).suggestion();
    expect(await meantBy('archipelago quibblethorpe')).toBe('archipelago');
    expect(await meantBy('archipelago or quibblethorep')).toBe('archipelago');
    const known = async (start: string) =>
      (await database.sql.select().from(vocabulary)).filter(
        ({ word, stories }) => word.startsWith(start) && stories > 0,
      );
    expect([...(await known('flumox')), ...(await known('quibble'))]).toEqual([]);
  });

  it('narrows a search by section, author, language and time, by the index', async () => {
    expect(await found('amber', { sectionSlugs: ['city'] })).toHaveLength(3);
    expect(await found('amber', { sectionSlugs: ['mute'] })).toEqual([]);
    expect(await found('amber', { sectionSlugs: ['nowhere'] })).toEqual([]);
    expect(await found('amber', { inLanguage: 'en' })).toHaveLength(3);
    expect(await found('amber', { inLanguage: 'eo' })).toEqual([]);
    expect(await found('amber', { publishedAfter: new Date('2026-03-02T00:00:00Z') })).toEqual([]);
    expect(await found('amber', { isAccessibleForFree: false })).toEqual([]);
  });

  it('answers whatever is typed, with two statements', async () => {
    const nothing = '!?.,'.repeat(50);
    expect(await statementsOf(() => store.search.find(nothing, {}, page))).toEqual([]);
    const typed = [
      Array.from({ length: 50 }, () => 'the')
        .join(' or ')
        .slice(0, 200),
      Array.from({ length: 66 }, (_, n) => String.fromCharCode(97 + (n % 26)))
        .join(' or ')
        .slice(0, 200),
      'a'.repeat(200),
      '塔'.repeat(200),
      `"${'x '.repeat(99)}`,
      'or or or -',
      "'; drop table x; -- \\' ':* & | ! <-> ( )",
    ];
    for (const words of typed) {
      const statements = await statementsOf(() => store.search.find(words, {}, page));
      expect(statements.length).toBeLessThanOrEqual(2);
    }
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (words) => {
        const { rows, count } = await store.search.find(words.replaceAll('\0', ' ').toWellFormed(), {}, page);
        expect(await count()).toBeGreaterThanOrEqual(Math.min(rows.length, 1));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a story that has more terms than the index takes, and finds it by the first of them', async () => {
    const letters = (n: number) =>
      n.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'.charAt(Number(digit)));
    const sums = Array.from({ length: 20_000 }, (_, n) => letters(n + 1_000).padEnd(60, 'checksum'));
    await store.putArticles([story('sums', { headline: 'Ledger', body: text(sums.join(' ')) })], 'test');
    expect(await found('ledger')).toEqual(['sums']);
    expect(await found(`"${sums[0]}"`)).toEqual(['sums']);
    await store.withdraw(articleId('sums'), 'No.', 'test');
  });

  it('relates stories of one word, of common words alone, in two languages and with thousands of tags', async () => {
    const tags = Array.from({ length: 5_000 }, (_, n) => topic(`t${n}`));
    await store.putTags(tags, 'test');
    const tagSlugs = tags.map(({ slug }) => slug);
    await store.putArticles(
      [
        story('one', { headline: 'Kiosk', body: text('Kiosk.') }),
        story('common', { headline: 'And so it was', body: text('It was what it was, and that was that.') }),
        story('tagged', { headline: 'Many', tagSlugs, body: text('Few.') }),
        story('tagged-too', { headline: 'Some', tagSlugs: ['t0'], body: text('None.') }),
        story('en1', {
          headline: 'Lagoon pelican survey',
          body: text('Pelican nests near the lagoon are counted.'),
        }),
        story('en2', { headline: 'Pelican numbers', body: text('More pelican nests near the lagoon.') }),
        story('es1', {
          headline: 'Lagoon pelican',
          inLanguage: 'es',
          body: text('Pelican, lagoon, nests: el conteo.'),
        }),
      ],
      'test',
    );
    const ids = ['one', 'common', 'tagged', 'en1'].map(articleId);
    const statements = await statementsOf(async () => {
      const [one, common, tagged, english] = await store.related(ids, 10);
      expect([one, common]).toEqual([[], []]);
      expect(tagged?.map(({ article, reason }) => [article.sourceId, reason])).toEqual([
        ['tagged-too', 'Shares the tag T0'],
      ]);
      expect(english?.map(({ article }) => article.sourceId)).toEqual(['en2', 'es1']);
      expect(english?.[0]?.reason).toMatch(/pelican/i);
    });
    expect(statements).toHaveLength(1);
  });

  it('leaves out a story that is told twice', async () => {
    const wire =
      'The regional assembly voted on Tuesday to replace every wooden pier between the two lighthouses before the next winter storms arrive, officials said after a long debate.';
    await store.putArticles(
      [
        story('wire-1', { headline: 'Piers to be replaced', body: text(wire) }),
        story('wire-2', { headline: 'Assembly replaces piers', body: text(`${wire}`) }),
        story('pier', {
          headline: 'Wooden pier closes',
          body: text('The wooden pier between the lighthouses closes after storms.'),
        }),
      ],
      'test',
    );
    const [first, pier] = await store.related(['wire-1', 'pier'].map(articleId), 10);
    expect(first?.map(({ article }) => article.sourceId)).toEqual(['pier']);
    expect(pier?.filter(({ article }) => article.sourceId.startsWith('wire'))).toHaveLength(1);
  });

  it('indexes stories that were indexed by other rules before', async () => {
    await database.sql.update(bodies).set({ searchForm: 0, search: "'other':1A" });
    await database.sql.delete(profiles);
    await database.sql.execute(sql`truncate articles.vocabulary, articles.keywords, articles.spellings`);
    expect(await found('archipelago')).toEqual([]);
    await store.reindex();
    expect(await found('archipelago')).toEqual(['long']);
    // Nothing but a look.
    expect(await statementsOf(() => store.reindex())).toEqual([]);
  });

  it('counts the terms of a story when it has appeared, once', async () => {
    const counted = async () =>
      (await database.sql.select().from(vocabulary)).find(({ word }) => word === 'quibblethorpe')?.stories;
    expect(await counted()).toBeUndefined();
    const later = openArticlesStore(database, () => new Date('2026-05-01T00:00:00Z'));
    const { rows, suggestion: meant } = await later.search.find('quibblethorpe', {}, page);
    expect([rows.length, await meant()]).toEqual([1, null]);
    await later.reindex();
    expect(await counted()).toBe(1);
    await later.reindex();
    expect(await counted()).toBe(1);
    // As one whose time is taken back.
    await store.putArticles(
      [story('embargo', { headline: 'Quibblethorpe', datePublished: new Date('2026-06-01T00:00:00Z') })],
      'test',
    );
    expect(await counted()).toBe(0);
    await later.withdraw(articleId('embargo'), 'No.', 'test');
    expect(await counted()).toBe(0);
  });
});

describe('the terms of a text', () => {
  it('stand in it, one after the other, whatever it holds, and are the same in either normal form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (any) => {
        let position = 0;
        for (const token of tokensOf(any)) {
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.position).toBeGreaterThanOrEqual(0);
          expect(/['\\\s]/.test(token.term) || token.term === '').toBe(false);
          position = Math.max(position, token.position);
        }
        expect(position).toBeLessThanOrEqual(any.length);
      }),
    );
    const terms = (any: string) => tokensOf(any).map(({ term }) => term);
    for (const [, , says] of scripts)
      expect(terms(says.normalize('NFD'))).toEqual(terms(says.normalize('NFC')));
  });

  it('have a key in common with every spelling in which one letter is wrong', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.nat(), fc.constantFrom('drop', 'add', 'other', 'swap'), (right, at, kind) => {
        const letters = [...right];
        const place = at % (letters.length - 1);
        if (kind === 'drop') letters.splice(place, 1);
        else if (kind === 'add') letters.splice(place, 0, 'z');
        else if (kind === 'other') letters[place] = 'z';
        else letters.splice(place, 2, letters[place + 1] as string, letters[place] as string);
        const typed = letters.join('');
        if (letters.length < 4 || typed === right) return;
        const keys = new Set(spellingKeys(right));
        expect(querySpellingKeys(typed).some((key) => keys.has(key))).toBe(true);
        expect(distanceOf(typed, right)).toBe(1);
      }),
      { numRuns: 500 },
    );
  });
});
