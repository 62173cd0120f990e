/** What callers send to be stored: texts and lists within bounds, and what a store refuses of it in words that reach them. */
import { badInput, quoted } from '../errors.ts';
import { isId } from '../store/contentId.ts';
import { DatabaseFailure } from '../store/databaseFailure.ts';
import { ContentError } from '../store/putContent.ts';

/** A text as it is stored: undefined where nothing was said, null where there is to be none. */
type Said = string | null | undefined;

/** Plain text, without what no text holds and without white space around; null where nothing is left. */
export function boundedText(name: string, text: Said, longest: number): Said {
  if (text == null) return text;
  checkLength(name, text, longest);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim() || null;
}

/** Plain text that must not be empty. */
export function requiredText(name: string, text: Said, longest: number): string {
  const kept = boundedText(name, text, longest);
  if (kept == null) throw badInput(`Expected "${name}" to hold a word, but got: ${quoted(text)}.`);
  return kept;
}

/** Refuses a text that is longer than so many characters. */
export function checkLength(name: string, text: string, longest: number): void {
  if (text.length > longest)
    throw badInput(
      `Expected "${name}" to be at most ${longest.toLocaleString('en')} characters, but got: ${text.length}.`,
    );
}

/** Refuses a list that is longer than so many items. */
export function checkCount(name: string, list: readonly unknown[] | null | undefined, most: number): void {
  if (list && list.length > most)
    throw badInput(`Expected "${name}" to hold at most ${most} items, but got: ${list.length}.`);
}

/** An id of ours; undefined and null as they came. */
export function checkedId(name: string, id: Said): Said {
  if (id != null && !isId(id)) throw badInput(`Expected "${name}" to be an id, but got: ${quoted(id)}.`);
  return id?.toLowerCase() ?? id;
}

/** Does what is to be stored; where the store refuses what was sent, the caller is told why. */
export async function told<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ContentError) throw badInput(error.message);
    // 54000: more different words than a search can hold.
    if (error instanceof DatabaseFailure && error.code === '54000')
      throw badInput('Expected a text that a search can hold, but got one with too many different words.');
    throw error;
  }
}
