/** The standalone gateway for any Federation 2 supergraph: reads settings, loads the supergraph, and starts the server. */
import { readCommandLine } from '../kit/commandLine.ts';
import { readEnvironment } from '../kit/settings.ts';
import { StartError } from '../kit/startError.ts';
import { openTelemetry } from '../telemetry/telemetry.ts';
import { boundHeapGrowth } from './heapGrowth.ts';
import { loadStored } from './operation/loadManifests.ts';
import { openPlanner } from './plan/planner.ts';
import { readSettings, type Settings, settingsTable } from './settings.ts';
import { loadSupergraph } from './supergraph/loadSupergraph.ts';
import { watchSupergraph } from './supergraph/watchSupergraph.ts';

/** How this program is called: by the name of the installed command, or by the script of this repository. */
const command = /dateline-gateway/.test(process.argv[1] ?? '') ? 'dateline-gateway' : 'npm run gateway --';

const usage = `Usage: ${command} --supergraph FILE|URL [--port N] [--host H]
       ${command} --supergraph FILE|URL --explain OPERATION.graphql [--operation-name NAME]`;

async function main(): Promise<void> {
  boundHeapGrowth();
  const { environment, explain, operationName } = readOptions();
  const settings = readSettings(readEnvironment(environment));
  if (!settings.supergraph) {
    throw new StartError([
      `Expected --supergraph or SUPERGRAPH to name a supergraph, but got: nothing.`,
      usage,
    ]);
  }
  const supergraphSdl = await loadSupergraph(settings.supergraph);
  if (explain === undefined) return serve(supergraphSdl, settings.supergraph, settings);
  const { explainFile } = await import('./explainOperation.ts');
  process.stdout.write(await explainFile(explain, { supergraphSdl, operationName, settings }));
}

async function serve(supergraphSdl: string, source: string, settings: Settings): Promise<void> {
  // The planner opens in its own thread while this thread loads the server modules.
  const opened = openPlanner(supergraphSdl, {
    timeoutMs: settings.planTimeoutMs,
    maxPaths: settings.maxPlanPaths,
    enforces: true,
  });
  // createServer awaits it and reports its failure.
  opened.catch(() => undefined);
  const [{ createServer }, { createLog }, { stopOnSignals }] = await Promise.all([
    import('./server/createServer.ts'),
    import('./server/logger.ts'),
    import('./server/drain.ts'),
  ]);
  const log = createLog(settings);
  const stored = settings.operations && (await loadStored(settings.operations));
  const server = await createServer({ settings, supergraphSdl, opened, log, ...(stored && { stored }) });
  const watch = watchSupergraph({
    source,
    sdl: supergraphSdl,
    pollMs: settings.supergraphPollMs,
    take: async (sdl) => {
      await server.replaceSupergraph(sdl);
      log.info('supergraph updated');
    },
    onProblem: (reason) => log.error({ reason }, 'supergraph update rejected; keeping the current one'),
  });
  const stop = async () => {
    watch.stop();
    await server.drain();
    await server.stop();
    await telemetry.close();
  };
  stopOnSignals(stop, (err) => log.fatal({ err }, 'graceful shutdown failed'));
  const telemetry = await openTelemetry({
    ...{ settings, log, port: settings.port, ready: server.ready },
    part: 'gateway',
  });
  const address = await server.listen();
  say(`Graph: ${address}/graphql`);
  if (telemetry.url) say(`Metrics: ${telemetry.url}/metrics`);
  say('The gateway is ready.');
}

function readOptions() {
  const options = {
    supergraph: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    explain: { type: 'string' },
    'operation-name': { type: 'string' },
  } as const;
  const { values } = readCommandLine(usage, { options }, settingsTable);
  const { supergraph, port, host, explain, 'operation-name': operationName } = values;
  if (operationName !== undefined && explain === undefined)
    throw new StartError([
      'Expected --operation-name to come with --explain, but got: --operation-name alone.',
      usage,
    ]);
  return { environment: { SUPERGRAPH: supergraph, PORT: port, HOST: host }, explain, operationName };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  // Any other error is printed with its stack trace.
  const text =
    error instanceof Error && !(error instanceof StartError) ? error.stack : (error as Error).message;
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
