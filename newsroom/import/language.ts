/** Languages as exports and command lines name them. */

/** A BCP 47 tag in its canonical form: "uk_UA" is uk-UA. Undefined for an invalid name. */
export function languageIn(text: string | undefined): string | undefined {
  const tag = (text ?? '').trim().slice(0, 60).replaceAll('_', '-').split(/[.@]/)[0] ?? '';
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
