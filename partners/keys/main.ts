/** `npm run token`: gives partners their keys. */
import { existsSync } from 'node:fs';
import { startFailure } from '../../subgraphs/errors.ts';
import { openSubgraphs } from '../../subgraphs/open.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { carryOut, listAll } from './issue.ts';
import { type Order, readOrder } from './order.ts';
import { keysOwner, openKeyStore } from './store.ts';

const help = `Usage: npm run token -- --partner NAME [what is agreed] [--rotate [--overlap 24h] | --revoke]
       npm run token -- --list

Gives a partner a key, and shows it once. For a partner who has one already: changes what is agreed.
The embedded database belongs to one process: stop the newsroom first, or use PostgreSQL (DATABASE_URL).

  --origins LIST    pages that may send the key from a browser: https://a.example,https://b.example; or any
  --rights LIST     what they may take: text, pictures, or both with a comma between; none. text unless said
  --quota N         what they may spend in a minute; usual: as PARTNER_QUOTA says
  --developer       may send operations that are not stored (FREE_FORM_OPERATIONS); --no-developer takes it back
  --rotate          gives another key; the one before ends after the overlap
  --overlap TIME    24h unless said; 0s: at once
  --revoke          ends all keys of the partner at once, which is within a second
  --list            all partners: name, beginning of the key, rights, quota, last use
  --help            shows this text
`;

try {
  process.stdout.write(await run(readOrder(process.argv.slice(2))));
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
}

/** Answers what to print. */
async function run(order: Order): Promise<string> {
  if (order.does === 'help') return help;
  if (existsSync('.env')) process.loadEnvFile();
  const { databaseOf, close } = await openSubgraphs([], { settings: readSubgraphSettings() });
  try {
    const store = openKeyStore(await databaseOf(keysOwner));
    const now = new Date();
    const lines =
      order.does === 'list' ? listAll(await store.list(), now) : await carryOut(store, order, now);
    return `${lines.join('\n')}\n`;
  } finally {
    await close();
  }
}
