/** Opens subgraphs on their databases: one of them, or all four in one process. */

import type { Logger } from 'pino';
import { StartError } from '../kit/startError.ts';
import { type ArticlesStore, openArticlesStore } from './articles/store.ts';
import { articles } from './articles/subgraph.ts';
import { type AuthorsStore, openAuthorsStore } from './authors/store.ts';
import { authors } from './authors/subgraph.ts';
import type { MediaStore } from './media/store.ts';
import { media } from './media/subgraph.ts';
import { membership, type OpenMembership } from './membership/subgraph.ts';
import type { OpenSubgraph, Subgraph } from './serve/subgraph.ts';
import type { SubgraphName, SubgraphSettings } from './settings.ts';
import {
  type Database,
  type DatabaseServer,
  type Owner,
  openEmbeddedDatabase,
  openServerDatabase,
  subgraphOwner,
} from './store/database.ts';
import { megabytes } from './store/diskSpace.ts';
import { followUses, type MediaUser, reportUses } from './store/mediaUse.ts';

/** The four subgraphs by name. */
export const subgraphs = { articles, authors, media, membership };

interface Stores {
  articles: ArticlesStore;
  authors: AuthorsStore;
  media: MediaStore;
  membership: OpenMembership;
}

export type OpenSubgraphs<Name extends SubgraphName> = { [Key in Name]: OpenSubgraph<Stores[Key]> };

interface DatabaseOptions {
  settings: SubgraphSettings;
  /** Called when an idle database connection breaks. */
  onIdleError?: (error: Error) => void;
  /** The log for background work. */
  log?: Logger;
}

interface OpenOptions extends DatabaseOptions {
  clock?: () => Date;
}

