/** Numbers and prices in the words of a reader's locale. */
import { LRUCache } from 'lru-cache';
import { badInput, quoted } from '../errors.ts';

// Making a format costs a hundred times what using it does; callers choose the locales, so few are kept.
const formats = new LRUCache<string, Intl.NumberFormat>({ max: 200 });

/** The number format of a locale, of a currency where one is named; an error where the locale is none. */
export function numberFormat(locale: string, currency?: string): Intl.NumberFormat {
  const key = `${currency ?? ''} ${locale}`;
  const known = formats.get(key);
  if (known) return known;
  const made = makeFormat(locale, currency);
  formats.set(key, made);
  return made;
}

function makeFormat(locale: string, currency: string | undefined): Intl.NumberFormat {
  try {
    if (locale.length > 0 && locale.length <= 64)
      return new Intl.NumberFormat(locale, currency === undefined ? {} : { style: 'currency', currency });
  } catch {
    // Told below, together with what is too long.
  }
  throw badInput(`Expected "locale" to be a BCP 47 language tag, but got: ${quoted(locale)}.`);
}

/** An amount in the currency's smallest unit: 500 in USD is "$5.00", in JPY "¥500". */
export function priceText(amountMinor: number, currency: string, locale: string): string {
  const format = numberFormat(locale, currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
}
