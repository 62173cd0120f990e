/** Validation of mutation inputs: texts and lists within limits. */
import { badInput, quoted } from '../errors.ts';
import { isId } from '../store/contentId.ts';

/** A text to store: undefined leaves the stored value, null removes it. */
type OptionalText = string | null | undefined;

/** Plain text without control characters or surrounding white space; null if nothing is left. */
export function boundedText(name: string, text: OptionalText, longest: number): OptionalText {
  if (text == null) return text;
  checkLength(name, text, longest);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are removed.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim() || null;
}

/** Plain text that must not be empty. */
export function requiredText(name: string, text: OptionalText, longest: number): string {
  const stripped = boundedText(name, text, longest);
  if (stripped == null) throw badInput(`Expected "${name}" to have a value, but got: ${quoted(text)}.`);
  return stripped;
}

/** Throws if a text is longer than `longest` characters. */
export function checkLength(name: string, text: string, longest: number): void {
  if (text.length > longest)
    throw badInput(
      `Expected "${name}" to be at most ${longest.toLocaleString('en')} characters, but got: ${text.length}.`,
    );
}

/** Throws if a list has more than `most` items. */
export function checkCount(name: string, list: readonly unknown[] | null | undefined, most: number): void {
  if (list && list.length > most)
    throw badInput(`Expected "${name}" to have at most ${most} items, but got: ${list.length}.`);
}

/** An id in lower case; undefined and null pass unchanged. */
export function checkedId(name: string, id: OptionalText): OptionalText {
  if (id != null && !isId(id)) throw badInput(`Expected "${name}" to be an id, but got: ${quoted(id)}.`);
  return id?.toLowerCase() ?? id;
}
