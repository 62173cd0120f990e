/** `POST /webhooks/ghost`: applies changes from Ghost, with the functions of the importer. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { badInput } from '../../subgraphs/errors.ts';
import { addWebhook, notSetUp } from '../../subgraphs/serve/webhookDoor.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import type { Database, Owner } from '../../subgraphs/store/database.ts';
import { type BodyReader, openBodyReader } from '../import/ghost/bodyReader.ts';
import { openGhostTables } from '../import/ghost/tables.ts';
import { dateField, RecordError, type SourceRecord, textField } from '../import/records.ts';
import type { OpenStores } from '../openNewsroom.ts';
import { type GhostEvent, readEvent, recordsIn } from './event.ts';
import { takeMember } from './member.ts';
import { type Order, openOrder, type State, webhooksOwner } from './order.ts';
import { readSignature, verifySignature } from './signature.ts';
import { takePost } from './story.ts';
import { inTurn } from './turns.ts';

export interface GhostWebhookOptions {
  stores: OpenStores;
  databaseOf: (owner: Owner) => Promise<Database>;
  /** A signature by any of them is valid; without any, webhooks are not accepted. */
  secrets: readonly string[];
  log: Logger;
  /** The language of new stories without one; English by default. */
  language?: string | undefined;
  clock?: () => Date;
}

/** A story of 20,000 words has about 200 kB and occurs twice in an event. */
const bodyLimit = 5 * 1024 * 1024;
const by = 'ghost';

/** The result of an event. */
export interface Taken {
  outcome: 'created' | 'updated' | 'unchanged' | 'withdrawn' | 'ignored';
  /** Notes for editors, a sentence each. */
  notes: string[];
}

/** Adds the route. */
export async function addGhostWebhook(
  app: FastifyInstance,
  { stores, databaseOf, secrets, log, language = 'en', clock = () => new Date() }: GhostWebhookOptions,
): Promise<void> {
  const order = openOrder(await databaseOf(webhooksOwner), clock);
  const turn = inTurn();
  const reader = openBodyReader();
  app.addHook('onClose', () => reader.close());
  const admit = (headers: IncomingHttpHeaders) => {
    if (secrets.length === 0) throw notSetUp('WEBHOOK_SECRET');
    readSignature(headers['x-ghost-signature']);
  };
  const take = async (body: Buffer, headers: IncomingHttpHeaders): Promise<Taken> => {
    const signature = readSignature(headers['x-ghost-signature']);
    verifySignature(signature, body, { secrets, now: clock() });
    const key = signature.mac.toString('hex');
    return turn(async () => {
      if (await order.wasReceived(key)) return ignored('This was sent before and is done.');
      const event = orRefuse(() => readEvent(body));
      const taken = event
        ? await takeEvent(event, { stores, order, reader, language, sentAt: signature.sentAt, now: clock() })
        : ignored('Only posts, tags and members are taken.');
      await order.remember(key);
      if (event)
        log.info({ kind: event.kind, source: event.id, outcome: taken.outcome }, 'Ghost webhook processed');
      return taken;
    });
  };
  addWebhook(app, { path: '/webhooks/ghost', bodyLimit, admit, take }, log);
}

interface Taking {
  stores: OpenStores;
  order: Order;
  reader: BodyReader;
  language: string;
  sentAt: Date;
  now: Date;
}

async function takeEvent(event: GhostEvent, taking: Taking): Promise<Taken> {
  const { kind, id, record, isGone } = event;
  if (kind === 'page') return ignored('Pages are no stories and are left out.');
  const { order, reader, sentAt, stores, now } = taking;
  const state = { source: `${kind}:${id}`, updatedAt: event.updatedAt ?? sentAt, sentAt, isGone };
  if ((await order.claim([state])).size === 0)
    return { outcome: 'unchanged', notes: ['Something newer was told already.'] };
  if (kind === 'tag') return takeTag(event, stores);
  if (kind === 'member') {
    const outcome = await takeMember(event, { membership: stores.membership, by, now });
    return outcome ?? ignored('Nobody has that address here.');
  }
  if (isGone) {
    const isWithdrawn = await stores.articles.withdraw(
      idOf('article', `ghost:${id}`),
      'Deleted in Ghost',
      by,
    );
    return isWithdrawn ? { outcome: 'withdrawn', notes: [] } : ignored('There is no such story here.');
  }
  const newest = await order.claim(
    orRefuse(() => [
      ...statesOf(record, 'tags', 'tag', sentAt),
      ...statesOf(record, 'authors', 'author', sentAt),
    ]),
  );
  const { outcome, notes } = await takePost(record, {
    stores,
    by,
    reader,
    isNewest: (source) => newest.has(source),
    language: taking.language,
  });
  return { outcome: outcome.outcome, notes: [...new Set([...notes, ...outcome.notes])] };
}

/** Tags and authors in a post have the state at which it was sent. */
function statesOf(record: SourceRecord, list: string, kind: string, sentAt: Date): State[] {
  return recordsIn(record, list).flatMap((item) => {
    const id = textField(item, 'id');
    const updatedAt = dateField(item, 'updated_at') ?? sentAt;
    return id === undefined ? [] : [{ source: `${kind}:${id}`, updatedAt, sentAt, isGone: false }];
  });
}

/** Stores a tag, and its section when stories use it. Stories of a deleted tag lose it with their next change. */
async function takeTag({ id, record, isGone }: GhostEvent, { articles }: OpenStores): Promise<Taken> {
  if (isGone) return ignored('The stories of a tag lose it when they change next.');
  const tables = openGhostTables();
  tables.add('tags', record);
  const tag = tables.tags.get(id);
  if (!tag) return ignored('Internal tags are left out.');
  const { id: _, ...topic } = tag;
  const content = { ...topic, sourceId: `ghost:${id}` };
  const [outcome] = await articles.putTags([content], by);
  const [section] = await articles.listsByIds([idOf('section', content.sourceId)]);
  if (section) await articles.putSections([content], by);
  return outcome ? { outcome: outcome.outcome, notes: outcome.notes } : ignored('There was nothing to take.');
}

const ignored = (note: string): Taken => ({ outcome: 'ignored', notes: [note] });

function orRefuse<Read>(read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    throw error instanceof RecordError ? badInput(error.message) : error;
  }
}
