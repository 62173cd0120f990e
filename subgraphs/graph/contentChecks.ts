/**
 * Validation of imported content: each function returns the value to store, or throws a `ContentError` for the item.
 */
import type { GraphQLScalarType } from 'graphql';
import { quoted } from '../errors.ts';
import { isId } from '../store/contentId.ts';
import { ContentError } from '../store/putContent.ts';
import { LanguageTag, URLScalar } from './scalars.ts';

/** Returns a function that throws "Expected `expected`, but got: `actual`." */
export function failureOf(sourceId: string) {
  return (expected: string, actual: unknown, field?: string): never => {
    throw new ContentError(
      sourceId,
      `Expected ${expected}, but got: ${actual === undefined ? 'nothing' : quoted(actual)}.`,
      field === undefined ? {} : { field },
    );
  };
}

/** Plain text without control characters; null if nothing is left. */
export function textOf(text: string | undefined): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are removed.
  return text?.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '').trim() || null;
}

/** A valid date, or null if undefined. */
export function dateOf(sourceId: string, name: string, date: Date | undefined): Date | null {
  if (date !== undefined && Number.isNaN(date.getTime())) failureOf(sourceId)(`"${name}" to be a date`, date);
  return date ?? null;
}

/** An absolute http or https URL, or null if undefined. */
export const urlOf = (sourceId: string, name: string, url: string | undefined) =>
  parsedBy(URLScalar, sourceId, name, url);

/** A BCP 47 tag in canonical form, or null if undefined. */
export const languageOf = (sourceId: string, name: string, tag: string | undefined) =>
  parsedBy(LanguageTag, sourceId, name, tag);

/** The id of an entity in another subgraph, or null if undefined. */
export function referenceOf(sourceId: string, name: string, id: string | undefined): string | null {
  if (id !== undefined && !isId(id)) failureOf(sourceId)(`"${name}" to be an id`, id);
  return id ?? null;
}

/** The text as one of the graph's scalars parses it. */
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
