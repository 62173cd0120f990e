/** The words of an embed that are not the article's, in the article's language. */

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

/** The language of a tag; English for an invalid tag. */
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

/** The direction of text in a language. */
export const directionOf = (locale: Intl.Locale): 'ltr' | 'rtl' =>
  scriptsFromTheRight.has(locale.maximize().script ?? '') ? 'rtl' : 'ltr';

/** The locale of a tag; English for an invalid tag. */
export function readLocale(tag: string): Intl.Locale {
  try {
    return new Intl.Locale(tag);
  } catch {
    return new Intl.Locale('en');
  }
}
