/** The newsroom in one process: the only file that knows both the gateway and the subgraphs. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';
import type { DestinationStream, Logger } from 'pino';
import { loadStored } from '../gateway/operation/loadManifests.ts';
import { createServer } from '../gateway/server/createServer.ts';
import { createLog } from '../gateway/server/logger.ts';
import { publicUrlOf, readSettings, type Settings } from '../gateway/settings.ts';
import type { SubgraphCall } from '../gateway/wire/subgraphCall.ts';
import type { Environment } from '../kit/settings.ts';
import { StartError } from '../kit/startError.ts';
import { openAccounts } from '../partners/keys/accounts.ts';
import { isKey } from '../partners/keys/key.ts';
import { keysOwner } from '../partners/keys/store.ts';
import { type PartnerSettings, readPartnerSettings } from '../partners/settings.ts';
import { storageFull } from '../subgraphs/errors.ts';
import { openSubgraphs } from '../subgraphs/openSubgraphs.ts';
import projectRoot from '../subgraphs/root.cts';
import { callerOf } from '../subgraphs/serve/inProcessCall.ts';
import { type SubgraphServer, serveSubgraph } from '../subgraphs/serve/serveSubgraph.ts';
import type { OpenSubgraph } from '../subgraphs/serve/subgraph.ts';
import {
  readSubgraphSettings,
  requireProductionSettings,
  type SubgraphSettings,
  subgraphNames,
} from '../subgraphs/settings.ts';
import { withoutValues } from '../subgraphs/store/databaseFailure.ts';
import { openLoop } from '../subgraphs/store/pollLoop.ts';
import { openTokens } from '../subgraphs/trust/accessTokens.ts';
import { openTelemetry } from '../telemetry/telemetry.ts';
import { explorerTabs } from '../web/explorerTabs.ts';
import { unreadablePage } from '../web/pages/routes.ts';
import { followAuthors } from './contributors.ts';
import { drawAll, fillDemo } from './demo/fill.ts';
import { storesOf } from './openNewsroom.ts';
import { openReaders } from './readers.ts';
import { addDoors } from './routes.ts';
import type { NewsroomStores } from './stores.ts';

/** How often author names are copied to bylines. */
const contributorsEveryMs = 1_000;

/** How often the use of pictures by stories is updated. */
const usesEveryMs = 500;

