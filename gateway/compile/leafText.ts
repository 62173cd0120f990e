/** Serialises leaf values. */
import { Decimal, wholeDigitsOf, writeJson } from '../wire/losslessJson.ts';
import { jsonOf, quote } from './jsonText.ts';

/**
 * The functions for built-in scalars (GraphQL section 3.5): they return text, or undefined for null and for invalid
 * values.
 */
export const leafWriters: ReadonlyMap<string, string> = new Map([
  ['String', 'string'],
  ['ID', 'id'],
  ['Int', 'int'],
  ['Float', 'float'],
  ['Boolean', 'boolean'],
]);

/** The functions named in `leafWriters`, and `custom` for custom scalars. */
export const leaves = {
  string: (value: unknown) => (typeof value === 'string' ? quote(value) : undefined),
  id: (value: unknown) =>
    typeof value === 'string' ? quote(value) : Number.isSafeInteger(value) ? `"${value}"` : longId(value),
  int: (value: unknown) => (typeof value === 'number' && (value | 0) === value ? `${value}` : undefined),
  float: (value: unknown) => {
    const number = typeof value === 'bigint' || value instanceof Decimal ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
    return Object.is(number, -0) ? '-0' : `${number}`;
  },
  boolean: (value: unknown) => (value === true ? 'true' : value === false ? 'false' : undefined),
  custom: (value: unknown) => textOrNone(value, jsonOf),
};

/** The same for a response that JSON.parse will read: values of custom scalars that it would change are invalid. */
export const leavesForParse = {
  ...leaves,
  custom: (value: unknown) =>
    textOrNone(value, (given) =>
      typeof given === 'object' || typeof given === 'bigint'
        ? writeJson(given, { isForParse: true })
        : jsonOf(given),
    ),
};

function longId(value: unknown): string | undefined {
  const isNumber = typeof value === 'bigint' || typeof value === 'number' || value instanceof Decimal;
  const digits = isNumber ? wholeDigitsOf(value) : undefined;
  return digits === undefined ? undefined : `"${digits}"`;
}

/** Undefined for a value without a JSON form: nested too deeply, or an infinite number. */
function textOrNone(value: unknown, write: (value: unknown) => string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return quote(value);
  try {
    return write(value);
  } catch {
    return undefined;
  }
}
