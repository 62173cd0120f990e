/** The doors for partners, or all of them, on the four subgraphs, empty and without a socket, for tests that put stories in themselves. */

import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { loadStored } from '../../gateway/operation/loadManifests.ts';
import { createServer } from '../../gateway/server/createServer.ts';
import { createLog } from '../../gateway/server/logger.ts';
import { readSettings } from '../../gateway/settings.ts';
import { type SubgraphCall, SubgraphFailure } from '../../gateway/wire/subgraphCall.ts';
import { storesOf } from '../../newsroom/openNewsroom.ts';
import { addDoors } from '../../newsroom/routes.ts';
import { addFeeds } from '../../partners/feeds/feeds.ts';
import { openAccounts } from '../../partners/keys/accounts.ts';
import { isKey } from '../../partners/keys/key.ts';
import { keysOwner, openKeyStore } from '../../partners/keys/store.ts';
import { readPartnerSettings } from '../../partners/settings.ts';
import { connectMedia, type OpenSubgraphs, subgraphs } from '../../subgraphs/openSubgraphs.ts';
import { callerOf } from '../../subgraphs/serve/inProcessCall.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../../subgraphs/settings.ts';
import { type DatabaseServer, type Owner, subgraphOwner } from '../../subgraphs/store/database.ts';
import { openTokens, type Tokens } from '../../subgraphs/trust/accessTokens.ts';
import { testDatabases } from './databases.ts';
import type { Answer } from './newsroom.ts';
import { newKey } from './partners.ts';
import { headersOf, type TestReader } from './readers.ts';

export interface TestDoors {
  app: FastifyInstance;
  open: OpenSubgraphs<SubgraphName>;
  stores: ReturnType<typeof storesOf>;
  /** Where the files of pictures and videos lie. */
  dataDir: string;
  /** Subgraphs that do not answer for now. */
  down: Set<string>;
  /** The subgraphs that were called, in order. */
  calls: string[];
  /** Each line of the log, as text. */
  logged: string[];
  /** Signs tokens that the gateway takes. */
  tokens: Tokens;
  /** A new partner's key, where all doors are open. */
  newKey(name: string): Promise<string>;
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Asks the graph as a reader; as nobody where none is given. */
  ask(query: string, variables?: object, reader?: TestReader): Promise<Answer>;
  stop(): Promise<void>;
}

export interface TestDoorsOptions {
  /** "" where none is set. */
  publicUrl?: string;
  publicationName?: string;
  /** What time the stores have. */
  clock?: () => Date;
  /** Embeds, pages and the hub too, not feeds alone. */
  hasAll?: boolean;
  /** Looks at a request before anything else does. */
  onRequest?: (request: object) => void;
  /** A database that others use too; it is not closed. */
  databases?: DatabaseServer;
  /** By which webhooks are known. */
  webhookSecrets?: readonly string[];
}

/** Opens them on PostgreSQL where there is one, else on the embedded database. */
export async function openDoors(options: TestDoorsOptions = {}): Promise<TestDoors> {
  const {
    webhookSecrets = [],
    publicUrl = 'https://news.example',
    publicationName,
    clock,
    hasAll = false,
    onRequest,
    databases: shared,
  } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'dateline-doors-'));
  const databases = shared ?? (await testDatabases.at(-1)?.open());
  if (!databases) throw new Error('Expected a database, but there is none.');
  const subgraphSettings = readSubgraphSettings({
    PUBLIC_URL: 'https://news.example',
    DATA_DIR: dataDir,
    TOKEN_SECRET: 'a secret of the doors of 32 characters',
  });
  const tokens = await openTokens({
    ...subgraphSettings,
    publicUrl: publicUrl || subgraphSettings.publicUrl,
  });
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
  connectMedia(opened);
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
  const environment = {
    ...{ PORT: '0', NODE_ENV: 'test', PUBLIC_URL: publicUrl },
    PUBLICATION_NAME: publicationName,
  };
  const settings = { ...readSettings(environment), ...readPartnerSettings(environment) };
  const logged: string[] = [];
  const log = createLog(settings, { write: (line) => void logged.push(line) });
  const stores = storesOf(opened);
  const databaseOf = async (owner: Owner) => {
    const database = databases.databaseOf(owner);
    await database.migrate();
    return database;
  };
  const keys = hasAll ? await databaseOf(keysOwner) : undefined;
  const partners = keys && openAccounts({ database: keys, settings, log });
  const server = await createServer({
    settings,
    issuers: [tokens],
    ...(hasAll && { stored: await loadStored(['schema/operations.json']) }),
    ...(partners && { accounts: partners.add, mayCall: partners.mayCall, isApiKey: isKey }),
    supergraphSdl: readFileSync('schema/supergraph.graphql', 'utf8'),
    callSubgraph: (name) => callsByName.get(name),
    routes: async (app, ask, verify) => {
      app.addHook('onRequest', async (request) => onRequest?.(request));
      const changes = opened.articles.store;
      const { renew } = opened.membership.store;
      const asking = { ask, verify, renew };
      if (hasAll) for (const one of Object.values(opened)) await one.addRoutes?.(app, log);
      if (hasAll)
        await addDoors(app, { ...asking, settings, log, stores, changes, databaseOf, webhookSecrets });
      else await addFeeds(app, { ask, settings });
    },
    log,
  });
  return {
    app: server.app,
    open: opened,
    stores,
    dataDir,
    ...{ down, calls, logged, tokens },
    newKey: (name) => {
      if (!keys) throw new Error('Expected all doors to be open, but got: feeds alone.');
      return newKey(openKeyStore(keys), ['--partner', name]);
    },
    get: (url, headers = {}) => server.app.inject({ method: 'GET', url, headers }),
    async ask(query, variables = {}, reader) {
      const headers = reader ? await headersOf(tokens, reader) : {};
      const payload = { query, variables };
      const response = await server.app.inject({ method: 'POST', url: '/graphql', headers, payload });
      return response.json() as Answer;
    },
    async stop() {
      await server.stop();
      await partners?.stop();
      if (!shared) await databases.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
