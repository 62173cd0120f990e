/**
 * Adds the routes beside /graphql: pages, embeds, feeds, push and webhooks. Each queries the graph like any other
 * client.
 */
import type { FastifyInstance } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { VerifyReader } from '../gateway/auth/verifyToken.ts';
import type { Ask } from '../gateway/server/graphClient.ts';
import { publicUrlOf, type Settings } from '../gateway/settings.ts';
import { addEmbeds } from '../partners/embeds/routes.ts';
import { addFeeds } from '../partners/feeds/feeds.ts';
import type { ChangeSource } from '../partners/push/follow.ts';
import { addPush } from '../partners/push/push.ts';
import type { PartnerSettings } from '../partners/settings.ts';
import type { Database, Owner } from '../subgraphs/store/database.ts';
import { addPages } from '../web/pages/routes.ts';
import type { Renewed, Sessions } from '../web/pages/session/renew.ts';
import type { OpenStores } from './openNewsroom.ts';
import { addGhostWebhook } from './webhooks/ghost.ts';

export interface DoorOptions {
  ask: Ask;
  /** Verifies access tokens; undefined when no issuer is trusted. */
  verify: VerifyReader | undefined;
  /** Renews the sessions of readers. */
  renew: Renew;
  /** A database for each owner of tables. */
  databaseOf: (owner: Owner) => Promise<Database>;
  /** The stores for webhooks. Pages and feeds query the graph. */
  stores: OpenStores;
  /** Secrets of Ghost's webhooks; without any, webhooks are not accepted. */
  webhookSecrets: readonly string[];
  /** The language of new stories without one. */
  contentLanguage?: string | undefined;
  /** The changes of Articles, for push. */
  changes: ChangeSource;
  settings: Settings & PartnerSettings;
  log: Logger;
}

/** Membership's renewal of a session. Rejects with INVALID_TOKEN when the refresh token is not valid. */
type Renew = (refreshToken: string, asked: { leewayMs: number; client: string | null }) => Promise<Renewed>;

/** Adds all routes; `stop` ends background work. Rejects when one of them cannot be opened. */
export async function addDoors(
  app: FastifyInstance,
  given: DoorOptions,
): Promise<{ stop: () => Promise<void> }> {
  // All of them use one base URL: a feed's own URL must be its topic at the hub.
  const publicUrl = publicUrlOf(given.settings);
  const options = { ...given, settings: { ...given.settings, publicUrl } };
  addEmbeds(app, options);
  await addFeeds(app, options);
  await addPages(app, { ...options, sessions: sessionsBy(given.renew) });
  await addGhostWebhook(app, {
    ...options,
    secrets: options.webhookSecrets,
    language: options.contentLanguage,
  });
  const push = await addPush(app, { ...options, publicUrl });
  return { stop: push.stop };
}

/** Two tabs may renew at the same time: within this time the second use of a refresh token is not treated as theft. */
const leewayMs = 10_000;

function sessionsBy(renew: Renew): Sessions {
  return {
    renew: (refreshToken, client) =>
      renew(refreshToken, { leewayMs, client }).catch((error: unknown) => {
        if (error instanceof GraphQLError && error.extensions.code === 'INVALID_TOKEN') return undefined;
        throw error;
      }),
  };
}
