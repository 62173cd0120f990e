/** Webhooks of partners and their deliveries. */
import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { isId } from '../../../subgraphs/store/contentId.ts';
import type { Sql } from '../../../subgraphs/store/database.ts';
import { deliveries, webhooks } from '../tables.ts';

export type Webhook = typeof webhooks.$inferSelect;
export type Delivery = typeof deliveries.$inferSelect;

export function openWebhooks(db: Sql) {
  return {
    async addWebhook(webhook: Omit<Webhook, 'id' | 'state'>): Promise<string> {
      const [row] = await db
        .insert(webhooks)
        .values({ ...webhook, state: 'active' })
        .returning({ id: webhooks.id });
      return (row as { id: string }).id;
    },

    /** All active webhooks, the oldest first. */
    webhooks: (): Promise<Webhook[]> =>
      db.select().from(webhooks).where(eq(webhooks.state, 'active')).orderBy(asc(webhooks.createdAt)),

    /** Ends a webhook and deletes its secret; false when there is none. */
    async removeWebhook(id: string, now: Date): Promise<boolean> {
      if (!isId(id)) return false;
      return db.transaction(async (transaction) => {
        const ended = await transaction
          .update(webhooks)
          .set({ state: 'ended', secret: '' })
          .where(and(eq(webhooks.id, id), eq(webhooks.state, 'active')))
          .returning({ id: webhooks.id });
        await transaction
          .update(deliveries)
          .set({ state: 'dropped', endedAt: now })
          .where(and(eq(deliveries.target, id), eq(deliveries.state, 'pending')));
        return ended.length > 0;
      });
    },

    /** Deliveries, the newest first; without the secrets of verifications. */
    async deliveries({ isDead = false, limit }: { isDead?: boolean; limit: number }): Promise<Delivery[]> {
      const which = isDead ? eq(deliveries.state, 'dead') : undefined;
      const rows = await db.select().from(deliveries).where(which).orderBy(desc(deliveries.at)).limit(limit);
      return rows.map((row) => ({ ...row, intent: null }));
    },

    /** Queues an ended delivery again under the same id; false when there is none. */
    async replay(id: string, now: Date): Promise<boolean> {
      if (!isId(id)) return false;
      const again = await db
        .update(deliveries)
        .set({ state: 'pending', attempts: 0, isTaken: false, nextAttemptAt: now, endedAt: null })
        .where(
          and(
            eq(deliveries.id, id),
            inArray(deliveries.kind, ['feed', 'event']),
            inArray(deliveries.state, ['delivered', 'dead', 'dropped']),
          ),
        )
        .returning({ id: deliveries.id });
      return again.length > 0;
    },
  };
}
