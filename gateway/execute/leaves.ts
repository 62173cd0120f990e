/** The text of values that have no fields. */
import { jsonOf, quote } from './text.ts';

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
    typeof value === 'string' ? quote(value) : Number.isInteger(value) ? `"${value}"` : undefined,
  int: (value: unknown) => (typeof value === 'number' && (value | 0) === value ? `${value}` : undefined),
  float: (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? `${value}` : undefined),
  boolean: (value: unknown) => (value === true ? 'true' : value === false ? 'false' : undefined),
  custom: (value: unknown) => {
    if (value === null || value === undefined) return undefined;
    if (typeof value !== 'object') return jsonOf(value);
    try {
      return jsonOf(value);
    } catch {
      // Nested so deep that it cannot be written.
      return undefined;
    }
  },
};
