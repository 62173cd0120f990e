/** Single members: lookup by id or address, joining by a link, newsletter choice, and status changes. */
import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { idOf, isId } from '../../store/contentId.ts';
import type { Database, Sql } from '../../store/database.ts';
import { recordChanges } from '../../store/outbox.ts';
import { hashOf, inPut } from '../../store/putContent.ts';
import { sourceIdOfAddress } from '../content.ts';
import { emailKeyOf } from '../mailbox.ts';
import { changeMemberCount, laterThan, lockMemberCount } from '../members.ts';
import type { MemberRow } from '../rows.ts';
import { members, outbox } from '../tables.ts';
import { endSessionsOf } from './sessions.ts';

/** The time of a member's last status change. */
export interface StatusChange {
  memberId: string;
  changedAt: Date;
}

export function openPeople({ sql: db, read }: Database, clock: () => Date) {
  const byIds = read(
    'members_by_ids',
    db
      .select()
      .from(members)
      .where(and(sql`${members.id} = any(${sql.placeholder('ids')}::uuid[])`, isNull(members.deletedAt))),
  );
  const byAddress = read(
    'member_by_address',
    db
      .select()
      .from(members)
      .where(and(eq(members.emailKey, sql.placeholder('emailKey')), isNull(members.deletedAt))),
  );
  const changedSince = read(
    'standing_changed_since',
    db
      .select({
        memberId: members.id,
        changedAt: sql<Date>`${members.standingChangedAt}`.mapWith(members.standingChangedAt),
      })
      .from(members)
      .where(gt(members.standingChangedAt, sql`${sql.placeholder('since')}::timestamptz`)),
  );

  return {
    /** In the order of the ids; null for members who are unknown or have left. */
    async membersByIds(ids: readonly string[]): Promise<(MemberRow | null)[]> {
      const byId = new Map((await byIds({ ids: ids.filter(isId) })).map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    },

    /** Null if no current member has the address. */
    async memberByAddress(email: string): Promise<MemberRow | null> {
      const [row] = await byAddress({ emailKey: emailKeyOf(email) });
      return row ?? null;
    },

    /** Members whose status, tiers or membership changed after a time. Members without any change are left out. */
    async statusChanges(since: Date): Promise<StatusChange[]> {
      return changedSince({ since: since.toISOString() });
    },

    /** Null if there is no such member. */
    chooseNewsletters(
      memberId: string,
      newsletterIds: readonly string[],
      by: string,
    ): Promise<MemberRow | null> {
      return inPut(db, async (transaction) => {
        const at = clock();
        const [row] = await transaction
          .update(members)
          .set({ newsletterIds: [...newsletterIds], updatedAt: at })
          .where(and(eq(members.id, memberId), isNull(members.deletedAt)))
          .returning();
        if (!row) return null;
        const change = { type: 'Member', id: row.id, change: 'updated' } as const;
        await recordChanges(transaction, outbox, [change], { by, at });
        return row;
      });
    },
  };
}

/** The member with an address, created as FREE if there is none or the member has left. Within a transaction. */
export async function memberAtAddress(transaction: Sql, email: string, at: Date): Promise<MemberRow> {
  const find = () =>
    transaction
      .select()
      .from(members)
      .where(eq(members.emailKey, emailKeyOf(email)));
  const [member] = await find();
  if (member?.deletedAt === null) return member;
  await lockMemberCount(transaction);
  // A concurrent request may have created the member.
  const [stored] = await find();
  if (stored?.deletedAt === null) return stored;
  const row = stored ? await reactivate(transaction, stored, at) : await join(transaction, email, at);
  await changeMemberCount(transaction, 1);
  const change = { type: 'Member', id: row.id, change: stored ? 'updated' : 'created' } as const;
  await recordChanges(transaction, outbox, [change], { by: row.id, at });
  return row;
}

async function join(transaction: Sql, email: string, at: Date): Promise<MemberRow> {
  const addressSourceId = sourceIdOfAddress(email);
  const holders = await transaction
    .select({ id: members.id })
    .from(members)
    .where(eq(members.id, idOf('member', addressSourceId)));
  // Its member has another address by now.
  const sourceId = holders.length > 0 ? `joined:${randomUUID()}` : addressSourceId;
  const row: MemberRow = {
    id: idOf('member', sourceId),
    sourceId,
    contentHash: hashOf({ email, joinedAt: at }),
    updatedAt: at,
    email,
    emailKey: emailKeyOf(email),
    name: null,
    status: 'FREE',
    tierIds: [],
    newsletterIds: [],
    stripeCustomerId: null,
    labels: [],
    note: null,
    memberSince: at,
    deletedAt: null,
    standingChangedAt: null,
  };
  await transaction.insert(members).values(row);
  return row;
}

async function reactivate(transaction: Sql, formerMember: MemberRow, at: Date): Promise<MemberRow> {
  await endSessionsOf(transaction, [formerMember.id]);
  const [row] = await transaction
    .update(members)
    .set({
      status: 'FREE',
      tierIds: [],
      deletedAt: null,
      updatedAt: at,
      standingChangedAt: laterThan(formerMember.standingChangedAt, at),
    })
    .where(eq(members.id, formerMember.id))
    .returning();
  return row as MemberRow;
}
