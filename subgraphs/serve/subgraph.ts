/** What a subgraph is: its schema, and the way to open it on a database. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { FederatedSchema } from '../graph/federate.ts';
import type { SubgraphName, SubgraphSettings } from '../settings.ts';
import type { Database } from '../store/database.ts';
import type { Reader } from '../trust/reader.ts';

/** What a subgraph knows of the request that it answers. */
export interface SubgraphRequest {
  reader: Reader;
  /** Fires when nobody waits for the answer any more. Calls of one operation have it in common. */
  signal?: AbortSignal | undefined;
}

/** A subgraph that stands on its tables, ready to answer. */
export interface OpenSubgraph<Store> extends FederatedSchema {
  name: SubgraphName;
  store: Store;
  /** A fresh context with loaders of its own: one for each request. */
  contextFor(request: SubgraphRequest): object;
  /** Resolves when its database answers. */
  check(): Promise<void>;
  /** What it serves beside the graph: Media its picture files. */
  addRoutes?: (app: FastifyInstance, log: Logger) => void | Promise<void>;
  /** Ends what goes on beside requests; before its database is closed. */
  stop?: () => Promise<void>;
}

export interface OpenOptions {
  database: Database;
  settings: SubgraphSettings;
  /** What time it is; the machine's clock unless a test says otherwise. */
  clock?: () => Date;
  /** For what goes on beside requests; nobody's unless given. */
  log?: Logger;
}

/** One of the four, before it is opened. */
export interface Subgraph<Store> {
  name: SubgraphName;
  /** Needs no database: it can be printed anywhere. */
  federated: FederatedSchema;
  /** Applies its migrations and opens it. */
  open(options: OpenOptions): Promise<OpenSubgraph<Store>>;
}
