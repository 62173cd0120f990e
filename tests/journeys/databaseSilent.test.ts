import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { type DatabaseServer, openServerDatabase, subgraphOwner } from '../../subgraphs/store/database.ts';

const url = process.env.DATABASE_URL;
const described = url ? describe : describe.skip;

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  // The wire before the pool, which waits for whoever still waits for an answer.
  for (const close of open.splice(0)) await close();
});

/** The PostgreSQL behind a wire that can be cut without either end hearing of it. */
async function throughWire(target: string): Promise<{ url: string; cut: () => void; mend: () => void }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const wire = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('data', (bytes) => isCut || other.write(bytes));
      one.on('error', () => {});
      one.on('close', () => other.destroy());
    }
  });
  wire.listen(0, '127.0.0.1');
  await once(wire, 'listening');
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((closed) => wire.close(closed));
  });
  const through = new URL(target);
  through.hostname = '127.0.0.1';
  through.port = String((wire.address() as AddressInfo).port);
  return {
    url: through.href,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
  };
}

described(`a PostgreSQL that falls silent${url ? '' : ' (DATABASE_URL)'}`, () => {
  it('costs those who ask an error, and no connection for ever', async () => {
    const wire = await throughWire(url as string);
    const server: DatabaseServer = openServerDatabase(wire.url, { pool: 2, statementTimeoutMs: 200 });
    open.push(server.close);
    const database = server.databaseOf(subgraphOwner('articles'));
    await Promise.all([database.check(), database.check()]);
    wire.cut();
    const asked = Array.from({ length: 3 }, () => database.sql.execute(sql`select 1`));
    const outcomes = await Promise.allSettled(asked);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    wire.mend();
    await Promise.all([database.check(), database.check(), database.check()]);
  });
});
