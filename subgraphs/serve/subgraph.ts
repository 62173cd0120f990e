/** What a subgraph is: its schema, and a function that opens it on a database. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { FederatedSchema } from '../graph/federate.ts';
import type { SubgraphName, SubgraphSettings } from '../settings.ts';
import type { Database } from '../store/database.ts';
import type { Reader } from '../trust/reader.ts';

/** What a context is made for: the reader of an operation, and its signal. */
export interface ContextOptions {
  reader: Reader;
  /** Aborts when the result is no longer needed. All calls of one operation share the signal. */
  signal?: AbortSignal | undefined;
}

/** A subgraph on its database, ready to execute operations. */
export interface OpenSubgraph<Store> extends FederatedSchema {
  name: SubgraphName;
  store: Store;
  /** A fresh context with its own loaders, one for each request. */
  contextFor(request: ContextOptions): object;
  /** Resolves when its database responds. */
  check(): Promise<void>;
  /** Adds routes beside GraphQL: Media serves its picture files. */
  addRoutes?: (app: FastifyInstance, log: Logger) => void | Promise<void>;
  /** Stops background work, before the database is closed. */
  stop?: () => Promise<void>;
}

export interface SubgraphOptions {
  database: Database;
  settings: SubgraphSettings;
  /** The current time; the system clock by default. */
  clock?: () => Date;
  /** The log for background work; none by default. */
  log?: Logger;
}

/** A subgraph that is not opened yet. */
export interface Subgraph<Store> {
  name: SubgraphName;
  /** The schema needs no database, so it can be printed anywhere. */
  federated: FederatedSchema;
  /** Applies the migrations and opens the subgraph. */
  open(options: SubgraphOptions): Promise<OpenSubgraph<Store>>;
}
