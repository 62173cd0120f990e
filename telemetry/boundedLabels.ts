/** Keeps the number of values of a label bounded, since each value is a time series. */

/** Returns the value itself for the first `most` values, and `other` for the rest. */
export function openBoundedLabel(most: number, other: string): (value: string) => string {
  const known = new Set<string>([other]);
  return (value) => {
    if (known.has(value)) return value;
    if (known.size > most) return other;
    known.add(value);
    return value;
  };
}

/** Clients choose their names: one with other characters, or a long one, is cut. */
export const printable = (text: string): string => text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
