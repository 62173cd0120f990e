/** `npm run token`: issues API keys for partners, and access tokens for people and scripts. */

import { existsSync } from 'node:fs';
import { startFailure } from '../../subgraphs/errors.ts';
import { openSubgraphs } from '../../subgraphs/openSubgraphs.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { scopes } from '../../subgraphs/trust/scopes.ts';
import { carryOut, listAll } from './issue.ts';
import { type Order, readOrder } from './order.ts';
import { sign } from './sign.ts';
import { keysOwner, openKeyStore } from './store.ts';

const help = `Usage: npm run token -- --partner NAME [what is agreed] [--rotate [--overlap 24h] | --revoke]
       npm run token -- --list
       npm run token -- --scopes LIST [--subject NAME] [--for 12h]

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

With --scopes: makes an access token for a person or a script (docs/trust.md), and needs no database. The token alone
goes to standard output, what it is to standard error: TOKEN=$(npm run --silent token -- --scopes articles:write)

  --scopes LIST     what it may do, with spaces or commas between:
${Object.entries(scopes)
  .map(([name, allows]) => `                      ${name.padEnd(17)} ${allows}`)
  .join('\n')}
  --subject NAME    who is written down as having done it; script unless said
  --for TIME        how long it holds: 12h unless said, 30d at most

  --help            shows this text
`;

try {
  process.stdout.write(await run(readOrder(process.argv.slice(2))));
} catch (error) {
  process.stderr.write(`${startFailure(error)}\n`);
  process.exitCode = 1;
}

/** Returns the text for standard output; describes a new token on standard error. */
async function run(order: Order): Promise<string> {
  if (order.does === 'help') return help;
  if (existsSync('.env')) process.loadEnvFile();
  if (order.does === 'sign') {
    const { token, lines } = await sign(order, process.env);
    process.stderr.write(`${lines.join('\n')}\n`);
    return `${token}\n`;
  }
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
