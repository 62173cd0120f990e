/** The gateway alone, on any Federation 2 supergraph: settings, supergraph, doors, drain. */
import { parseArgs } from 'node:util';
import { createServer, ListenError } from './server/create.ts';
import { stopOnSignals } from './server/drain.ts';
import { createLog } from './server/log.ts';
import { readEnvironment, readSettings, SettingsError } from './settings.ts';
import { loadSupergraph, SupergraphError } from './supergraph/load.ts';

const usage = 'Usage: npm run gateway -- --supergraph FILE|URL [--port N] [--host H]';

async function main(): Promise<void> {
  const settings = readSettings(readEnvironment(readCommandLine()));
  if (!settings.supergraph) {
    throw new SettingsError([
      `Expected --supergraph or SUPERGRAPH to name a supergraph, but got: nothing.`,
      usage,
    ]);
  }
  const supergraphSdl = await loadSupergraph(settings.supergraph);
  const log = createLog(settings);
  const server = await createServer({ settings, supergraphSdl, log });
  stopOnSignals(server.stop, (err) => log.fatal({ err }, 'could not stop in order'));
  const address = await server.listen();
  say(`Graph: ${address}/graphql`);
  say('The gateway is ready.');
}

function readCommandLine(): Record<string, string | undefined> {
  const options = {
    supergraph: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
  } as const;
  try {
    const { supergraph, port, host } = parseArgs({ options }).values;
    return { SUPERGRAPH: supergraph, PORT: port, HOST: host };
  } catch (error) {
    throw new SettingsError([error instanceof Error ? error.message : String(error), usage]);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const isExpected =
    error instanceof SettingsError || error instanceof SupergraphError || error instanceof ListenError;
  // What the person who starts it can mend is told in a sentence; anything else with its stack.
  const text =
    isExpected || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack;
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
