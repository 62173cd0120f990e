/** Slugs: readable names in URLs, for every script. */

const longest = 120;
/** Longer texts are truncated first. */
const longestText = 2000;

/**
 * A slug for any text: "Ça va, O'Neill?" gives "ca-va-oneill"; "untitled" if nothing is left. It has at most 120
 * characters, cut between words if there is a boundary in the second half, and never within a grapheme cluster.
 *
 * Latin and Greek letters lose their accents, Arabic and Hebrew letters their vowel points, Cyrillic letters the stress
 * mark. All other marks are part of their letters and stay: "й", "が", "শ্রী". The result is in NFC.
 */
export function slugOf(text: string): string {
  const letters = lettersOf(text.slice(0, longestText).toWellFormed());
  const slug = letters
    .normalize('NFC')
    // NFKD decomposes these two vowels, and no normalisation form composes them again.
    .replace(/\u0e4d\u0e32/g, '\u0e33')
    .replace(/\u0ecd\u0eb2/g, '\u0eb3')
    .replace(/^-|-$/g, '');
  return cut(slug).replace(/-$/, '') || 'untitled';
}

/** Normalises a slug from a URL to the stored form. */
export const normalisedSlug = (slug: string): string => slug.normalize('NFC');

const apostrophe = /['’‘ʼʻ＇]/u;
/** Before a vowel these are words of their own in French, Italian and Catalan: "l’été", "dell’arte". */
const elision =
  /(?<![\p{L}\p{M}\p{N}])([cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|aujourd|(?:d?e|a|da|su|co|ne)ll|quest|quell|sant)['’＇](?=[aeiouyhàâäæéèêëîïôöœùûüáíóú])/giu;
/** Invisible characters that separate nothing: soft hyphens, joiners, directional marks. */
const invisible = /\u200d|[\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;

const kept = /[\p{L}\p{N}]/u;
const mark = /\p{M}/u;
const accented = /[\p{Script=Latin}\p{Script=Greek}\p{N}]/u;
const pointed = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}]/u;
const cyrillic = /\p{Script=Cyrillic}/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const inherited = /\p{Script=Inherited}/u;

/**
 * The letters, numbers and needed marks of a text, in lower case and NFKD, with "-" for each run of other characters.
 */
function lettersOf(text: string): string {
  let slug = '';
  /** The letter that following marks belong to; empty after a character that is not kept. */
  let base = '';
  const decomposed = text.normalize('NFC').replace(elision, '$1-').normalize('NFKD').toLowerCase();
  for (const character of decomposed) {
    if (mark.test(character)) {
      if (base !== '' && isNeeded(character, base)) slug += character;
    } else if (kept.test(character) && !apostrophe.test(character)) {
      // The tatweel only stretches an Arabic word.
      if (character === '\u0640') continue;
      base = character;
      slug += character;
    } else if (apostrophe.test(character) || invisible.test(character) || isAbbreviation(character, base)) {
    } else if (character === '\u200c' && !pointed.test(base)) {
    } else {
      base = '';
      if (!slug.endsWith('-')) slug += '-';
    }
  }
  return slug;
}

/** Whether removing the mark gives another word. */
function isNeeded(character: string, base: string): boolean {
  if (accented.test(base)) return false;
  const code = character.codePointAt(0) as number;
  // Madda and hamza make other letters; every other mark of these scripts is a reading aid.
  if (pointed.test(base)) return code >= 0x653 && code <= 0x655;
  if (cyrillic.test(base)) return code !== 0x300 && code !== 0x301;
  if (kana.test(base)) return code === 0x3099 || code === 0x309a;
  return !inherited.test(character);
}

/** Hebrew abbreviations contain a gershayim, which is often typed as a straight quotation mark. */
const isAbbreviation = (character: string, base: string): boolean =>
  /["״׳”]/.test(character) && /\p{Script=Hebrew}/u.test(base);

const words = new Intl.Segmenter('und', { granularity: 'word' });
const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** Cuts a slug to the maximum length, at a word boundary if there is one in the second half. */
function cut(slug: string): string {
  if (slug.length <= longest || [...slug].length <= longest) return slug;
  const start = [...slug].slice(0, longest + 20).join('');
  const end = lastBoundary(words.segment(start));
  return start.slice(
    0,
    end.characters > longest / 2 ? end.index : lastBoundary(clusters.segment(start)).index,
  );
}

/** The end of the last segment within the limit. */
function lastBoundary(segments: Intl.Segments): { index: number; characters: number } {
  let end = { index: 0, characters: 0 };
  for (const { segment, index } of segments) {
    const characters = end.characters + [...segment].length;
    if (characters > longest) break;
    end = { index: index + segment.length, characters };
  }
  return end;
}

/** An item that requests a slug. */
interface Applicant {
  id: string;
  slug: string;
}

/**
 * Gives each applicant its slug, or the next free one ("harbour-2") if another item holds it. `ownersOf` returns the
 * owners of slugs and is called once if there is no conflict. The result is in the order of `applicants`.
 */
export async function allocateSlugs(
  applicants: readonly Applicant[],
  ownersOf: (slugs: string[]) => Promise<ReadonlyMap<string, string>>,
): Promise<string[]> {
  const assigned = new Map<string, string>();
  const slugs: string[] = [];
  const owners = new Map(await ownersOf(applicants.map(({ slug }) => slug)));
  const isFree = (slug: string, id: string) => (assigned.get(slug) ?? owners.get(slug) ?? id) === id;
  for (const { id, slug } of applicants) {
    let candidate = slug;
    for (let number = 2; !isFree(candidate, id); number += 1) {
      // Candidates are checked a hundred at a time, so that a slug used a thousand times takes ten queries.
      if (number % 100 === 2) {
        const next = Array.from({ length: 100 }, (_, step) => `${slug}-${number + step}`);
        for (const [takenSlug, owner] of await ownersOf(next)) owners.set(takenSlug, owner);
      }
      candidate = `${slug}-${number}`;
    }
    assigned.set(candidate, id);
    slugs.push(candidate);
  }
  return slugs;
}
