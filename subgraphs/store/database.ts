/** Opens the embedded database or a PostgreSQL, and brings a subgraph's tables up to date. */
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
import { StartError } from '../errors.ts';
import projectRoot from '../root.cts';
import { type Share, sharesOf } from './connectionShare.ts';
import { TimedPool } from './databasePool.ts';
import { type DiskSpaceOptions, freeOn, guardDiskSpace, leastFreeBytes, megabytes } from './diskSpace.ts';
import { lockFolder } from './folderLock.ts';
import { prepareRead, type Question, type Read, type RowOf } from './preparedQuery.ts';

/** Drizzle over either database: stores do not know which. */
export type Sql = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** One owner's own way into a database. */
export interface Database {
  sql: Sql;
  kind: 'embedded' | 'server';
  /** Prepares a question under a name that no other question has; an empty name keeps it out of the server's memory. */
  read<Asked extends Question>(name: string, question: Asked): Read<RowOf<Asked>>;
  /** The part of the database that one operation may hold; all its calls that have one signal have it together. */
  shareOf(signal?: AbortSignal): Share;
  /** Applies the owner's migrations that are not applied yet; one process at a time. */
  migrate(): Promise<void>;
  /** Does something that one process at a time does, of all that use this database; others wait. */
  alone<Result>(what: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves when the database answers. */
  check(): Promise<void>;
}

/** Whoever keeps data: a subgraph, or another room with tables of its own. */
export interface Owner {
  /** The name of its schema in the database. */
  name: string;
  /** The folder of its migrations, from the project's root. */
  migrations: string;
}

/** A subgraph as an owner. */
export const subgraphOwner = (name: string): Owner => ({ name, migrations: `subgraphs/${name}/migrations` });

/** A place where data is kept, from which each owner takes its own `Database`. */
export interface DatabaseServer {
  databaseOf(owner: Owner): Database;
  /** After much was put in: has the embedded database look at what it holds, which a server does by itself. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Every SQL statement is published here as `{ subgraph, statement }`, for whoever counts or logs them. */
export const statements = channel('dateline.sql');

/** So many forms of one question keep a name at the server, which costs memory there on every connection. */
const namedForms = 64;
const keptForms = 256;

/**
 * Statements whose text depends on a form that callers choose, each prepared once. The first forms that come are
 * prepared at the server by name; there may be thousands, so those that come later are sent as they are.
 */
export function preparedForms<Form, Statement>(prepare: (name: string, form: Form) => Statement) {
  const kept = new LRUCache<string, { statement: Statement }>({ max: keptForms });
  const names = new Set<string>();
  return (text: string, form: Form): Statement => {
    const known = kept.get(text);
    if (known) return known.statement;
    if (names.size < namedForms) names.add(text);
    const statement = prepare(names.has(text) ? statementName(text) : '', form);
    kept.set(text, { statement });
    return statement;
  };
}

/** PostgreSQL cuts names at 63 characters, so a long form is told apart by its hash. */
function statementName(form: string): string {
  return `${form.slice(0, 40)}_${createHash('sha256').update(form).digest('hex').slice(0, 16)}`;
}

const migrationsOf = ({ name, migrations }: Owner) => ({
  migrationsFolder: join(projectRoot, migrations),
  migrationsSchema: name,
  migrationsTable: 'migrations',
});

const noted = (subgraph: string, statement: string) => {
  if (statements.hasSubscribers) statements.publish({ subgraph, statement });
};

const loggerOf = ({ name }: Owner) => ({
  logQuery: (statement: string) => noted(name, statement),
});

function readEmbedded<Asked extends Question>(name: string, question: Asked): Read<RowOf<Asked>> {
  const prepared = question.prepare(name);
  return (values) => prepared.execute(values) as Promise<RowOf<Asked>[]>;
}

/**
 * Opens the database embedded in this process, its files in `dataDir`; in memory where none is given. Fails
 * when another process has the same folder open. Changes are refused while the disk is nearly full.
 */
export async function openEmbeddedDatabase(
  dataDir?: string,
  options: DiskSpaceOptions = {},
): Promise<DatabaseServer> {
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const unlock = dataDir === undefined ? undefined : await lockFolder(dataDir);
  // It does one statement at a time. With one place each, operations take turns.
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
        read: readEmbedded,
        shareOf,
        migrate: () => {
          const migrate = () => migrateEmbedded(sql, migrationsOf(owner));
          return guard ? guard.exempt(migrate) : migrate();
        },
        // No other process has the folder.
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
 * Making a new database takes some 450 MB that the process would never give back, so a process of its own makes
 * it. A folder that is half made, because somebody pulled the plug, is made anew.
 */
async function makeFiles(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const script = `require('@electric-sql/pglite').PGlite.create({ dataDir: process.argv[1] }).then((made) => made.close())`;
  await promisify(execFile)(process.execPath, ['-e', script, unfinished], { cwd: projectRoot });
  await rename(unfinished, folder);
}

interface ServerOptions {
  /** Connections at most. */
  pool: number;
  /** Connections that one operation holds at most. */
  share?: number;
  /** How long one statement of a read may take, and of what writes. */
  readTimeoutMs?: number;
  statementTimeoutMs?: number;
  /** Told of a connection that broke while idle: the pool opens another. */
  onIdleError?: (error: Error) => void;
}

/** Connects to a PostgreSQL. Nothing is opened before the first statement: `check` tells whether it answers. */
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
        read: (name, question) =>
          prepareRead(pool, name, question, (statement) => noted(owner.name, statement)),
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
 * Replicas that start at once take turns: the second finds nothing left to do. On a connection of its own, since the work
 * takes as long as it takes.
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
    // The lock ends with the connection.
    await client.end();
  }
}
