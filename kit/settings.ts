/** Reads settings from environment variables by their definitions, and reports all invalid ones at once. */
import type { z } from 'zod';
import { wholeNumber } from './settingValues.ts';
import { StartError } from './startError.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One row of the settings table in the docs. A default of "" means that the setting has none. */
export interface SettingRow {
  name: string;
  default: string;
  meaning: string;
}

export interface SettingDefinition<Value> extends SettingRow {
  /** Ends the sentence "Expected NAME to be ...". */
  expected: string;
  schema: z.ZodType<Value, string>;
  /** What the docs say in place of the default, where that is derived or absent. */
  defaultText?: string;
  /** Whether error messages must not show the value. */
  isSecret?: boolean;
}

export function numberSetting(name: string, preset: number, least: number, most: number, meaning: string) {
  const expected = `a whole number from ${least} to ${most}`;
  return { name, default: String(preset), meaning, expected, schema: wholeNumber(least, most) };
}

/** The rows of the settings table. */
export const settingRows = (
  definitions: Readonly<Record<string, SettingDefinition<unknown>>>,
): readonly SettingRow[] =>
  Object.values(definitions).map(({ name, default: preset, defaultText, meaning }) => ({
    name,
    default: defaultText ?? preset,
    meaning,
  }));

/** Creates a reader of settings; empty values count as not set. Its user calls `check` at the end. */
export function openSettingReader(env: Environment) {
  const problems: string[] = [];
  function read<Value>(definition: SettingDefinition<Value>): Value | undefined {
    const { name, default: preset, schema, expected, isSecret } = definition;
    const text = env[name]?.trim() || preset;
    if (text === '') return undefined;
    const result = schema.safeParse(text);
    if (result.success) return result.data;
    problems.push(
      `Expected ${name} to be ${expected}, but got: ${isSecret ? '[redacted]' : printValue(text)}.`,
    );
    return undefined;
  }
  return {
    read,
    /** The value of a setting that has a default; undefined only if it is invalid. */
    readPreset: <Value>(definition: SettingDefinition<Value>): Value => read(definition) as Value,
    problems,
    /** Throws one StartError with all problems, if there are any. */
    check(): void {
      if (problems.length > 0) throw new StartError(problems);
    },
  };
}

/** The environment, with defaults from the `.env` file of the working directory, and with `overrides` (the command line). */
export function readEnvironment(overrides: Environment = {}): Environment {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new StartError(`Expected .env to be readable, but got: ${String(error)}.`);
  }
  const defined = Object.entries(overrides).filter(([, value]) => value !== undefined);
  return { ...process.env, ...Object.fromEntries(defined) };
}

/** The value of a setting for an error message: shortened, and without the credentials of a URL. */
function printValue(text: string): string {
  const safe = text.replace(/\/\/[^/]*@/, '//***@');
  return safe.length > 100 ? `${safe.slice(0, 100)}…` : safe;
}
