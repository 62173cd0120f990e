/** `npm start`: everything in one process. */
import { boundHeapGrowth } from '../gateway/heapGrowth.ts';
import { ListenError } from '../gateway/server/createServer.ts';
import { stopOnSignals } from '../gateway/server/drain.ts';
import { readEnvironment } from '../gateway/settings.ts';
import { readCommandLine } from '../subgraphs/commandLine.ts';
import { StartError, startFailure } from '../subgraphs/errors.ts';
import { startNewsroom } from './start.ts';
import { openWatchdog } from './watchdog.ts';

const usage =
  'Usage: npm start, and PORT, HOST, DATABASE_URL and the other settings of docs/settings.md in the environment';

async function main(): Promise<void> {
  boundHeapGrowth();
  readCommandLine(usage, {});
  const newsroom = await startNewsroom(readEnvironment());
  const unwatch = openWatchdog();
  const stop = async () => {
    await newsroom.drain();
    await newsroom.stop();
    await unwatch();
  };
  stopOnSignals(stop, (error) => say(startFailure(error)));
  if (newsroom.wasFilled) say('The newsroom was empty: it has the demo stories now.');
  for (const [name, url] of Object.entries(newsroom.subgraphs)) say(`${name.padEnd(10)} ${url}`);
  say(`graph      ${newsroom.address}/graphql`);
  say(`The newsroom is ready: ${newsroom.address}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const told = error instanceof ListenError ? new StartError(error.message) : error;
  process.stderr.write(`${startFailure(told)}\n`);
  process.exit(1);
});
