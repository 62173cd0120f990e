/** Opens the embedded database or a PostgreSQL server, and runs the migrations of a subgraph. */

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzleServer } from 'drizzle-orm/node-postgres';
import { migrate as migrateServer } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzleEmbedded } from 'drizzle-orm/pglite';
import { migrate as migrateEmbedded } from 'drizzle-orm/pglite/migrator';
import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { channels, secondsSince } from '../../kit/channels.ts';
import { StartError } from '../../kit/startError.ts';
import projectRoot from '../root.cts';
import { type Share, sharesOf } from './connectionShare.ts';
import { TimedPool } from './databasePool.ts';
import { type DiskSpaceOptions, freeOn, guardDiskSpace, leastFreeBytes, megabytes } from './diskSpace.ts';
import { lockFolder } from './folderLock.ts';
import { type DrizzleQuery, prepareRead, type Read, type RowOf } from './preparedQuery.ts';

/** Drizzle over either database; stores do not depend on which. */
export type Sql = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** One owner's access to a database. */
export interface Database {
  sql: Sql;
  kind: 'embedded' | 'server';
  /**
   * Prepares a query under a unique name. With an empty name it is not stored as a prepared statement on the server.
   */
  read<BuiltQuery extends DrizzleQuery>(name: string, query: BuiltQuery): Read<RowOf<BuiltQuery>>;
  /** The connection limit for one operation, shared by all of its calls, which have the same signal. */
  shareOf(signal?: AbortSignal): Share;
  /** Applies the owner's pending migrations, in one process at a time. */
  migrate(): Promise<void>;
  /**
   * Runs `work` under a lock, so that only one of the processes that use this database runs it at a time; others wait.
   */
  alone<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when the database responds. */
  check(): Promise<void>;
}

/** An owner of tables: a subgraph, or another folder with tables of its own. */
export interface Owner {
  /** The name of its PostgreSQL schema. */
  name: string;
  /** The folder of its migrations, relative to the project root. */
  migrations: string;
}

/** The owner for a subgraph. */
export const subgraphOwner = (name: string): Owner => ({ name, migrations: `subgraphs/${name}/migrations` });

/** A database server, from which each owner gets its own `Database`. */
export interface DatabaseServer {
  databaseOf(owner: Owner): Database;
  /**
   * Updates the planner statistics of the embedded database after a large import (`analyze`). A PostgreSQL server does
   * this by itself.
   */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Diagnostics channel that publishes every SQL statement as `{ subgraph, statement }`. */
export const statements = channel('dateline.sql');

/** The number of forms of one query that are prepared by name, which costs memory on every server connection. */
const namedForms = 64;
const keptForms = 256;

/**
 * Caches statements whose text depends on a form that callers choose. The first forms are prepared on the server by
 * name. There may be thousands of forms, so later ones are sent unprepared.
 */
export function preparedForms<Form, Statement>(prepare: (name: string, form: Form) => Statement) {
  const kept = new LRUCache<string, { statement: Statement }>({ max: keptForms });
  const names = new Set<string>();
  return (text: string, form: Form): Statement => {
    const cached = kept.get(text);
    if (cached) return cached.statement;
    if (names.size < namedForms) names.add(text);
    const statement = prepare(names.has(text) ? statementName(text) : '', form);
    kept.set(text, { statement });
    return statement;
  };
}

/** PostgreSQL truncates names at 63 characters, so a hash distinguishes long forms. */
function statementName(form: string): string {
  return `${form.slice(0, 40)}_${createHash('sha256').update(form).digest('hex').slice(0, 16)}`;
}

const migrationsOf = ({ name, migrations }: Owner) => ({
  migrationsFolder: join(projectRoot, migrations),
  migrationsSchema: name,
  migrationsTable: 'migrations',
});

const publishStatement = (subgraph: string, statement: string) => {
  if (statements.hasSubscribers) statements.publish({ subgraph, statement });
};

const loggerOf = ({ name }: Owner) => ({
  logQuery: (statement: string) => publishStatement(name, statement),
});

/** Publishes each read with its duration, where something listens. */
function timed<Row>(subgraph: string, name: string, read: Read<Row>): Read<Row> {
  const statement = name === '' ? 'unnamed' : name;
  return async (values) => {
    if (!channels.statement.hasSubscribers) return read(values);
    const startMs = performance.now();
    const publish = (isFailed: boolean) =>
      channels.statement.publish({ subgraph, statement, isFailed, seconds: secondsSince(startMs) });
    try {
      const rows = await read(values);
      publish(false);
      return rows;
    } catch (error) {
      publish(true);
      throw error;
    }
  };
}

function readEmbedded<BuiltQuery extends DrizzleQuery>(
  name: string,
  query: BuiltQuery,
): Read<RowOf<BuiltQuery>> {
  const prepared = query.prepare(name);
  return (values) => prepared.execute(values) as Promise<RowOf<BuiltQuery>[]>;
}

/**
 * Opens the database embedded in this process, with its files in `dataDir`, or in memory without it. Rejects if another
 * process has the folder open. Writes are refused while the disk is nearly full.
 */
export async function openEmbeddedDatabase(
  dataDir?: string,
  options: DiskSpaceOptions = {},
): Promise<DatabaseServer> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const unlock = dataDir === undefined ? undefined : await lockFolder(dataDir);
  // The embedded database runs one statement at a time. With one slot each, operations take turns.
  const shareOf = sharesOf(1);
  const client = await openFiles(dataDir).catch(async (error: unknown) => {
    await unlock?.();
    throw error;
  });
  const guard = dataDir === undefined ? undefined : await guardDiskSpace(client, dataDir, options);
  return {
    databaseOf(owner) {
      const sql = drizzleEmbedded({ client, casing: 'snake_case', logger: loggerOf(owner) });
      return {
        sql: sql as unknown as Sql,
        kind: 'embedded',
        read: (name, query) => timed(owner.name, name, readEmbedded(name, query)),
        shareOf,
        migrate: () => {
          const migrate = () => migrateEmbedded(sql, migrationsOf(owner));
          return guard ? guard.exempt(migrate) : migrate();
        },
        // No other process can open the folder.
        alone: (_, work) => work(),
        check: async () => void (await client.query('select 1')),
      };
    },
    settle: async () => void (await client.exec('analyze')),
    async close() {
      guard?.close();
      await client.close();
      await unlock?.();
    },
  };
}

