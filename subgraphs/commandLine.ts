/** Parses command line options, and prints the usage on request. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartError } from './errors.ts';

/**
 * Parses the options of a command. Prints `usage` and exits with 0 on --help; throws a StartError for unknown options.
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
    throw new StartError(`${sentenceOf((error as Error).message)}\n${usage}`);
  }
}

/** Shortens Node's message, which adds advice on arguments that begin with "-". */
function sentenceOf(message: string): string {
  const unknownArgument = /^(?:Unknown option|Unexpected argument) '(.*?)'/s.exec(message)?.[1];
  if (unknownArgument !== undefined) return `Expected a known option, but got: ${unknownArgument}.`;
  const optionWithoutValue = /^Option '.*?(--[\w-]+).*?' argument missing/.exec(message)?.[1];
  return optionWithoutValue === undefined
    ? message
    : `Expected ${optionWithoutValue} to have a value, but got: nothing.`;
}
