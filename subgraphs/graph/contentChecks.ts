/** Checks of content that comes in: each answers the value as it is stored, or refuses the item with what came. */
import type { GraphQLScalarType } from 'graphql';
import { quoted } from '../errors.ts';
import { isId } from '../store/contentId.ts';
import { ContentError } from '../store/putContent.ts';
import { LanguageTag, URLScalar } from './scalars.ts';

/** Refuses the item: "Expected `expected`, but got: `came`." */
export function failureOf(sourceId: string) {
  return (expected: string, came: unknown): never => {
    throw new ContentError(
      sourceId,
      `Expected ${expected}, but got: ${came === undefined ? 'nothing' : quoted(came)}.`,
    );
  };
}

/** Plain text without what no text holds; null where nothing is left. */
export function textOf(text: string | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text?.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim() || null;
}

/** A date, or null where none is given. */
export function dateOf(sourceId: string, name: string, date: Date | undefined): Date | null {
  if (date !== undefined && Number.isNaN(date.getTime())) failureOf(sourceId)(`"${name}" to be a date`, date);
  return date ?? null;
}

/** An absolute http or https address, or null where none is given. */
export const urlOf = (sourceId: string, name: string, url: string | undefined) =>
  parsedBy(URLScalar, sourceId, name, url);

/** A BCP 47 tag in its canonical form, or null where none is given. */
export const languageOf = (sourceId: string, name: string, tag: string | undefined) =>
  parsedBy(LanguageTag, sourceId, name, tag);

/** The id of something elsewhere, or null where none is given. */
export function referenceOf(sourceId: string, name: string, id: string | undefined): string | null {
  if (id !== undefined && !isId(id)) failureOf(sourceId)(`"${name}" to be an id`, id);
  return id ?? null;
}

/** What one of the graph's scalars takes, as it is stored. */
export function parsedBy(
  scalar: GraphQLScalarType,
  sourceId: string,
  name: string,
  text: string | undefined,
): string | null {
  if (text === undefined) return null;
  try {
    return String(scalar.parseValue(text));
  } catch (error) {
    const { message } = error as Error;
    throw new ContentError(sourceId, message.replace(`Expected ${scalar.name}`, `Expected "${name}"`));
  }
}
