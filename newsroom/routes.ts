/** The doors beside /graphql: what readers open and partners take. Each asks the graph like any other caller. */
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
import type { Database, Owner } from '../subgraphs/store/database.ts';
import { addPages } from '../web/pages/routes.ts';
import type { Renewed, Sessions } from '../web/pages/session/renew.ts';
import type { OpenStores } from './openNewsroom.ts';
import { addGhostWebhook } from './webhooks/ghost.ts';

export interface DoorOptions {
  ask: Ask;
  /** Checks access tokens; undefined where none are taken. */
  verify: VerifyReader | undefined;
  /** Renews the sessions of readers. */
  renew: Renew;
  /** A database for whoever keeps something of their own. */
  databaseOf: (owner: Owner) => Promise<Database>;
  /** For what comes in; what readers see is asked of the graph. */
  stores: OpenStores;
  /** By which what Ghost tells is known; none: nothing of it is taken. */
  webhookSecrets: readonly string[];
  /** The language of stories that come in and tell none. */
  contentLanguage?: string | undefined;
  /** What changes in Articles, for whoever tells others. */
  changes: ChangeSource;
  settings: Settings;
  log: Logger;
}

/** As Membership renews: rejects with UNAUTHENTICATED where a refresh token is not in force. */
type Renew = (refreshToken: string, asked: { leewayMs: number; client: string | null }) => Promise<Renewed>;

/** Adds them all; `stop` ends what goes on beside requests. Rejects when one cannot be opened. */
export async function addDoors(
  app: FastifyInstance,
  given: DoorOptions,
): Promise<{ stop: () => Promise<void> }> {
  // One address for all of them: what a feed calls itself is what the hub knows it by.
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

/** Two tabs that renew at the same time are one reader: so long the second one is not taken for a thief. */
const leewayMs = 10_000;

function sessionsBy(renew: Renew): Sessions {
  return {
    renew: (refreshToken, client) =>
      renew(refreshToken, { leewayMs, client }).catch((error: unknown) => {
        if (error instanceof GraphQLError && error.extensions.code === 'UNAUTHENTICATED') return undefined;
        throw error;
      }),
  };
}
