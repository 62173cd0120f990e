/** The words of a story: its plain text, word count and reading time. */
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

/** The text of a block; captions are not part of it. */
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

/** Each word; `Intl.Segmenter` splits scripts without spaces. */
function* wordsOf(text: string): Generator<string> {
  for (const [run] of text.matchAll(word))
    if (!unspaced.test(run)) yield run;
    else for (const { segment, isWordLike } of segmenter.segment(run)) if (isWordLike) yield segment;
}

const wordsPerMinute = 275;

/**
 * Ghost's rule: 275 words a minute; 12 seconds for the first picture, 11 for the second and so on down to 3; rounded,
 * and at least one minute.
 */
export function readingTimeMinutes(words: number, pictures: number): number {
  let seconds = (words / wordsPerMinute) * 60;
  for (let picture = 0; picture < pictures; picture += 1) seconds += Math.max(12 - picture, 3);
  return Math.max(1, Math.round(seconds / 60));
}
