/** The doors beside /graphql: what readers open and partners take. Each asks the graph like any other caller. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Ask } from '../gateway/server/ask.ts';
import type { Settings } from '../gateway/settings.ts';
import { addEmbeds } from '../partners/embeds/add.ts';
import { addFeeds } from '../partners/feeds/feeds.ts';
import type { Database, Owner } from '../subgraphs/database.ts';
import { addPages } from '../web/pages/routes.ts';
import type { NewsroomStores } from './stores.ts';

export interface DoorOptions {
  ask: Ask;
  /** A database for whoever keeps something of their own. */
  databaseOf: (owner: Owner) => Promise<Database>;
  /** For what changed; what readers see is asked of the graph. */
  stores: NewsroomStores;
  settings: Settings;
  log: Logger;
}

/** Adds them all; `stop` ends what goes on beside requests. Rejects when one cannot be opened. */
export async function addDoors(
  app: FastifyInstance,
  options: DoorOptions,
): Promise<{ stop: () => Promise<void> }> {
  addEmbeds(app, options);
  await addFeeds(app, options);
  await addPages(app, options);
  return { stop: async () => undefined };
}
