/**
 * Folds spellings that readers take for equal: removes case, accents, vowel points, apostrophes and invisible
 * characters.
 */

/** Letters without a Unicode decomposition, in the form typed on other keyboards. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{
    ß: 'ss',
    œ: 'oe',
    æ: 'ae',
    ł: 'l',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ħ: 'h',
    ŋ: 'n',
    ŧ: 't',
    ı: 'i',
    ȷ: 'j',
  },
  ...{ ς: 'σ', ё: 'е', ى: 'ي', ی: 'ي', ې: 'ي', ک: 'ك', ہ: 'ه', ـ: '' },
};

/**
 * Marks that readers leave out: of Latin, Greek, Hebrew and Arabic. Those of Thai or Devanagari are vowels and stay.
 */
const marks = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u0483-\\u0489\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2',
    '\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u064b-\\u065f\\u0670',
    '\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8\\u06ea-\\u06ed\\u08d3-\\u08ff',
    '\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f',
  ].join('')}]`,
  'g',
);
/** Cyrillic letters that are letters of their own, not accented ones. */
const cyrillic = /[иу]\u0306|і\u0308/g;
const invisible = /[\p{Default_Ignorable_Code_Point}'’‘‛ʼʹ′`´＇]/gu;
const special = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g');
const digits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;

const longestTerm = 60;
const keptForms = 50_000;
const folded = new Map<string, string>();

/** The form of a word in the index and in queries; empty if nothing is left. */
export function fold(word: string): string {
  if (/^[a-z0-9]{1,60}$/.test(word)) return word;
  const cached = folded.get(word);
  if (cached !== undefined) return cached;
  if (folded.size >= keptForms) folded.clear();
  const form = foldUncached(word);
  if (word.length <= longestTerm) folded.set(word, form);
  return form;
}

function foldUncached(word: string): string {
  const lower = word
    .slice(0, 4 * longestTerm)
    .toLowerCase()
    .normalize('NFKD')
    .toLowerCase();
  const letters = lower
    .replace(cyrillic, (pair) => pair.normalize('NFC'))
    .replace(marks, '')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(special, (letter) => plainLetters[letter] ?? letter)
    .replace(digits, (digit) => digitOf(digit))
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');
  return [...letters].slice(0, longestTerm).join('').toWellFormed();
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/**
 * Other forms of a word that match: "buergermeister" for "Bürgermeister", an Arabic noun without its article. Empty for
 * most words.
 */
export function otherForms(word: string, form: string): string[] {
  if (/^[a-z0-9]*$/i.test(word)) return [];
  const others: string[] = [];
  const lowered = word.toLowerCase().normalize('NFC');
  if (/[äöüåø]/.test(lowered))
    others.push(fold(lowered.replace(/[äöüåø]/g, (letter) => umlauts[letter] ?? letter)));
  if (/^ال\p{L}{3,}/u.test(form)) others.push(form.slice(2));
  return others;
}

/** Arabic, Persian and Devanagari digits as 0 to 9. */
function digitOf(digit: string): string {
  const code = digit.charCodeAt(0);
  return String(code - (code >= 0x966 ? 0x966 : code >= 0x6f0 ? 0x6f0 : 0x660));
}
