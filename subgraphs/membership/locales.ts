/** Formats numbers and prices for a reader's locale. */
import { LRUCache } from 'lru-cache';
import { badInput, quoted } from '../errors.ts';

// Creating a format costs a hundred times as much as using it. The cache is bounded, since callers choose the locales.
const formats = new LRUCache<string, Intl.NumberFormat>({ max: 200 });

/** The number format of a locale, with a currency if given. Throws for an invalid locale. */
export function numberFormat(locale: string, currency?: string): Intl.NumberFormat {
  const key = `${currency ?? ''} ${locale}`;
  const cached = formats.get(key);
  if (cached) return cached;
  const made = makeFormat(locale, currency);
  formats.set(key, made);
  return made;
}

function makeFormat(locale: string, currency: string | undefined): Intl.NumberFormat {
  try {
    if (locale.length > 0 && locale.length <= 64)
      return new Intl.NumberFormat(locale, currency === undefined ? {} : { style: 'currency', currency });
  } catch {
    // Reported below, together with a locale that is too long.
  }
  throw badInput(`Expected "locale" to be a BCP 47 language tag, but got: ${quoted(locale)}.`);
}

/** An amount in minor units of the currency: 500 in USD is "$5.00", in JPY "¥500". */
export function priceText(amountMinor: number, currency: string, locale: string): string {
  const format = numberFormat(locale, currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
}
