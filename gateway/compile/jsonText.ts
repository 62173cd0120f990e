/** Values as JSON text, quickly. */
import { writeJson } from '../wire/losslessJson.ts';

/** What JSON cannot say as it is: quotes, backslashes, control characters, halves of pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

export function quote(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A value that came as JSON, or undefined. Throws a RangeError for what JSON has no text for: see writeJson. */
export function jsonOf(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  return Object.is(value, -0) ? '-0' : writeJson(value);
}
