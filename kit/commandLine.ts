/** Parses command line options, and prints the usage on request. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { SettingRow } from './settings.ts';
import { StartError } from './startError.ts';

/**
 * Parses the options of a command. With --help it prints `usage`, and the settings that the command reads, and exits with 0; throws
 * a StartError for invalid options.
 */
export function readCommandLine<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
  settings: readonly SettingRow[] = [],
): ReturnType<typeof parseArgs<Config>> {
  const args = config.args ?? process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n${settingsHelp(settings)}`);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    throw new StartError([sentenceOf((error as Error).message), usage]);
  }
}

/** Shortens Node's message, which adds advice on arguments that begin with "-". */
function sentenceOf(message: string): string {
  const unknown = /^(?:Unknown option|Unexpected argument) '(.*?)'/s.exec(message)?.[1];
  if (unknown !== undefined) return `Expected a known option, but got: ${unknown}.`;
  const bare = /^Option '.*?(--[\w-]+).*?' argument missing/.exec(message)?.[1];
  return bare === undefined ? message : `Expected ${bare} to have a value, but got: nothing.`;
}

/** A setting a paragraph, without the links of the docs. */
function settingsHelp(settings: readonly SettingRow[]): string {
  if (settings.length === 0) return '';
  const paragraphs = settings.map(({ name, default: preset, meaning }) => {
    const lines = wrap(plain(meaning), 92).map((line) => `      ${line}`);
    return `  ${name} (${preset === '' ? 'not set' : plain(preset)})\n${lines.join('\n')}\n`;
  });
  return `\nSettings, in the environment or in a file .env, with their defaults:\n${paragraphs.join('')}`;
}

const plain = (text: string) => text.replaceAll(/ \(\[[^\]]+\]\([^)]+\)\)/g, '').replaceAll('`', '');

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) as string;
    if (line !== '' && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
