/** Partners for tests: a store of theirs on a database, and keys as `npm run token` gives them. */
import { carryOut } from '../../partners/keys/issue.ts';
import { readOrder } from '../../partners/keys/order.ts';
import { type KeyStore, keysOwner, openKeyStore } from '../../partners/keys/store.ts';
import type { Database, DatabaseServer } from '../../subgraphs/store/database.ts';

export async function openKeys(server: DatabaseServer): Promise<{ database: Database; store: KeyStore }> {
  const database = server.databaseOf(keysOwner);
  await database.migrate();
  return { database, store: openKeyStore(database) };
}

/** The arguments of `npm run token`, carried out at that time; answers what it prints. */
export function token(store: KeyStore, args: string[], now: Date = new Date()): Promise<string[]> {
  const order = readOrder(args);
  if (order.does === 'help' || order.does === 'list' || order.does === 'sign')
    throw new Error('Expected something to carry out.');
  return carryOut(store, order, now);
}

/** The same; answers the key that it shows. */
export async function newKey(store: KeyStore, args: string[], now?: Date): Promise<string> {
  return keyIn((await token(store, args, now)).join('\n'));
}

/** The key in what was printed; an empty text where there is none. */
export const keyIn = (printed: string) => /\bdl_[0-9a-f]{10}_[\w-]{43}/.exec(printed)?.[0] ?? '';
