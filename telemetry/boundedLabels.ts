/** Keeps the number and the length of the values of a label bounded: each value is a time series, and clients choose many of them. */

const maxCharacters = 100;

/**
 * Returns a printable form of the first `most` values, and `other` for the rest. The caller may pass texts of any length; of a value no
 * more than 100 characters are kept.
 */
export function openBoundedLabel(most: number, other: string): (value: string) => string {
  const known = new Map<string, string>([[other, other]]);
  return (value) => {
    const start = value.length > maxCharacters ? value.slice(0, maxCharacters) : value;
    const label = known.get(start);
    if (label !== undefined) return label;
    if (known.size > most) return other;
    const added = printable(start);
    known.set(ownCopy(start), added);
    return added;
  };
}

/** A text of a client for logs and labels: at most 100 characters of ASCII, without e-mail addresses. */
export const printable = (text: string): string =>
  ownCopy(
    text
      .slice(0, maxCharacters)
      .replace(/[^\s@]*@[^\s@]*/g, '***')
      .replace(/[^\x20-\x7e]/g, '?'),
  );

/** V8 keeps a part of a text as a reference to the whole, which may be a body of many kilobytes. */
const ownCopy = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
