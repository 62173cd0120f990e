/** The store of push, the only access to its tables. The SQL is in sql/. */
import type { Database, Owner } from '../../subgraphs/store/database.ts';
import { openDeliveries } from './sql/deliveries.ts';
import { openFollowing } from './sql/following.ts';
import { openSubscriptions } from './sql/subscriptions.ts';
import { openWebhooks } from './sql/webhooks.ts';

export const pushOwner: Owner = { name: 'push', migrations: 'partners/push/migrations' };

export type PushStore = ReturnType<typeof openPushStore>;

/** Opens the store; the migrations of `database` must be applied. */
export function openPushStore({ sql: db }: Database) {
  return {
    ...openFollowing(db),
    ...openSubscriptions(db),
    ...openWebhooks(db),
    ...openDeliveries(db),
  };
}
