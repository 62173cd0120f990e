/** Fast JSON serialisation of values. */
import { writeJson } from '../wire/losslessJson.ts';

/** Characters that may need escaping in JSON: quotes, backslashes, control characters and surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

export function quote(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/**
 * Serialises a value that was parsed from JSON, or undefined. Throws a RangeError for values without a JSON form: see
 * writeJson.
 */
export function jsonOf(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  return Object.is(value, -0) ? '-0' : writeJson(value);
}
