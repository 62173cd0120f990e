import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { takeCredit } from '../../../subgraphs/media/credit/take.ts';

type Part = string | undefined;
type Parts = [creator: Part, agency: Part, provider: Part, category: string];

const forms: [text: string, parts: Parts, caption?: string][] = [
  ['(Ana Roe/Bloomberg via Getty Images)', ['Ana Roe', 'Bloomberg', 'Getty Images', 'WIRES']],
  ['Dawn. (Ana Roe/Bloomberg via Getty Images)', ['Ana Roe', 'Bloomberg', 'Getty Images', 'WIRES'], 'Dawn.'],
  ['ana_roe/iStock/Thinkstock', ['ana_roe', 'iStock', 'Thinkstock', 'STOCK']],
  ['roe2650, iStock, Thinkstock', ['roe2650', 'iStock', 'Thinkstock', 'STOCK']],
  ['Roe-iStock-Thinkstock', ['Roe', 'iStock', 'Thinkstock', 'STOCK']],
  ['Roe Ltd iStock Thinkstock', ['Roe Ltd', 'iStock', 'Thinkstock', 'STOCK']],
  ['Roe, Ltd., Wavebreak Media, Thinkstock', ['Roe, Ltd.', 'Wavebreak Media', 'Thinkstock', 'STOCK']],
  ['ana / iStock / Getty Images Plus', ['ana', 'iStock', 'Getty Images Plus', 'STOCK']],
  ['ana roe/iStock/Thinksotck', ['ana roe', 'iStock', 'Thinkstock', 'STOCK']],
  ['Roe Design/iStock via Getty Images', ['Roe Design', 'iStock', 'Getty Images', 'STOCK']],
  ['Ana Roe, Shutterstock', ['Ana Roe', undefined, 'Shutterstock', 'STOCK']],
  ['via Getty Images', [undefined, undefined, 'Getty Images', 'STOCK']],
  ['The square, via Getty Images', [undefined, undefined, 'Getty Images', 'STOCK'], 'The square'],
  ['Photo: Ana Roe', ['Ana Roe', undefined, undefined, 'OTHER']],
  ['Photos by Ana Roe.', ['Ana Roe', undefined, undefined, 'OTHER']],
  [
    'Left to right: A, B. Photo by Ana Roe, GSA.',
    ['Ana Roe', 'GSA', undefined, 'HANDOUT'],
    'Left to right: A, B.',
  ],
  ['The team. (photo credit: Ana Roe, GSA)', ['Ana Roe', 'GSA', undefined, 'HANDOUT'], 'The team.'],
  ['By Ana Roe, FTC', ['Ana Roe', 'FTC', undefined, 'HANDOUT']],
  ['Iceberg photo by Ana Roe on Unsplash.', ['Ana Roe', undefined, 'Unsplash', 'STOCK']],
  ['Ana Roe for The Courier', ['Ana Roe', 'The Courier', undefined, 'FREELANCE']],
  ['The quay. Ana Roe for The Courier', ['Ana Roe', 'The Courier', undefined, 'FREELANCE'], 'The quay.'],
  ['AFP PHOTO / ANA ROE', ['ANA ROE', 'AFP', undefined, 'WIRES']],
  ['The quay. AFP PHOTO / ANA ROE', ['ANA ROE', 'AFP', undefined, 'WIRES'], 'The quay.'],
  ['The mayor. REUTERS/Ana Roe/File Photo', ['Ana Roe', 'Reuters', undefined, 'WIRES'], 'The mayor.'],
  ['The mayor. (AP Photo/Ana Roe, File)', ['Ana Roe', 'AP', undefined, 'WIRES'], 'The mayor.'],
  ['The mayor speaks. (AP)', [undefined, 'AP', undefined, 'WIRES'], 'The mayor speaks.'],
  [
    'Smoke above the old town of Gdynia, Reuters',
    [undefined, 'Reuters', undefined, 'WIRES'],
    'Smoke above the old town of Gdynia',
  ],
  ['Ana Roe, Flickr, CC BY 2.0', ['Ana Roe', undefined, 'Flickr', 'OTHER']],
  ['The Art of Nets by anaroe CC BY 2.0', ['anaroe', undefined, undefined, 'OTHER'], 'The Art of Nets'],
  ['Photo by Ana Roe, Creative Commons BY-NC-SA 2.0', ['Ana Roe', undefined, undefined, 'OTHER']],
  ['Image courtesy of GSA.', [undefined, 'GSA', undefined, 'HANDOUT']],
  ['Provided by Ana Roe, Programme Manager at HHS', ['Ana Roe', undefined, undefined, 'HANDOUT']],
  ['NASA Wallops Flight Facility/Ana Roe', ['Ana Roe', 'NASA Wallops Flight Facility', undefined, 'HANDOUT']],
  ['NASA/JHU APL/SwRI', [undefined, 'NASA/JHU APL/SwRI', undefined, 'HANDOUT']],
  ['U.S. Department of State, flickr', [undefined, 'U.S. Department of State', 'Flickr', 'HANDOUT']],
  ['Official White House Photo by Ana Roe.', ['Ana Roe', 'White House', undefined, 'HANDOUT']],
  ['U.S. Air Force photo by Sgt. Ana Roe', ['Sgt. Ana Roe', 'U.S. Air Force', undefined, 'HANDOUT']],
  ['© 2020 Ana Roe', ['Ana Roe', undefined, undefined, 'OTHER']],
];