export interface Newsroom {
  /** The address of the gateway: "http://127.0.0.1:4000". */
  address: string;
  /** The address of metrics and usage: "http://127.0.0.1:9090"; undefined if they are not served. */
  operations: string | undefined;
  /** The GraphQL addresses of subgraphs that listen beside it. */
  subgraphs: Record<string, string>;
  /** The stores for new content. */
  stores: NewsroomStores;
  /** Whether the newsroom was empty and received the demo content. */
  wasFilled: boolean;
  /** Prepares to stop: each connection closes with its next response. Resolves when none is left, or after a second. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens the databases, fills an empty newsroom with the demo content, and serves the gateway on its port. The gateway
 * calls the subgraphs in the process. Outside production, each subgraph also listens on a port after the gateway's, for
 * exploring. Rejects, with everything closed, when something is missing. The log goes to standard error unless `logTo`
 * is given.
 */
export async function startNewsroom(env: Environment, logTo?: DestinationStream): Promise<Newsroom> {
  const { gateway: settings, subgraphs: subgraphSettings } = readAllSettings(env);
  requireProductionSettings(subgraphSettings, env);
  const supergraphSdl = await readFile(join(projectRoot, 'schema/supergraph.graphql'), 'utf8');
  const log = createLog(settings, logTo);
  const onIdleError = (error: Error) => log.warn({ reason: error.message }, 'database connection lost');
  const stored = await loadStored([
    join(projectRoot, 'schema/operations.json'),
    ...(settings.operations ?? []),
  ]);
  const { open, databaseOf, alone, followUses, settle, close } = await openSubgraphs(subgraphNames, {
    settings: subgraphSettings,
    onIdleError,
    log,
  });
  const opened: (() => Promise<unknown>)[] = [close];
  const stop = async () => {
    for (const closeOne of opened.splice(0).reverse()) await closeOne();
  };
  try {
    // When replicas start at the same time, the first fills the newsroom and the others wait for it.
    const wasFilled = await alone('the demo content', async () => {
      const areEmpty = await Promise.all(Object.values(open).map(({ store }) => store.isEmpty()));
      if (!areEmpty.every(Boolean)) return false;
      await fillDemo({
        stores: storesOf(open),
        dataDir: subgraphSettings.dataDir,
        root: projectRoot,
        now: new Date(),
        draw: drawApart,
      });
      await settle();
      return true;
    });

    const followContributors = followAuthors({ authors: open.authors.store, articles: open.articles.store });
    await catchUp(followContributors, log);
    const contributors = openLoop(followContributors, {
      everyMs: contributorsEveryMs,
      onError: (error) => log.warn({ err: withoutValues(error) }, 'author name sync failed; retrying'),
    });
    contributors.start();
    opened.push(contributors.stop);
    if (followUses) await catchUp(followUses, log);
    const uses = openLoop(async () => (await followUses?.()) ?? false, {
      everyMs: usesEveryMs,
      onError: (error) => log.warn({ err: withoutValues(error) }, 'media use sync failed; retrying'),
    });
    uses.start();
    opened.push(uses.stop);

    const all: OpenSubgraph<unknown>[] = Object.values(open);
    const calls = new Map<string, SubgraphCall>(all.map((one) => [one.name, callerOf(one)]));
    const partners = openAccounts({ database: await databaseOf(keysOwner), settings, log });
    opened.push(partners.stop);
    const tokens = await openTokens(subgraphSettings);
    const readers = await openReaders({ members: open.membership.store, tokens, log });
    opened.push(readers.stop);
    const server = await createServer({
      settings,
      supergraphSdl,
      stored,
      log,
      callSubgraph: (name) => calls.get(name),
      issuers: [tokens],
      complete: readers.complete,
      stillHolds: readers.stillHolds,
      accounts: partners.add,
      isApiKey: isKey,
      mayCall: partners.mayCall,
      explorerTabs,
      routes: async (app, ask, verify) => {
        chargePictures(app);
        for (const { addRoutes } of all) await addRoutes?.(app, log);
        const stores = storesOf(open);
        const changes = open.articles.store;
        const { webhookSecrets, contentLanguage } = subgraphSettings;
        const asking = { ask, verify, renew: open.membership.store.renew };
        const options = {
          ...asking,
          databaseOf,
          stores,
          changes,
          settings,
          log,
          webhookSecrets,
          contentLanguage,
        };
        const doors = await addDoors(app, options);
        opened.push(doors.stop);
      },
      unreadable: unreadablePage(settings),
      ready: async () => void (await Promise.all(all.map((one) => one.check()))),
    });
    const telemetry = await openTelemetry({
      ...{ settings, log, port: settings.port, ready: server.ready },
      part: 'gateway',
    }).catch(async (error) => {
      await server.stop();
      throw error;
    });
    // Closed after the server: requests that are drained are counted.
    opened.push(telemetry.close, server.stop);
    await server.listen();
    const address = localAddress(server.app, settings.host);
    const subgraphs: Record<string, string> = {};
    for (const [place, subgraph] of settings.isProduction ? [] : all.entries()) {
      const port = settings.port === 0 ? 0 : settings.port + 1 + place;
      const beside = await serveBeside(subgraph, port, subgraphSettings, log);
      if (!beside) continue;
      opened.push(beside.stop);
      subgraphs[subgraph.name] = beside.url;
    }
    return {
      address,
      operations: telemetry.url,
      subgraphs,
      stores: storesOf(open),
      wasFilled,
      drain: server.drain,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A rendition costs one point of the quota, since it may have to be made. */
function chargePictures(app: FastifyInstance): void {
  app.addHook('preHandler', async (request) => {
    if (request.url.startsWith('/media/images/')) await request.account?.spend(1);
  });
}

/** Repeats a step until nothing is left. On a full disk it is postponed, so that the stored content is served. */
async function catchUp(step: () => Promise<boolean>, log: Logger): Promise<void> {
  try {
    while (await step());
  } catch (error) {
    if (!storageFull(error)) throw error;
    log.warn({ err: withoutValues(error) }, 'media use sync failed at start; retrying');
  }
}

/** Serves a subgraph on a port of its own. When the port is not available, the newsroom runs without it. */
async function serveBeside(
  subgraph: OpenSubgraph<unknown>,
  port: number,
  settings: SubgraphSettings,
  log: Logger,
): Promise<SubgraphServer | undefined> {
  try {
    return await serveSubgraph(subgraph, { ...settings, port, log });
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    log.warn(
      { subgraph: subgraph.name },
      `${error.message} The subgraph is available through the gateway only.`,
    );
    return undefined;
  }
}

/** Draws the demo pictures in another process when that program is built. */
async function drawApart(folder: string): Promise<void> {
  const program = join(projectRoot, 'dist/newsroom/demo/main.js');
  if (existsSync(program)) await promisify(execFile)(process.execPath, [program, folder]);
  else await drawAll(folder);
}

/** The address of the server on this machine, whatever its public URL is. */
function localAddress(app: FastifyInstance, host: string): string {
  const { port } = app.server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Reads both sets of settings and reports all their errors at once. */
function readAllSettings(env: Environment): {
  gateway: Settings & PartnerSettings;
  subgraphs: SubgraphSettings;
} {
  const problems: string[] = [];
  const tried = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof StartError || error instanceof StartError)) throw error;
      problems.push(...error.message.split('\n'));
      return undefined;
    }
  };
  const gateway = tried(() => readSettings(env));
  const partners = tried(() => readPartnerSettings(env));
  const publicUrl = publicUrlOf(gateway ?? { publicUrl: undefined, port: 4000 });
  const subgraphs = tried(() => readSubgraphSettings({ ...env, PUBLIC_URL: publicUrl }));
  if (gateway && partners && subgraphs) return { gateway: { ...gateway, ...partners }, subgraphs };
  throw new StartError([...new Set(problems)].join('\n'));
}
