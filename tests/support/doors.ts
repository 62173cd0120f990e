/** The doors for partners, or all of them, on the four subgraphs, empty and without a socket, for tests that put stories in themselves. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { createServer } from '../../gateway/server/create.ts';
import { createLog } from '../../gateway/server/log.ts';
import { readSettings } from '../../gateway/settings.ts';
import { type SubgraphCall, SubgraphFailure } from '../../gateway/wire/call.ts';
import { addDoors } from '../../newsroom/doors.ts';
import { storesOf } from '../../newsroom/open.ts';
import { addFeeds } from '../../partners/feeds/feeds.ts';
import { callerOf } from '../../subgraphs/call.ts';
import { type Owner, subgraphOwner } from '../../subgraphs/database.ts';
import { type OpenSubgraphs, subgraphs } from '../../subgraphs/open.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../../subgraphs/settings.ts';
import { testDatabases } from './databases.ts';

export interface TestDoors {
  app: FastifyInstance;
  open: OpenSubgraphs<SubgraphName>;
  stores: ReturnType<typeof storesOf>;
  /** Subgraphs that do not answer for now. */
  down: Set<string>;
  /** The subgraphs that were called, in order. */
  calls: string[];
  /** Each line of the log, as text. */
  logged: string[];
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  stop(): Promise<void>;
}

export interface TestDoorsOptions {
  /** "" where none is set. */
  publicUrl?: string;
  /** What time the stores have. */
  clock?: () => Date;
  /** Embeds, pages and the hub too, not feeds alone. */
  hasAll?: boolean;
  /** Looks at a request before anything else does. */
  onRequest?: (request: object) => void;
}

/** Opens them on PostgreSQL where there is one, else on the embedded database. */
export async function openDoors(options: TestDoorsOptions = {}): Promise<TestDoors> {
  const { publicUrl = 'https://news.example', clock, hasAll = false, onRequest } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-doors-'));
  const databases = await testDatabases.at(-1)?.open();
  if (!databases) throw new Error('Expected a database, but there is none.');
  const subgraphSettings = readSubgraphSettings({ PUBLIC_URL: 'https://news.example', DATA_DIR: dataDir });
  const open: Record<string, unknown> = {};
  for (const name of subgraphNames) {
    const database = databases.databaseOf(subgraphOwner(name));
    open[name] = await subgraphs[name].open({
      database,
      settings: subgraphSettings,
      ...(clock && { clock }),
    });
  }
  const opened = open as OpenSubgraphs<SubgraphName>;
  const down = new Set<string>();
  const calls: string[] = [];
  const callOf = (name: SubgraphName): SubgraphCall => {
    const call = callerOf(opened[name]);
    return (request, end) => {
      calls.push(name);
      if (!down.has(name)) return call(request, end);
      return Promise.reject(
        new SubgraphFailure('unreachable', `Expected ${name} to answer, but it is down.`),
      );
    };
  };
  const callsByName = new Map(subgraphNames.map((name): [string, SubgraphCall] => [name, callOf(name)]));
  const settings = readSettings({ PORT: '0', NODE_ENV: 'test', PUBLIC_URL: publicUrl });
  const logged: string[] = [];
  const log = createLog(settings, { write: (line) => void logged.push(line) });
  const stores = storesOf(opened);
  const databaseOf = async (owner: Owner) => {
    const database = databases.databaseOf(owner);
    await database.migrate();
    return database;
  };
  const server = await createServer({
    settings,
    supergraphSdl: readFileSync('schema/supergraph.graphql', 'utf8'),
    callSubgraph: (name) => callsByName.get(name),
    routes: async (app, ask, verify) => {
      app.addHook('onRequest', async (request) => onRequest?.(request));
      const changes = opened.articles.store;
      if (hasAll)
        await addDoors(app, {
          ask,
          verify,
          renew: opened.membership.store.renew,
          settings,
          log,
          stores,
          changes,
          databaseOf,
        });
      else await addFeeds(app, { ask, settings });
    },
    log,
  });
  return {
    app: server.app,
    open: opened,
    stores,
    ...{ down, calls, logged },
    get: (url, headers = {}) => server.app.inject({ method: 'GET', url, headers }),
    async stop() {
      await server.stop();
      await databases.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
