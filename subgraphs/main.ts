/** `npm run subgraph -- NAME [--port N]`: serves one subgraph on its own port. */

import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { readCommandLine } from '../kit/commandLine.ts';
import { StartError } from '../kit/startError.ts';
import { openTelemetry } from '../telemetry/telemetry.ts';
import { startFailure } from './errors.ts';
import { openSubgraphs } from './openSubgraphs.ts';
import { serveSubgraph } from './serve/serveSubgraph.ts';
import {
  readSubgraphSettings,
  requireProductionSettings,
  type SubgraphName,
  settingsTable,
  subgraphNames,
  subgraphPorts,
} from './settings.ts';
import { withoutValues } from './store/databaseFailure.ts';
import { openLoop } from './store/pollLoop.ts';

const usage = `Usage: npm run subgraph -- NAME [--port N], NAME being one of ${subgraphNames.join(', ')}`;

/** How soon Media sees a story that Articles has written. */
const usesEveryMs = 500;

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const { name, port } = readArguments();
  const settings = readSubgraphSettings();
  requireProductionSettings(settings, process.env);
  const log = pino({ level: settings.logLevel });
  const onIdleError = (error: Error) => log.warn({ reason: error.message }, 'database connection lost');
  const { open, followUses, close } = await openSubgraphs([name], { settings, onIdleError, log });
  if (name === 'media' && !followUses)
    log.warn(
      'media use sync disabled: ARTICLES_DATABASE_URL and AUTHORS_DATABASE_URL, or DATABASE_URL, not set; new images are visible to editors only',
    );
  const uses = openLoop(async () => (await followUses?.()) ?? false, {
    everyMs: usesEveryMs,
    onError: (error) => log.warn({ err: withoutValues(error) }, 'media use sync failed; retrying'),
  });
  const telemetry = await openTelemetry({
    ...{ settings, log, port, part: name },
    ready: () => open[name].check(),
  }).catch(async (error) => {
    await close();
    throw error;
  });
  const server = await serveSubgraph(open[name], { ...settings, port, log }).catch(async (error) => {
    await telemetry.close();
    await close();
    throw error;
  });
  if (followUses) uses.start();
  const stop = () => {
    server.stop().then(uses.stop).then(telemetry.close).then(close).catch(fail);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${name}: ${server.url}\nThe ${name} subgraph is ready.\n`);
}

/** The name and the port, which defaults to the one in rover.yaml; 0 for any free port. */
function readArguments(): { name: SubgraphName; port: number } {
  const options = { port: { type: 'string' } } as const;
  const { positionals, values } = readCommandLine(usage, { allowPositionals: true, options }, settingsTable);
  const name = subgraphNames.find((candidate) => candidate === positionals[0]);
  if (!name || positionals.length > 1) {
    const got = positionals.join(' ') || 'nothing';
    throw new StartError(`Expected one of ${subgraphNames.join(', ')}, but got: ${got}.\n${usage}`);
  }
  const port = values.port === undefined ? subgraphPorts[name] : Number(values.port || Number.NaN);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return { name, port };
  throw new StartError(`Expected --port to be a whole number from 0 to 65535, but got: ${values.port}.`);
}

function fail(error: unknown): void {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
}

main().catch(fail);
