/** Push for tests: its parts on a database of their own, with a clock that a test moves and a world that it plays. */
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { openAddressPolicy } from '../../partners/push/addressPolicy.ts';
import type { Tell } from '../../partners/push/event.ts';
import { follow } from '../../partners/push/follow.ts';
import { openSender } from '../../partners/push/send.ts';
import type { Exchange, Incoming, Outgoing } from '../../partners/push/sendRequest.ts';
import { openPushStore, pushOwner } from '../../partners/push/store.ts';
import {
  deliveries,
  following,
  type Intent,
  stories,
  subscriptions,
  type WebhookEvent,
  webhooks,
} from '../../partners/push/tables.ts';
import { openArticlesStore } from '../../subgraphs/articles/store.ts';
import {
  articles as articlesTable,
  bodies,
  keywords,
  listings,
  lists,
  outbox,
  slugs,
} from '../../subgraphs/articles/tables.ts';
import { type DatabaseServer, subgraphOwner } from '../../subgraphs/store/database.ts';
import { putLists } from './stories.ts';

export const publicUrl = 'https://news.example';
export const newsTopic = `${publicUrl}/feeds/news.rss`;

export const tenDays = 10 * 86_400;

/** What a server of somebody else's answers: a status, and the challenge where it is asked for one. */
export const answering =
  (status: number, retryAfter?: string): Exchange =>
  async ({ url }) => ({ status, retryAfter, body: Buffer.from(url.searchParams.get('hub.challenge') ?? '') });

export type TestPush = Awaited<ReturnType<typeof openTestPush>>;

/** Opens it all anew, with the sections, tags and authors of stories.ts; nothing runs by itself. */
export async function openTestPush(server: DatabaseServer, begin = new Date('2026-04-01T00:00:00Z')) {
  let now = begin;
  const clock = () => now;
  const sent: Outgoing[] = [];
  const lines: string[] = [];
  const world: { answer: Exchange; feed: string | undefined; told: object | undefined } = {
    answer: answering(200),
    feed: '<rss/>',
    told: undefined,
  };
  const articlesDatabase = server.databaseOf(subgraphOwner('articles'));
  const pushDatabase = server.databaseOf(pushOwner);
  await articlesDatabase.migrate();
  await pushDatabase.migrate();
  const all = [following, stories, subscriptions, webhooks, deliveries, outbox, articlesTable, bodies];
  const names = [...all, slugs, listings, keywords, lists].map((table) => sql`${table}`);
  await pushDatabase.sql.execute(sql`truncate ${sql.join(names, sql`, `)} restart identity`);
  const articles = openArticlesStore(articlesDatabase, clock);
  const store = openPushStore(pushDatabase);
  const addressPolicy = openAddressPolicy({ isProduction: true, allowsPrivate: false });
  const contentType = 'application/rss+xml; charset=utf-8';
  const tell: Tell = async ({ id, event, storyId }) =>
    world.told ?? { id, type: `article.${event}`, storyId };
  await putLists(articles);

  const openTestSender = () =>
    openSender({
      ...{ store, addressPolicy, clock, tell },
      exchange: async (outgoing): Promise<Incoming> => {
        sent.push(outgoing);
        return world.answer(outgoing);
      },
      contentOf: async () =>
        world.feed === undefined ? undefined : { contentType, body: Buffer.from(world.feed) },
      hub: `${publicUrl}/hub`,
      random: () => 0.5,
      log: pino({ base: null }, { write: (line: string) => void lines.push(line) }),
    });
  const sender = openTestSender();

  const step = () => follow({ changes: articles, store, publicUrl, clock });
  return {
    ...{ store, articles, addressPolicy, clock, sent, lines, world, sender, openTestSender, step },
    articlesDatabase,
    pushDatabase,
    at: (time: Date | string) => {
      now = new Date(time);
    },
    later: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000);
    },
    /** Follows to the last change; other databases of the server may hold it up for a moment. */
    async followAll() {
      const last = await articles.lastPosition();
      do while (await step());
      while ((await store.place(async () => 0)).position < last);
    },
    /** Sends all that is due. */
    async sendAll() {
      while ((await sender.look()) > 0) await sender.settled();
    },
    /** A subscriber who has said that they meant it. */
    async subscribe(callback: string, rest: Partial<Intent> = {}) {
      const intent: Intent = {
        ...{ mode: 'subscribe' as const, topic: newsTopic, callback, leaseSeconds: tenDays, secret: null },
        ...rest,
      };
      const id = await store.ask(intent, new URL(callback).hostname, now);
      await this.sendAll();
      sent.length = 0;
      return id;
    },
    webhook: (url: string, events: WebhookEvent[] = ['published', 'updated', 'withdrawn']) =>
      store.addWebhook({
        ...{ partner: 'The Courier', url, events, host: new URL(url).hostname, createdAt: now },
        secret: `whsec_${Buffer.from('a secret of thirty-two bytes.....').toString('base64')}`,
      }),
    /** What is written down, the oldest first, without the questions whether somebody meant it. */
    async written() {
      const rows = await store.deliveries({ limit: 1000 });
      return rows.filter(({ kind }) => kind !== 'verification').reverse();
    },
  };
}

/** In the place of what a test expects to be there. */
export function missing(): never {
  throw new Error('Expected one to be there, but there is none.');
}
