import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { slugOf } from '../../../subgraphs/store/slug.ts';

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });
const clustersOf = (text: string) => [...clusters.segment(text)].map(({ segment }) => segment);

describe('a slug', () => {
  it.each([
    ['Japanese with dakuten', 'ガスがでる', 'ガスがでる'],
    ['half-width kana', 'ｶﾞｽ', 'ガス'],
    ['Hindi with vowel signs', 'दिल्ली की सड़क', 'दिल्ली-की-सड़क'],
    ['Bengali', 'ঢাকার বৃষ্টি', 'ঢাকার-বৃষ্টি'],
    ['Tamil', 'மழை பெய்தது', 'மழை-பெய்தது'],
    ['Thai with a vowel that compatibility forms take apart', 'น้ำท่วม', 'น้ำท่วม'],
    ['Lao', 'ນ້ຳຖ້ວມ', 'ນ້ຳຖ້ວມ'],
    ['Khmer', 'ភ្នំពេញ', 'ភ្នំពេញ'],
    ['Burmese', 'ရန်ကုန် မြို့', 'ရန်ကုန်-မြို့'],
    ['Arabic without its points', 'مَدِينَة', 'مدينة'],
    ['Arabic with hamza and a stretched line', 'أســئلة', 'أسئلة'],
    ['Persian with a joiner that separates', 'نمی‌دانم', 'نمی-دانم'],
    ['Hebrew without its points', 'עִבְרִית', 'עברית'],
    ['a Hebrew abbreviation', 'דו״ח', 'דוח'],
    ['Thaana, whose vowels are marks', 'މާލެ', 'މާލެ'],
    ['Ukrainian', 'Їжак і йод', 'їжак-і-йод'],
    ['Ukrainian with either apostrophe', 'М’яч мʼяч', 'мяч-мяч'],
    ['Russian with a stress mark', 'за́мок', 'замок'],
    ['Korean', '서울의 봄', '서울의-봄'],
    ['Greek without its accents', 'Ποτάμι ΠΟΤΑΜΙ', 'ποταμι-ποταμι'],
    ['French with an elision', "D'abord l’usine", 'd-abord-l-usine'],
    ['Italian with an elision', 'Dell’isola', 'dell-isola'],
    ['English', "It's O'Hara's", 'its-oharas'],
    ['Turkish', 'İzmir', 'izmir'],
    ['Vietnamese', 'Đường phố Huế', 'đuong-pho-hue'],
    ['emoji', '🌊 High ❤️ tide 1️⃣', 'high-tide-1'],
    ['full-width letters', 'Ｎｅｗｓ', 'news'],
    ['a soft hyphen', 'Hafen\u00adstadt', 'hafenstadt'],
    ['nothing that is left', '!?', 'untitled'],
  ])('of %s keeps what its script needs', (_, text, slug) => {
    expect(slugOf(text)).toBe(slug.normalize('NFC'));
    expect(slugOf(text.normalize('NFD'))).toBe(slug.normalize('NFC'));
  });

  it('has at most 120 characters and ends where a word does', () => {
    expect(slugOf('harbour '.repeat(40))).toBe(`${'harbour-'.repeat(14)}harbour`);
    const thai = slugOf('น้ำท่วมกรุงเทพ'.repeat(20));
    expect([...thai].length).toBeGreaterThan(100);
    expect(thai.endsWith('น้ำท่วม') || thai.endsWith('กรุงเทพ')).toBe(true);
    expect(slugOf('x'.repeat(500))).toBe('x'.repeat(120));
  });

  const letters = fc.constantFrom(
    ...'aZé9ñ -’é'.split(''),
    'क्षि',
    'น้ำ',
    'ガ',
    'が',
    'й',
    'й',
    'مُ',
    'שָׁ',
    '𝒳',
    '한',
    '👩‍👩‍👧',
    'স্ট্রী',
  );
  const text = fc.oneof(
    fc.array(letters, { maxLength: 300 }).map((all) => all.join('')),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );

  it('is a slug of itself, in NFC, the same for either normal form, and cuts no cluster', () => {
    fc.assert(
      fc.property(text, (it) => {
        const slug = slugOf(it);
        expect(slugOf(slug)).toBe(slug);
        expect(slug.normalize('NFC')).toBe(slug);
        expect([...slug].length).toBeLessThanOrEqual(120);
        expect(slug).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*$/u);
        expect(slug).toBe(slug.toLowerCase());
        expect(slugOf(it.normalize('NFD'))).toBe(slugOf(it.normalize('NFC')));
      }),
    );
  });

  it('ends between two clusters of the text, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.constantFrom('क्षि', 'น้ำ', 'স্ট্রী', 'ガ', 'ကြွ'), fc.nat(5), (cluster, before) => {
        const whole = 'x'.repeat(before) + cluster.repeat(150);
        const ours = clustersOf(slugOf(whole));
        expect(clustersOf(slugOf(cluster))).toContain(ours.at(-1));
      }),
    );
  });
});
