/** Attributes for text in a language. */

const rightToLeft = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

/** The attributes of an element whose text is in this language. */
export function inLanguage(tag: string): { lang: string; dir: 'ltr' | 'rtl' } {
  const [language = ''] = tag.toLowerCase().split('-');
  return { lang: tag, dir: rightToLeft.has(language) ? 'rtl' : 'ltr' };
}