const captions = [
  'Fighting topis in the Serengeti',
  'The mayor (left) and her deputy',
  'The map shows Pennsylvania (PA)',
  'Michael Bloomberg',
  'Good News for The Beatles',
  'Photo: a dog barks at the moon',
  'By the sea',
  'By Lake Geneva',
  'Picture by picture',
  'Before/After',
  'London/Paris/New York',
  'NASA administrator Ana Roe',
  'Grace Hopper, United States Navy.',
  'White House Infrastructure Implementation Team',
  'Creative Commons credit below.',
  'Ana Roe.',
  'Figure 2: Percent selected.',
  'A photo of a team working together; in this photo, it was cloud.',
];

const wordsOf = (text: string) => (text.match(/[\p{L}\p{N}]+/gu) ?? []).sort();

describe('taking the credit out of a caption', () => {
  it.each(forms.map(([text, parts, caption]) => ({ text, parts, caption })))(
    'knows the parts of $text',
    ({ text, parts: expected, caption }) => {
      const [creatorName, agency, provider, category] = expected;
      const taken = takeCredit(text);
      const { original, ...parts } = taken.credit ?? {};
      expect(parts).toEqual({
        ...(creatorName ? { creatorName } : {}),
        ...(agency ? { agency } : {}),
        ...(provider ? { provider } : {}),
        category,
      });
      expect(taken.caption).toBe(caption);
      expect(text).toContain(original);
    },
  );

  it.each(captions)('leaves the caption %j alone', (text) => {
    expect(takeCredit(text)).toEqual({ caption: text });
  });

  it('takes a second credit that stands before the first', () => {
    expect(takeCredit('Nets dry. (Ana Roe/AFP/Getty Images) (Reuters)')).toMatchObject({
      caption: 'Nets dry.',
      credit: {
        creatorName: 'Ana Roe',
        agency: 'AFP, Reuters',
        original: '(Ana Roe/AFP/Getty Images) (Reuters)',
      },
    });
  });

  it.each([
    ['Ana Roe, CC BY-SA 4.0, via Wikimedia Commons', 'https://creativecommons.org/licenses/by-sa/4.0/'],
    ['Photo: Ana Roe / Flickr / CC BY-NC-ND 2.0', 'https://creativecommons.org/licenses/by-nc-nd/2.0/'],
    ['Ana Roe, CC0, via Wikimedia Commons', 'https://creativecommons.org/publicdomain/zero/1.0/'],
    ['Ana Roe, Public domain, via Wikimedia Commons', 'https://creativecommons.org/publicdomain/mark/1.0/'],
    [
      'Photo: Ana Roe / OGL v3.0',
      'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/',
    ],
    ['Photo: Ana Roe', undefined],
  ])('knows the licence in %s', (text, licence) => {
    expect(takeCredit(text).licence).toBe(licence);
    expect(takeCredit(text).credit?.creatorName).toBe('Ana Roe');
  });

  it.each([
    ['Nets dry. (Ana Roe/AFP, Bo Day/Reuters)', 'Ana Roe, Bo Day', 'AFP, Reuters', 'Nets dry.'],
    ['Nets dry. Left: Ana Roe/AFP. Right: Bo Day/AFP', 'Ana Roe, Bo Day', 'AFP', 'Nets dry.'],
    ['Nets (Ana Roe/AFP) and boats (Bo Day/Reuters)', 'Ana Roe, Bo Day', 'AFP, Reuters', 'Nets and boats'],
    ['(Photo: Ana Roe/AFP) Nets dry.', 'Ana Roe', 'AFP', 'Nets dry.'],
  ])('keeps the credits of several pictures: %s', (text, creatorName, agency, caption) => {
    expect(takeCredit(text)).toMatchObject({ caption, credit: { creatorName, agency } });
  });

  it.each(['Photo: Handout', 'Courtesy photo', 'Foto: Privat'])('names nobody for %s', (text) => {
    const { caption, credit } = takeCredit(text);
    expect(caption).toBeUndefined();
    expect(credit).toEqual({ category: 'HANDOUT', original: text });
  });

  const word = fc.constantFrom(
    ...'Photo by Ana Roe / , . ( ) [ ] via Getty Images iStock Thinkstock AP AFP for The Courier © CC BY 2.0 – Courtesy of NASA harbour at dawn Flickr : - \n Left: ; & and Фото: 写真： （ ） Public domain'.split(
      ' ',
    ),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 14 }).map((words) => words.join(' ')),
  );

  it('loses no word of any text, and takes nothing more from what it left', () => {
    fc.assert(
      fc.property(text, (it) => {
        const { caption = '', credit } = takeCredit(it);
        expect(wordsOf(`${caption} ${credit?.original ?? ''}`)).toEqual(wordsOf(it));
        expect(takeCredit(caption).credit).toBeUndefined();
      }),
      { numRuns: 3000 },
    );
  });
});
