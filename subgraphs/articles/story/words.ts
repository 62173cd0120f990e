/** The words of a story: its plain text, how many they are, how long they take, what they are about. */
import type { Block } from '../blocks.ts';

const entities = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
]);

/** The text of sanitised inline HTML. */
export function plainText(html: string): string {
  return html
    .replace(/<br\s*\/?>/g, ' ')
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (name) return entities.get(name) ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    });
}

/** The words of one block as a reader reads them; captions are no part of the text. */
export function textOf(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
    case 'callout':
      return plainText(block.html);
    case 'quote':
      return [plainText(block.html), block.citation].filter(Boolean).join(' ');
    case 'heading':
      return block.text;
    case 'list':
      return block.items.map(plainText).join(' ');
    case 'table':
      return [...(block.header ?? []), ...block.rows.flat()].map(plainText).join(' ');
    case 'code':
      return block.code;
    case 'related':
      return block.linkText;
    default:
      return '';
  }
}

/** Words are runs of letters and digits; each ideograph, kana or hangul syllable counts as one. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}])[\p{Letter}\p{Number}\p{Mark}_'’])+/gu;

/** Scripts that write no spaces between words. */
const unspaced = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter('th', { granularity: 'word' });

export function countWords(text: string): number {
  let count = 0;
  if (!unspaced.test(text)) for (const _ of text.matchAll(word)) count += 1;
  else for (const _ of wordsOf(text)) count += 1;
  return count;
}

/** Each word; a dictionary finds those that stand with no space between. */
function* wordsOf(text: string): Generator<string> {
  for (const [run] of text.matchAll(word))
    if (!unspaced.test(run)) yield run;
    else for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) yield segment;
}

const wordsPerMinute = 275;

/**
 * Ghost's rule: 275 words a minute; 12 seconds for the first picture, 11 for the second and so on down to 3;
 * rounded, and at least one minute.
 */
export function readingTimeMinutes(words: number, pictures: number): number {
  let seconds = (words / wordsPerMinute) * 60;
  for (let picture = 0; picture < pictures; picture += 1) seconds += Math.max(12 - picture, 3);
  return Math.max(1, Math.round(seconds / 60));
}

const stopWords = new Set(
  `about above according across after again against ahead almost along already also although always among
  announced another anyone around because become becomes been before began behind being below best better between
  beyond both bring build came cannot come comes could create created days didn does doesn doing done don down
  during each early either else enough even event ever every everyone example find first following found free from
  full further gave get gets getting give given going good great had has have having help helps here hers high
  himself home hour hours however important including into isn it's itself just keep kind know known large last late
  later learn least less like likely little live long look made make makes making many matter maybe might minutes
  month months more most much must near need needs never next none nothing number often once only open other others
  over part people percent place plan point possible provide provided provides public read really recent report
  right said same says second see seen several shall share should show shows since small some something soon start
  state still such sure take taken tell than that that's their them themselves then there there's these they
  they're thing things think third this those though three through time times today together told took toward
  turn under until upon use used user using very want wants wasn way ways week weeks well went were what when where
  whether which while whole whose will with within without work worked working works would wouldn year years yesterday
  you'll you're your yours`.split(/\s+/),
);

const keywordCount = 8;

/**
 * What a story is about: its most frequent words, those of its headline counted five times, without the words that
 * every story has.
 */
export function keywordsOf(headline: string, text: string): string[] {
  const weights = new Map<string, number>();
  const weigh = (source: string, weight: number) => {
    for (const match of wordsOf(source)) {
      const term = match.toLowerCase().replace(/['’]s?$/, '');
      if (term.length < 4 || term.length > 40 || stopWords.has(term) || /^\d+$/.test(term)) continue;
      weights.set(term, (weights.get(term) ?? 0) + weight);
    }
  };
  weigh(headline, 5);
  weigh(text, 1);
  return [...weights]
    .filter(([, weight]) => weight > 1)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, keywordCount)
    .map(([term]) => term);
}
