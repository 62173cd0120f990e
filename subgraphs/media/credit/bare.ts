/** Strips the punctuation around a credit, and finds closing brackets. */

/** The maximum length of a credit. */
export const longest = 300;

/** Removes surrounding punctuation and phrases that name nobody. */
export function bare(text: string): string {
  let line = text.trim().slice(0, longest + 1);
  for (let before = ''; before !== line; ) {
    before = line;
    line = withoutSigns(line)
      .replace(
        /(?:,|\/|\.)?\s*(?:all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados)\.?$/i,
        '',
      )
      .replace(/(?:,|\/)\s*file(?: photo)?\.?$/i, '')
      .replace(/,?\s*\(?(?:used|reproduced|reprinted) (?:with|by) (?:kind )?permission\)?\.?$/i, '');
    if (
      /[.。]$/.test(line) &&
      !/(?:^|[\s.])\p{Lu}\.$|\b(?:Ltd|Inc|Co|Jr|Sr|Corp|Bros|St|U\.S)\.$/u.test(line)
    )
      line = line.slice(0, -1);
    if (/^[([]/.test(line) && /[)\]]$/.test(line) && closing(line, 0) === line.length - 1)
      line = line.slice(1, -1);
    else if (/^[([]/.test(line) && closing(line, 0) < 0) line = line.slice(1);
    else if (/[)\]]$/.test(line) && !/[([]/.test(line)) line = line.slice(0, -1);
  }
  return line;
}

const signs = /[\s,;/|·–—=-]/;

function withoutSigns(line: string): string {
  let [start, end] = [0, line.length];
  while (start < end && signs.test(line[start] as string)) start += 1;
  while (end > start && signs.test(line[end - 1] as string)) end -= 1;
  return line.slice(start, end);
}

/** The index of the bracket that closes the one at `from`; -1 if there is none. */
export function closing(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (/[([]/.test(text[at] as string)) depth += 1;
    else if (/[)\]]/.test(text[at] as string)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return -1;
}
