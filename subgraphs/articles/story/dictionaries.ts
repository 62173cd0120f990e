/** PostgreSQL's stemming dictionaries by language. */

const dictionaries = new Map(
  Object.entries({
    ar: 'arabic',
    da: 'danish',
    de: 'german',
    en: 'english',
    es: 'spanish',
    fi: 'finnish',
    fr: 'french',
    hu: 'hungarian',
    it: 'italian',
    nb: 'norwegian',
    nl: 'dutch',
    nn: 'norwegian',
    no: 'norwegian',
    pt: 'portuguese',
    ro: 'romanian',
    ru: 'russian',
    sv: 'swedish',
    tr: 'turkish',
  }),
);

/** The dictionary of a language; undefined if there is none. */
export const dictionaryOf = (language: string): string | undefined =>
  dictionaries.get(language.split('-')[0]?.toLowerCase() ?? '');

const ofLatin = [...new Set(dictionaries.values())].filter((name) => name !== 'arabic' && name !== 'russian');

/** The dictionaries that may apply to a search word, since a query does not state its language. */
export function dictionariesFor(word: string): readonly string[] {
  if (/^\p{Script=Latin}+$/u.test(word)) return ofLatin;
  if (/^\p{Script=Cyrillic}+$/u.test(word)) return ['russian'];
  return /^\p{Script=Arabic}+$/u.test(word) ? ['arabic'] : [];
}
