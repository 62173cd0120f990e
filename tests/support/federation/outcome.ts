/** What came of one operation, in a form that can be compared: data with the order of its keys, and where errors are. */

export interface Outcome {
  /** Null too where there is none at all. */
  data: unknown;
  /** Paths such as `products.0.name`, sorted, each once; an error without one is `(no path)`. */
  errors: readonly string[];
}

interface Answer {
  data?: unknown;
  errors?: readonly { path?: readonly (string | number)[] | undefined }[] | undefined;
}

export function outcomeOf({ data, errors = [] }: Answer): Outcome {
  const paths = errors.map(({ path }) => (path && path.length > 0 ? path.join('.') : '(no path)'));
  return { data: data == null ? null : JSON.parse(JSON.stringify(data)), errors: [...new Set(paths)].sort() };
}

/** One text for one outcome: keys stand in their order, so that two texts are equal when the answers are. */
export function textOf({ data, errors }: Outcome): string {
  return `${JSON.stringify(data, null, 2)}\nerrors: ${errors.join(' ') || 'none'}`;
}
