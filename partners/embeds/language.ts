/** The few words of an embed that are not the story's own, in the story's language. */

const scriptsFromTheRight = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

const forMembers: Readonly<Record<string, string>> = {
  ar: 'للأعضاء',
  de: 'Für Mitglieder',
  en: 'For members',
  es: 'Para miembros',
  fr: 'Pour les membres',
  pt: 'Para membros',
};

export interface Language {
  /** BCP 47. */
  tag: string;
  dir: 'ltr' | 'rtl';
  dateOf(iso: string): string;
  minutes(count: number): string;
  forMembers: string;
}

/** A language by its tag; a tag that nobody can read is taken for English. */
export function languageOf(tag: string): Language {
  const locale = readLocale(tag);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const minutes = new Intl.NumberFormat(locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
  return {
    tag: locale.toString(),
    dir: directionOf(locale),
    dateOf: (iso) => date.format(new Date(iso)),
    minutes: (count) => minutes.format(count),
    forMembers: forMembers[locale.language] ?? 'For members',
  };
}

/** Where a text in this language begins. */
export const directionOf = (locale: Intl.Locale): 'ltr' | 'rtl' =>
  scriptsFromTheRight.has(locale.maximize().script ?? '') ? 'rtl' : 'ltr';

/** The locale of a tag; English where nobody can read it. */
export function readLocale(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag);
  } catch {
    return new Intl.Locale('en');
  }
}
