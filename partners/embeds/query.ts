/** Reads query parameters. */
import { callerError } from '../../gateway/errors.ts';

/** A parameter that occurs twice is a list. */
export type Query = Readonly<Record<string, string | string[] | undefined>>;

const longest = 2_000;

/**
 * The value of `name`; undefined when it is missing or empty. Throws BAD_USER_INPUT for several values, or a long one.
 */
export function oneOf(query: Query, name: string): string | undefined {
  const value = query[name];
  if (Array.isArray(value)) throw refuse(`Expected "${name}" once, but got: ${value.length} of them.`);
  if (value !== undefined && value.length > longest)
    throw refuse(`Expected "${name}" to be at most ${longest} characters, but got: ${value.length}.`);
  return value === '' ? undefined : value;
}

/** The integer value of `name`; throws BAD_USER_INPUT when it is not an integer from `least` to `most`. */
export function numberOf(query: Query, name: string, least: number, most: number): number | undefined {
  const value = oneOf(query, name);
  if (value === undefined) return undefined;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  const bounds = `${least} to ${most.toLocaleString('en')}`;
  throw refuse(`Expected "${name}" to be a whole number from ${bounds}, but got: ${value}.`);
}

export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** The requested theme, "auto" by default. */
export function themeOf(query: Query): Theme {
  const value = oneOf(query, 'theme') ?? 'auto';
  const theme = themes.find((one) => one === value);
  if (theme) return theme;
  throw refuse(`Expected "theme" to be auto, light or dark, but got: ${value}.`);
}

/** The most articles of a feed, and the default. */
export const mostStories = 20;
const storiesUnlessSaid = 5;

export const limitOf = (query: Query): number =>
  numberOf(query, 'limit', 1, mostStories) ?? storiesUnlessSaid;

const refuse = (message: string) => callerError('BAD_USER_INPUT', {}, message);
