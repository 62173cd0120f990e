/** `npm start`: everything in one process. */

import { boundHeapGrowth } from '../gateway/heapGrowth.ts';
import { stopOnSignals } from '../gateway/server/drain.ts';
import { settingsTable as gatewaySettings } from '../gateway/settings.ts';
import { readCommandLine } from '../kit/commandLine.ts';
import { readEnvironment } from '../kit/settings.ts';
import { settingsTable as partnerSettings } from '../partners/settings.ts';
import { startFailure } from '../subgraphs/errors.ts';
import { settingsTable as subgraphSettings } from '../subgraphs/settings.ts';
import { startNewsroom } from './start.ts';
import { openWatchdog } from './watchdog.ts';

const usage = 'Usage: npm start';

async function main(): Promise<void> {
  boundHeapGrowth();
  readCommandLine(usage, {}, [...gatewaySettings, ...partnerSettings, ...subgraphSettings]);
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
  if (newsroom.operations) say(`metrics    ${newsroom.operations}/metrics`);
  say(`graph      ${newsroom.address}/graphql`);
  say(`The newsroom is ready: ${newsroom.address}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
});
