/** Values as JSON text, quickly. */

/** What JSON cannot say as it is: quotes, backslashes, control characters, halves of pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

export function quote(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** A value that came as JSON, or undefined. */
export function jsonOf(value: unknown): string {
  return typeof value === 'string' ? quote(value) : (JSON.stringify(value) ?? 'null');
}
