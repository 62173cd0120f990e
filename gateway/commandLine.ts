/** Parses command line arguments. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { SettingsError } from './settings.ts';

/**
 * Parses the options of a command. With --help it prints `usage` and exits with code 0; throws a SettingsError for unknown
 * options.
 */
export function readCommandLine<Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  const args = config.args ?? process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    throw new SettingsError([sentenceOf((error as Error).message), usage]);
  }
}

/** Rewords messages of Node's parseArgs to one sentence. */
function sentenceOf(message: string): string {
  const unknown = /^(?:Unknown option|Unexpected argument) '(.*?)'/s.exec(message)?.[1];
  if (unknown !== undefined) return `Expected a known option, but got: ${unknown}.`;
  const bare = /^Option '.*?(--[\w-]+).*?' argument missing/.exec(message)?.[1];
  return bare === undefined ? message : `Expected ${bare} to have a value, but got: nothing.`;
}
