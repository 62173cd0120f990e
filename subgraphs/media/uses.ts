/** Stores the uses of pictures and videos that Articles and Authors report. */
import { eq, sql } from 'drizzle-orm';
import type { Sql } from '../store/database.ts';
import type { MediaUse, MediaUses } from '../store/mediaUse.ts';
import { inPut } from '../store/putContent.ts';
import { insertRows } from '../store/writeRows.ts';
import { followed, users, uses } from './tables.ts';

export function openUses(db: Sql): MediaUses {
  return {
    /** Replaces the uses of these users, unless the stored version is the same or newer. */
    putUses: async (reported) => {
      if (reported.length === 0) return;
      const latest = new Map<string, MediaUse>();
      // In the order of the ids, so that concurrent writes do not deadlock.
      for (const use of [...reported].sort((a, b) => (a.userId < b.userId ? -1 : 1)))
        if (use.version >= (latest.get(use.userId)?.version ?? 0)) latest.set(use.userId, use);
      // Most uses from an outbox are stored already, since the write itself reported them; a read detects this.
      const stored = await versionsOf(db, [...latest.keys()]);
      const ahead = [...latest.values()].filter(
        ({ userId, version }) => version > (stored.get(userId) ?? -1),
      );
      if (ahead.length === 0) return;
      await inPut(db, async (transaction) => {
        const newer = await newerUsers(transaction, ahead);
        if (newer.length === 0) return;
        await transaction.delete(uses).where(sql`${uses.userId} = any(${sql.param(newer)}::uuid[])`);
        await insertRows(
          transaction,
          uses,
          newer.flatMap((id) => rowsOf(latest.get(id))),
        );
      });
    },

    async usesFollowedTo(source) {
      const [row] = await db.select().from(followed).where(eq(followed.source, source));
      return row?.position ?? 0;
    },

    async setUsesFollowed(source, position) {
      await db
        .insert(followed)
        .values({ source, position })
        .onConflictDoUpdate({
          target: followed.source,
          set: { position: sql`greatest(${followed.position}, excluded.position)` },
        });
    },
  };
}

async function versionsOf(db: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select()
    .from(users)
    .where(sql`${users.id} = any(${sql.param(ids)}::uuid[])`);
  return new Map(rows.map(({ id, version }) => [id, version]));
}

/** Stores the versions of these users; returns the ids of those that were older. */
async function newerUsers(transaction: Sql, reported: readonly MediaUse[]): Promise<string[]> {
  const rows = JSON.stringify(reported.map(({ userId: id, version }) => ({ id, version })));
  const result = await transaction.execute(sql`
    insert into ${users} (id, version)
    select r.id, r.version from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, version bigint) order by r.id
    on conflict (id) do update set version = excluded.version where ${users.version} < excluded.version
    returning id`);
  return (result as unknown as { rows: { id: string }[] }).rows.map(({ id }) => id);
}

function rowsOf(use: MediaUse | undefined): (typeof uses.$inferInsert)[] {
  if (!use?.visibleFrom) return [];
  const { userId, visibleFrom, openIds, gatedIds } = use;
  const open = new Set(openIds);
  return [...new Set([...openIds, ...gatedIds])].map((mediaId) => ({
    ...{ mediaId, userId, visibleFrom },
    isOpen: open.has(mediaId),
  }));
}
