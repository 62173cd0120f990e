/** The databases that tests run on: always the embedded one, and PostgreSQL where DATABASE_URL is set. */
import pg from 'pg';
import {
  type DatabaseServer,
  openEmbeddedDatabase,
  openServerDatabase,
  statements,
} from '../../subgraphs/store/database.ts';

export interface TestDatabase {
  name: string;
  open(): Promise<DatabaseServer>;
}

const serverUrl = process.env.DATABASE_URL;

/** A fresh, empty database a call; what `open` made is dropped when it is closed. */
export const testDatabases: TestDatabase[] = [
  { name: 'the embedded database', open: () => openEmbeddedDatabase() },
  ...(serverUrl ? [{ name: 'PostgreSQL', open: openScratchDatabase }] : []),
];

let made = 0;

export interface ScratchDatabase {
  url: string;
  /** Lets nobody in, and breaks the connections that there are. */
  shut(): Promise<void>;
  /** Lets everybody in again. */
  open(): Promise<void>;
  drop(): Promise<void>;
}

/** A fresh database of the PostgreSQL at DATABASE_URL, until it is dropped. */
export async function createScratchDatabase(): Promise<ScratchDatabase> {
  if (!serverUrl) throw new Error('Expected DATABASE_URL to be set, but it is not.');
  const name = `dateline_test_${process.pid}_${Date.now()}_${++made}`;
  await administer(serverUrl, `create database ${name}`);
  const scratch = new URL(serverUrl);
  scratch.pathname = `/${name}`;
  const allow = (isAllowed: boolean) =>
    administer(serverUrl, `alter database ${name} with allow_connections ${isAllowed}`);
  return {
    url: scratch.href,
    async shut() {
      await allow(false);
      const connections = `from pg_stat_activity where datname = '${name}'`;
      await administer(serverUrl, `select pg_terminate_backend(pid) ${connections}`);
    },
    open: () => allow(true),
    drop: () => administer(serverUrl, `drop database ${name} with (force)`),
  };
}

async function openScratchDatabase(): Promise<DatabaseServer> {
  const { url, drop } = await createScratchDatabase();
  const server = openServerDatabase(url, { pool: 4 });
  return {
    databaseOf: server.databaseOf,
    settle: server.settle,
    async close() {
      await server.close();
      await drop();
    },
  };
}

async function administer(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Owners whose statements belong to background work alone: push keeps its own tables and answers no operation. */
const backgroundOwners = new Set(['push']);

/** Statements of background work on tables that requests read too: following outboxes, membership changes, stories to index. */
const isOwnTime =
  /"standing_changed_at" > |from "(?:articles|authors)"\."outbox"|array\["section_id"\]|"gated_media_ids" from "articles"|coalesce\(max\(position\)|(?:insert into|delete from) "media"\."u|from "media"\."users"|"media"\."followed"|"search_form" < 1|^select "id", "kind", "slug" from "articles"\."lists" where "articles"\."lists"\."id" = any/;

/** The SQL statements that `work` asks for, in order, as { subgraph, statement }; without those of nobody's request. */
export async function statementsOf(
  work: () => Promise<unknown>,
): Promise<{ subgraph: string; statement: string }[]> {
  const seen: { subgraph: string; statement: string }[] = [];
  const note = (message: unknown) => {
    const one = message as { subgraph: string; statement: string };
    if (!backgroundOwners.has(one.subgraph) && !isOwnTime.test(one.statement)) seen.push(one);
  };
  statements.subscribe(note);
  try {
    await work();
  } finally {
    statements.unsubscribe(note);
  }
  return seen;
}
