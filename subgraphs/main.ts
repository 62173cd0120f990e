/** `npm run subgraph -- NAME`: one subgraph alone on its port. */
import { existsSync } from 'node:fs';
import { pino } from 'pino';
import { StartError, startFailure } from './errors.ts';
import { openSubgraphs } from './open.ts';
import { serveSubgraph } from './serve.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames, subgraphPorts } from './settings.ts';

async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const name = readName(process.argv.slice(2));
  const settings = readSubgraphSettings();
  const log = pino({ level: settings.logLevel });
  const onIdleError = (error: Error) => log.warn({ err: error }, 'a database connection broke');
  const { open, close } = await openSubgraphs([name], { settings, onIdleError });
  const { host, isProduction } = settings;
  const port = subgraphPorts[name];
  const server = await serveSubgraph(open[name], { host, port, isProduction, log }).catch(async (error) => {
    await close();
    throw error;
  });
  const stop = () => void server.stop().then(close);
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${name}: ${server.url}\nThe ${name} subgraph is ready.\n`);
}

function readName(words: readonly string[]): SubgraphName {
  const name = subgraphNames.find((known) => known === words[0]);
  if (name && words.length === 1) return name;
  throw new StartError(
    `Expected one of ${subgraphNames.join(', ')}, but got: ${words.join(' ') || 'nothing'}.`,
  );
}

main().catch((error: unknown) => {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exit(1);
});