async function openFiles(dataDir?: string): Promise<PGlite> {
  if (dataDir === undefined) return PGlite.create();
  const folder = join(dataDir, 'database');
  if (!existsSync(join(folder, 'PG_VERSION'))) await makeFiles(folder);
  return PGlite.create({ dataDir: folder }).catch(async (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    const free = await freeOn(folder);
    const room =
      free < leastFreeBytes
        ? ` Its disk has ${megabytes(free)} MB free; the database needs ${megabytes(leastFreeBytes)} MB to open.`
        : '';
    throw new StartError(`Expected the database in ${folder} to open, but it does not: ${reason}.${room}`);
  });
}

/**
 * Creates the database files in a child process: creating them takes about 450 MB that this process would never
 * release. A folder left unfinished by a crash is created again.
 */
async function makeFiles(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const script = `require('@electric-sql/pglite').PGlite.create({ dataDir: process.argv[1] }).then((made) => made.close())`;
  await promisify(execFile)(process.execPath, ['-e', script, unfinished], { cwd: projectRoot });
  await rename(unfinished, folder);
}

interface ServerOptions {
  /** The maximum number of connections. */
  pool: number;
  /** The maximum number of connections that one operation holds. */
  share?: number;
  /** Timeouts of one statement, for reads and for writes. */
  readTimeoutMs?: number;
  statementTimeoutMs?: number;
  /** Called when an idle connection breaks. The pool opens another. */
  onIdleError?: (error: Error) => void;
}

/**
 * Connects to a PostgreSQL server. No connection is opened before the first statement; `check` tells whether the server
 * responds.
 */
export function openServerDatabase(url: string, options: ServerOptions): DatabaseServer {
  const statementTimeoutMs = options.statementTimeoutMs ?? 15_000;
  const readTimeoutMs = Math.min(options.readTimeoutMs ?? 2_000, statementTimeoutMs);
  const pool = new TimedPool(
    { ...connectionTo(url), max: options.pool, keepAlive: true },
    { readMs: readTimeoutMs, writeMs: statementTimeoutMs },
  );
  const shareOf = sharesOf(options.share ?? 3);
  pool.on('error', options.onIdleError ?? (() => {}));
  return {
    databaseOf(owner) {
      const sql = drizzleServer({ client: pool, casing: 'snake_case', logger: loggerOf(owner) });
      return {
        sql: sql as unknown as Sql,
        kind: 'server',
        read: (name, query) =>
          timed(
            owner.name,
            name,
            prepareRead(pool, name, query, (statement) => publishStatement(owner.name, statement)),
          ),
        shareOf,
        migrate: () =>
          aloneAt(url, `dateline migrations of ${owner.name}`, (client) =>
            migrateServer(drizzleServer({ client }), migrationsOf(owner)),
          ),
        alone: (what, work) => aloneAt(url, `dateline ${what}`, work),
        check: async () => void (await pool.query('select 1')),
      };
    },
    settle: async () => {},
    close: () => pool.end(),
  };
}

const connectionTo = (url: string) => ({
  connectionString: url,
  connectionTimeoutMillis: 5_000,
  application_name: 'dateline',
});

/**
 * Runs `work` under an advisory lock: replicas that start together take turns, and the second finds nothing left to do.
 * It uses a connection of its own, since the work has no time limit.
 */
async function aloneAt<Result>(
  url: string,
  what: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connectionTo(url));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [what]);
    return await work(client);
  } finally {
    // Closing the connection releases the lock.
    await client.end();
  }
}
