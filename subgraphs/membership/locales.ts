/** Formats numbers and prices for a reader's locale. */
import { LRUCache } from 'lru-cache';

// Creating a format costs a hundred times as much as using it. The cache is bounded, since callers choose the locales.
const formats = new LRUCache<string, Intl.NumberFormat>({ max: 200 });

/** The number format of a `LanguageTag`, with a currency if given. */
export function numberFormat(locale: string, currency?: string): Intl.NumberFormat {
  const key = `${currency ?? ''} ${locale}`;
  const cached = formats.get(key);
  if (cached) return cached;
  const made = new Intl.NumberFormat(locale, currency === undefined ? {} : { style: 'currency', currency });
  formats.set(key, made);
  return made;
}

/** An amount in minor units of the currency: 500 in USD is "$5.00", in JPY "¥500". */
export function priceText(amountMinor: number, currency: string, locale: string): string {
  const format = numberFormat(locale, currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(amountMinor / 10 ** digits);
}
