/** The text of values that have no fields. */
import { Decimal, wholeDigitsOf, writeJson } from '../wire/losslessJson.ts';
import { jsonOf, quote } from './jsonText.ts';

/** The functions for the scalars of GraphQL (section 3.5): text, or undefined for null and for what they cannot be. */
export const leafWriters: ReadonlyMap<string, string> = new Map([
  ['String', 'string'],
  ['ID', 'id'],
  ['Int', 'int'],
  ['Float', 'float'],
  ['Boolean', 'boolean'],
]);

/** What the names of `leafWriters` stand for in code, and `custom`, which writes scalars of anybody's own. */
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

/** The same for an answer that JSON.parse will read: of scalars of anybody's own, what it would change is no value. */
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

/** Undefined for what has no text in JSON: nested too deep, a number without end. */
function textOrNone(value: unknown, write: (value: unknown) => string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return quote(value);
  try {
    return write(value);
  } catch {
    return undefined;
  }
}
