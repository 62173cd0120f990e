/** The databases that tests run on: always the embedded one, and PostgreSQL where DATABASE_URL is set. */
import pg from 'pg';
import {
  type DatabaseServer,
  openEmbeddedDatabase,
  openServerDatabase,
  statements,
} from '../../subgraphs/database.ts';

export interface TestDatabase {
  name: string;
  open(): Promise<DatabaseServer>;
}

const serverUrl = process.env.DATABASE_URL;

/** A fresh, empty database a call; what `open` made is dropped when it is closed. */
export const testDatabases: TestDatabase[] = [
  { name: 'the embedded database', open: () => openEmbeddedDatabase() },
  ...(serverUrl ? [{ name: 'PostgreSQL', open: () => openScratchDatabase(serverUrl) }] : []),
];

let made = 0;

async function openScratchDatabase(url: string): Promise<DatabaseServer> {
  const name = `dateline_test_${process.pid}_${Date.now()}_${++made}`;
  await administer(url, `create database ${name}`);
  const scratch = new URL(url);
  scratch.pathname = `/${name}`;
  const server = openServerDatabase(scratch.href, { pool: 4 });
  return {
    databaseOf: server.databaseOf,
    async close() {
      await server.close();
      await administer(url, `drop database ${name} with (force)`);
    },
  };
}

async function administer(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** The SQL statements that `work` asks for, in order, as { subgraph, statement }. */
export async function statementsOf(
  work: () => Promise<unknown>,
): Promise<{ subgraph: string; statement: string }[]> {
  const seen: { subgraph: string; statement: string }[] = [];
  const note = (message: unknown) => void seen.push(message as { subgraph: string; statement: string });
  statements.subscribe(note);
  try {
    await work();
  } finally {
    statements.unsubscribe(note);
  }
  return seen;
}
