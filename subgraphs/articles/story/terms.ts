/** Splits a text into search terms: words in scripts with spaces, pairs of characters in scripts without. */
import { fold, otherForms } from './fold.ts';

export interface Token {
  term: string;
  /** The index in the sequence of words, from 0; several terms of one word share a position. */
  position: number;
  /** The range in the text. */
  start: number;
  end: number;
  kind: 'word' | 'part' | 'pair';
}

const unspaced =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}ーｰﾞﾟ々〆';
const letter = '[\\p{L}\\p{N}\\p{M}\\p{Default_Ignorable_Code_Point}]';
const apostrophe = "['’‘‛ʼ′`´＇]";
/** Letters with apostrophes, hyphens or an ampersand between them. */
const run = new RegExp(
  `[A-Za-z0-9]+(?![^\\s.,:;()])|${letter}+(?:(?:${apostrophe}|[&\\u2010\\u2011-])${letter}+)*`,
  'gu',
);
/** "U.S." */
const initials = /(?:\p{L}\.){2,}(?![\p{L}\p{N}])/uy;
const hasUnspaced = new RegExp(`[${unspaced}]`, 'u');
const stretches = new RegExp(
  `[${unspaced}](?:[${unspaced}]|[\\p{M}\\p{Default_Ignorable_Code_Point}])*|(?:(?![${unspaced}]).)+`,
  'gsu',
);
/** A character with its marks; the jamo of a Hangul syllable are one character. */
const character = /[\u1100-\u115f][\u1160-\u11ff]*|.[\p{M}\p{Default_Ignorable_Code_Point}]*/gsu;
const isPlain = /^[A-Za-z0-9]+$/;
const tokensAtMost = 50_000;
const hyphens = /[\u2010\u2011-]/;
const apostrophes = new RegExp(apostrophe, 'u');

/** The terms of a text in order; a text longer than any story is truncated. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  run.lastIndex = 0;
  for (let match = run.exec(text); match !== null && tokens.length < tokensAtMost; match = run.exec(text)) {
    const [matched] = match;
    const { index } = match;
    if (isPlain.test(matched) && !(matched.length === 1 && text[index + 1] === '.')) {
      const end = index + matched.length;
      tokens.push({ term: fold(matched.toLowerCase()), position, start: index, end, kind: 'word' });
      position += 1;
      continue;
    }
    initials.lastIndex = index;
    const short = matched.length === 1 ? initials.exec(text)?.[0] : undefined;
    if (short) run.lastIndex = index + short.length;
    for (const { word, start } of short ? [{ word: short, start: index }] : splitScripts(matched, index)) {
      const added = hasUnspaced.test(word) ? pairsOf(word, start, position) : wordsOf(word, start, position);
      for (const token of added) {
        position = Math.max(position, token.position + 1);
        tokens.push(token);
      }
    }
  }
  return tokens;
}

function splitScripts(matched: string, index: number) {
  if (!hasUnspaced.test(matched)) return [{ word: matched, start: index }];
  return [...matched.matchAll(stretches)].map((part) => ({ word: part[0], start: index + part.index }));
}

/** Each character with the next one, and the last alone. */
function* pairsOf(word: string, start: number, from: number): Generator<Token> {
  const characters = [...word.matchAll(character)]
    .map((match) => ({
      form: fold(match[0]),
      start: start + match.index,
      end: start + match.index + match[0].length,
    }))
    .filter(({ form }) => form !== '');
  for (const [place, one] of characters.entries()) {
    const next = characters[place + 1];
    const term = one.form + (next?.form ?? '');
    yield { term, position: from + place, start: one.start, end: next?.end ?? one.end, kind: 'pair' };
  }
}

/**
 * The parts of a compound in sequence, with the whole compound at the first position; the parts of a word with an
 * apostrophe at one position.
 */
function* wordsOf(matched: string, start: number, from: number): Generator<Token> {
  const parts = matched.split(hyphens);
  let at = start;
  let position = from;
  for (const part of parts) {
    const place = { position, start: at, end: at + part.length };
    at += part.length + 1;
    const form = fold(part);
    if (form === '') continue;
    yield { term: form, ...place, kind: 'word' };
    for (const term of otherForms(part, form)) yield { term, ...place, kind: 'part' };
    if (apostrophes.test(part))
      for (const piece of part.split(apostrophes)) {
        const term = fold(piece);
        if ([...term].length > 1 && term !== form) yield { term, ...place, kind: 'part' };
      }
    position += 1;
  }
  if (parts.length > 1 && parts.length <= 3) {
    const term = fold(parts.join(''));
    if (term !== '') yield { term, position: from, start, end: start + matched.length, kind: 'part' };
  }
}

/** Elided words that carry no meaning of their own. */
const elided = new Set([
  'qu',
  'jusqu',
  'lorsqu',
  'puisqu',
  'quoiqu',
  'dell',
  'nell',
  'sull',
  'dall',
  'coll',
  'all',
  'quell',
  'sant',
  'un',
]);

/**
 * Alternative terms for a search word: "ecole" for "l'école", "obama" for "Obama's", "buergermeister" for
 * "Bürgermeister".
 */
export function alternativesOf(word: string): string[] {
  const others = otherForms(word, fold(word));
  const [first = '', ...rest] = word.split(apostrophes).map(fold);
  const last = rest.at(-1);
  if (last !== undefined && rest.length === 1) {
    if ((first.length <= 2 || elided.has(first)) && last.length >= 3) others.push(last);
    else if (last === 's' && first.length >= 3) others.push(first);
  }
  return others;
}

/** A light stemmer that removes the English plural, for comparing stories. */
export function stemOf(term: string): string {
  if (term.length < 4 || !/^[a-z]+$/.test(term) || /(?:ss|us|is)$/.test(term)) return term;
  if (term.endsWith('ies') && term.length > 4) return `${term.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|zes)$/.test(term)) return term.slice(0, -2);
  return term.endsWith('s') ? term.slice(0, -1) : term;
}
