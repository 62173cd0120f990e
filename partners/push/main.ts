/** `npm run webhook`: adds and removes webhooks of partners, lists and replays deliveries. */

import { parseArgs } from 'node:util';
import { readSettings } from '../../gateway/settings.ts';
import { readEnvironment } from '../../kit/settings.ts';
import { StartError } from '../../kit/startError.ts';
import { startFailure } from '../../subgraphs/errors.ts';
import { openSubgraphs } from '../../subgraphs/openSubgraphs.ts';
import { readSubgraphSettings } from '../../subgraphs/settings.ts';
import { readPartnerSettings } from '../settings.ts';
import { type AddressPolicy, openAddressPolicy, TargetError } from './addressPolicy.ts';
import { newWebhookSecret } from './sign.ts';
import type { Delivery } from './sql/webhooks.ts';
import { openPushStore, type PushStore, pushOwner } from './store.ts';
import { type WebhookEvent, webhookEvents } from './tables.ts';

const help = `Usage: npm run webhook -- --partner NAME --url URL [--events ${webhookEvents.join(',')}]
       npm run webhook -- --list | --remove ID | --deliveries [--dead] | --replay ID

Tells a partner of stories that are published, updated and withdrawn, signed after Standard Webhooks.

  --partner NAME  whom it belongs to
  --url URL       where they want to be told
  --events LIST   of what, with commas between; all of it where it is left out
  --list          shows who is told
  --remove ID     tells a webhook nothing more
  --deliveries    shows what was sent last; with --dead what was given up
  --replay ID     sends a delivery again, under the same id
  --help          shows this text
`;

const shown = 100;

try {
  await run(process.argv.slice(2));
} catch (error) {
  const isTheirs = error instanceof TargetError || isArgumentError(error);
  process.stderr.write(`${startFailure(isTheirs ? new StartError((error as Error).message) : error)}\n`);
  process.exitCode = 1;
}

async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      partner: { type: 'string' },
      url: { type: 'string' },
      events: { type: 'string' },
      list: { type: 'boolean' },
      remove: { type: 'string' },
      deliveries: { type: 'boolean' },
      dead: { type: 'boolean' },
      replay: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return say(help.trimEnd());
  const { partner, url, events, list, remove, deliveries, dead: isDead = false, replay } = values;
  const actions = [partner ?? url, list, remove, deliveries, replay].filter((one) => one !== undefined);
  if (actions.length !== 1)
    throw new StartError(`Expected one command (see --help), but got: ${actions.length}.`);

  const environment = readEnvironment();
  const { isProduction } = readSettings(environment);
  const { allowsPrivateTargets } = readPartnerSettings(environment);
  const settings = readSubgraphSettings({ ...environment });
  const wanted = readWanted({ partner, url, events });
  const { databaseOf, close } = await openSubgraphs([], { settings });
  try {
    const store = openPushStore(await databaseOf(pushOwner));
    const now = new Date();
    if (wanted)
      await add(store, wanted, openAddressPolicy({ isProduction, allowsPrivate: allowsPrivateTargets }), now);
    if (list) for (const webhook of await store.webhooks()) say(lineOf(webhook));
    if (deliveries)
      for (const one of await store.deliveries({ isDead, limit: shown })) say(deliveryLine(one));
    if (remove !== undefined)
      report(await store.removeWebhook(remove, now), 'a webhook', remove, 'is told nothing more');
    if (replay !== undefined)
      report(await store.replay(replay, now), 'a finished delivery', replay, 'is sent again');
  } finally {
    await close();
  }
}

interface Wanted {
  partner: string;
  url: string;
  events: WebhookEvent[];
}

/** Reads the webhook to add from the arguments. */
function readWanted(given: {
  partner?: string | undefined;
  url?: string | undefined;
  events?: string | undefined;
}) {
  const { partner, url, events } = given;
  if (partner === undefined && url === undefined) return undefined;
  if (!partner?.trim() || url === undefined)
    throw new StartError('Expected --partner and --url together, but got: one of them.');
  const names = (events ?? webhookEvents.join(',')).split(',').map((name) => name.trim());
  const selected = webhookEvents.filter((event) => names.includes(event));
  if (selected.length !== new Set(names).size)
    throw new StartError(`Expected --events to be of ${webhookEvents.join(', ')}, but got: ${events}.`);
  return { partner: partner.trim(), url, events: selected };
}

async function add(
  store: PushStore,
  { partner, url, events }: Wanted,
  addressPolicy: AddressPolicy,
  now: Date,
): Promise<void> {
  const { href, hostname } = addressPolicy.read(url, '--url');
  const secret = newWebhookSecret();
  const id = await store.addWebhook({ partner, url: href, host: hostname, secret, events, createdAt: now });
  say(`webhook ${id} of ${partner} is told of: ${events.join(', ')}`);
  say(`secret  ${secret}`);
  say('The secret is shown this once: give it to the partner, who checks signatures with it.');
}

function lineOf({ id, partner, url, events }: Wanted & { id: string }): string {
  // The query may hold a secret of the partner.
  return [id, partner, url.split('?', 1)[0], events.join(',')].join('  ');
}

function deliveryLine({ id, at, kind, event, host, state, attempts, lastStatus, log }: Delivery): string {
  const problem = log.at(-1)?.problem ?? '';
  const parts = [id, at.toISOString(), event ?? kind, host, state, `attempts ${attempts}`, lastStatus ?? '-'];
  return `${parts.join('  ')}  ${problem}`.trimEnd();
}

function report(isFound: boolean, expected: string, id: string, done: string): void {
  if (!isFound) throw new StartError(`Expected the id of ${expected}, but got: ${id}.`);
  say(`${id} ${done}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function isArgumentError(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS_');
}