/** The databases of one process. */
interface Databases {
  /**
   * The owner's database on the PostgreSQL server at `url`, or the embedded one without a URL. Rejects if it does not
   * respond.
   */
  of(owner: Owner, url: string | undefined): Promise<Database>;
  /** The same, without a check that it responds. */
  later(owner: Owner, url: string): Promise<Database>;
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Owners with the same URL share its connections. */
function openDatabases({ settings, ...options }: DatabaseOptions): Databases {
  const servers = new Map<string | undefined, DatabaseServer>();
  const serverAt = async (url: string | undefined) => {
    const server = servers.get(url) ?? (await connect(url, settings, options));
    servers.set(url, server);
    return server;
  };
  return {
    later: async (owner, url) => (await serverAt(url)).databaseOf(owner),
    async of(owner, url) {
      const database = (await serverAt(url)).databaseOf(owner);
      await database.check().catch((error: unknown) => {
        throw new StartError(unreachable(url, error), { cause: error });
      });
      return database;
    },
    settle: async () => void (await Promise.all([...servers.values()].map((server) => server.settle()))),
    close: async () => void (await Promise.all([...servers.values()].map((server) => server.close()))),
  };
}

/**
 * Opens subgraphs, each on the database in its settings; those with the same database share its connections. Migrations
 * are applied. Rejects, with nothing left open, if a database does not respond.
 *
 * `databaseOf` opens a database for another owner, with its migrations applied. `alone` runs work under a lock of the
 * first subgraph's database. `settle` updates the database statistics after a large import. If Media is among the
 * subgraphs, writes of stories and authors in this process report their uses of pictures to it. `followUses` is a step
 * that reports the writes of other processes and resolves to whether there may be more; it is undefined without Media,
 * or if the databases of Articles and Authors are not known.
 */
export async function openSubgraphs<Name extends SubgraphName>(
  names: readonly Name[],
  { settings, clock, log, ...options }: OpenOptions,
): Promise<{
  open: OpenSubgraphs<Name>;
  databaseOf: (owner: Owner) => Promise<Database>;
  alone: Database['alone'];
  followUses: (() => Promise<boolean>) | undefined;
  settle: () => Promise<void>;
  close: () => Promise<void>;
}> {
  const databases = openDatabases({ settings, ...options, ...(log ? { log } : {}) });
  const open: Partial<Record<Name, OpenSubgraph<unknown>>> = {};
  let first: Database | undefined;
  const close = async () => {
    await Promise.all(names.map((name) => open[name]?.stop?.()));
    await databases.close();
  };
  try {
    for (const name of names) {
      const database = await databases.of(subgraphOwner(name), settings.databaseUrls[name]);
      first ??= database;
      const subgraph: Subgraph<unknown> = subgraphs[name];
      open[name] = await subgraph.open({
        database,
        settings,
        ...(clock ? { clock } : {}),
        ...(log ? { log } : {}),
      });
    }
    connectMedia(open as Partial<OpenSubgraphs<SubgraphName>>);
  } catch (error) {
    await close();
    throw error;
  }
  const databaseOf = async (owner: Owner) => {
    const database = await databases.of(owner, settings.databaseUrl);
    await database.migrate();
    return database;
  };
  const opened = open as OpenSubgraphs<Name>;
  const usesFollower = await openUsesFollower(
    open as Partial<OpenSubgraphs<SubgraphName>>,
    databases,
    settings,
  );
  const alone: Database['alone'] = (what, work) => (first ? first.alone(what, work) : work());
  return { open: opened, databaseOf, alone, followUses: usesFollower, settle: databases.settle, close };
}

/** Reports the pictures and videos that stories and authors show to Media, on each write in this process. */
export function connectMedia({ articles, authors, media }: Partial<OpenSubgraphs<SubgraphName>>): void {
  if (!media) return;
  for (const user of [articles, authors]) if (user) reportUses(media.store, user.store);
}

/**
 * Lets Media follow the outboxes of Articles and Authors: of the open subgraphs, or through their database URLs. Their
 * own processes apply their migrations.
 */
async function openUsesFollower(
  { articles, authors, media }: Partial<OpenSubgraphs<SubgraphName>>,
  databases: Databases,
  { databaseUrls }: SubgraphSettings,
): Promise<(() => Promise<boolean>) | undefined> {
  if (!media) return undefined;
  const elsewhere = async <Store>(name: SubgraphName, open: (database: Database) => Store) => {
    const url = databaseUrls[name];
    return url === undefined ? undefined : open(await databases.later(subgraphOwner(name), url));
  };
  const users: Record<string, Pick<MediaUser, 'changesAfter' | 'mediaUses'>> = {};
  const stories = articles?.store ?? (await elsewhere('articles', openArticlesStore));
  const people = authors?.store ?? (await elsewhere('authors', openAuthorsStore));
  if (stories) users.articles = stories;
  if (people) users.authors = people;
  return stories && people ? followUses({ media: media.store, users }) : undefined;
}

async function connect(
  url: string | undefined,
  { dataDir, databasePool, databaseShare, readTimeoutMs }: SubgraphSettings,
  { onIdleError, log }: Omit<DatabaseOptions, 'settings'>,
): Promise<DatabaseServer> {
  const onChange = (isFull: boolean, free: number) => {
    const about = { folder: dataDir, freeMegabytes: megabytes(free) };
    if (isFull) log?.error(about, 'disk nearly full; refusing changes');
    else log?.info(about, 'disk has room again; accepting changes');
  };
  if (url === undefined)
    return openEmbeddedDatabase(dataDir, { onChange }).catch((error) => rejectFolder(dataDir, error));
  return openServerDatabase(url, {
    pool: databasePool,
    share: databaseShare,
    readTimeoutMs,
    ...(onIdleError ? { onIdleError } : {}),
  });
}

function rejectFolder(dataDir: string, error: unknown): never {
  const code = systemCodeOf(error);
  if (!code) throw error;
  const expected = 'Expected DATA_DIR to be a folder that this process may write to';
  throw new StartError(`${expected}, but ${dataDir} is not (${code}).`, { cause: error });
}

function unreachable(url: string | undefined, error: unknown): string {
  const place = url === undefined ? 'the embedded database' : `PostgreSQL at ${new URL(url).host}`;
  return `Expected ${place} to answer, but it does not: ${systemCodeOf(error) ?? (error as Error).message}.`;
}

/**
 * The operating system's error code, such as ECONNREFUSED. PostgreSQL's codes say less than its messages, so they are
 * not used.
 */
function systemCodeOf(error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? code : undefined;
}
