/** Opens push: the hub, the follower of changes, and the sender. */
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Ask } from '../../gateway/server/graphClient.ts';
import type { Settings } from '../../gateway/settings.ts';
import type { Database, Owner } from '../../subgraphs/store/database.ts';
import { withoutValues } from '../../subgraphs/store/databaseFailure.ts';
import { openLoop } from '../../subgraphs/store/pollLoop.ts';
import { contentFor } from '../feeds/content.ts';
import { feedExists } from '../feeds/writeFeed.ts';
import type { PartnerSettings } from '../settings.ts';
import { openAddressPolicy } from './addressPolicy.ts';
import { openTell } from './event.ts';
import { openFeedContent } from './feedContent.ts';
import { type ChangeSource, follow } from './follow.ts';
import { addHub } from './hub.ts';
import { openSender } from './send.ts';
import { openExchange } from './sendRequest.ts';
import { openPushStore, pushOwner } from './store.ts';

export interface PushOptions {
  ask: Ask;
  databaseOf: (owner: Owner) => Promise<Database>;
  changes: ChangeSource;
  /** The base URL of the site, without a slash at the end. */
  publicUrl: string;
  settings: Pick<Settings, 'isProduction' | 'drainTimeoutMs'> &
    Pick<PartnerSettings, 'publicationName' | 'allowsPrivateTargets'>;
  log: Logger;
}

const clock = () => new Date();
const everyMs = 1000;
const tidyEveryMs = 3_600_000;
const keptDays = 30;

/** Adds the hub; follows changes and sends deliveries from the moment the server listens until `stop`. */
export async function addPush(
  app: FastifyInstance,
  { ask, databaseOf, changes, publicUrl, settings, log }: PushOptions,
): Promise<{ stop: () => Promise<void> }> {
  const store = openPushStore(await databaseOf(pushOwner));
  const addressPolicy = openAddressPolicy({
    isProduction: settings.isProduction,
    allowsPrivate: settings.allowsPrivateTargets,
  });
  const looping = {
    everyMs,
    onError: (error: unknown) => log.warn({ err: withoutValues(error) }, 'push worker failed; retrying'),
  };
  const sender = openSender({
    ...{ store, addressPolicy, publicUrl, clock, log },
    exchange: openExchange(addressPolicy),
    contentOf: openFeedContent({ ask, publicUrl, publisher: settings.publicationName, log }),
    tell: openTell(ask, publicUrl),
    hub: `${publicUrl}/hub`,
    random: Math.random,
    onFree: () => sending.wake(),
  });
  const sending = openLoop(async () => (await sender.look()) > 0, looping);
  const following = openLoop(async () => {
    const hasMore = await follow({ changes, store, publicUrl, clock });
    if (hasMore) sending.wake();
    return hasMore;
  }, looping);
  const tidying = openLoop(
    async () => {
      await store.forget(new Date(clock().getTime() - keptDays * 86_400_000));
      return false;
    },
    { ...looping, everyMs: tidyEveryMs },
  );

  addHub(app, {
    ...{ store, addressPolicy, publicUrl, clock },
    feedExists: (name, caller) => feedExists(name, contentFor(ask, caller)),
    onAsked: sending.wake,
  });

  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      await Promise.all([following, sending, tidying].map((loop) => loop.stop()));
      await sender.stop(settings.drainTimeoutMs);
    })();
    return stopping;
  };
  app.addHook('onListen', async () => {
    for (const loop of [following, sending, tidying]) loop.start();
  });
  // The graph closes with the server, so no delivery starts after this.
  app.addHook('preClose', async () => void stop());
  return { stop };
}
