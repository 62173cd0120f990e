import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countWords, plainText, readingTimeMinutes } from '../../../subgraphs/articles/story/words.ts';

describe('reading time', () => {
  it('counts 275 words a minute and 12, 11 and so on down to 3 seconds a picture', () => {
    expect(readingTimeMinutes(326, 2)).toBe(2);
    expect(readingTimeMinutes(326, 1)).toBe(1);
    expect(readingTimeMinutes(0, 0)).toBe(1);
    expect(readingTimeMinutes(275 * 3, 0)).toBe(3);
    // Ten pictures take 12 + 11 + ... + 3 seconds, every further one 3.
    expect(readingTimeMinutes(0, 10)).toBe(Math.round(75 / 60));
    expect(readingTimeMinutes(0, 15)).toBe(Math.round(90 / 60));
  });

  it('never falls when a story grows', () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.nat(60), fc.nat(500), fc.nat(5), (words, pictures, more, others) => {
        const grown = readingTimeMinutes(words + more, pictures + others);
        expect(grown).toBeGreaterThanOrEqual(readingTimeMinutes(words, pictures));
      }),
    );
  });
});

describe('words', () => {
  it('counts words in any script, each ideograph as one', () => {
    expect(countWords("It's 3 o'clock — isn't it?")).toBe(5);
    expect(countWords('ميناء المدينة القديم')).toBe(3);
    expect(countWords('東京タワー')).toBe(5);
    expect(countWords(' \n ')).toBe(0);
  });

  it('counts words that stand with no space between, by a dictionary', () => {
    expect(countWords('น้ำท่วมถนนในเชียงใหม่')).toBe(5);
    expect(countWords('ນ້ຳຖ້ວມຖະໜົນ')).toBeGreaterThan(1);
    expect(countWords('ទឹកជំនន់ផ្លូវ')).toBeGreaterThan(1);
    expect(countWords('ရေကြီးလမ်း')).toBeGreaterThan(1);
    expect(countWords('ฝนตก 2026, rain again 雨')).toBe(5);
  });

  it('takes the text out of HTML', () => {
    expect(plainText('A &amp; B<br>&#8220;C&#x201D; <a href="/x">d</a>&nbsp;&bogus;')).toBe(
      'A & B “C” d &bogus;',
    );
    expect(plainText('&#99999999;&#0;x&constructor;')).toBe('x&constructor;');
  });
});
