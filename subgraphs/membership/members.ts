/** Puts members: each address belongs to one member, and the member count stays exact under concurrent writes. */
import { sql } from 'drizzle-orm';
import type { Sql } from '../store/database.ts';
import { ContentError, type PutOutcome, putRows } from '../store/putContent.ts';
import type { MemberContent } from './content.ts';
import { type MemberRow, memberRowOf } from './rows.ts';
import { endSessionsOf } from './sql/sessions.ts';
import { memberCounts, members, newsletters, outbox, tiers } from './tables.ts';

/** Puts members within a transaction, which locks the member count until it ends: one writer at a time. */
export async function putMembersIn(
  transaction: Sql,
  items: readonly MemberContent[],
  { by, at }: { by: string; at: Date },
): Promise<PutOutcome[]> {
  await lockMemberCount(transaction);
  const findTier = finderIn(await transaction.select().from(tiers));
  const findNewsletter = finderIn(await transaction.select().from(newsletters));
  const resolved = items.map(({ tierSlugs = [], newsletterSlugs = [] }) => ({
    tiers: findAll(tierSlugs, findTier, 'tier'),
    newsletters: findAll(newsletterSlugs, findNewsletter, 'newsletter'),
  }));
  const rows = items.map((item, position) => {
    const tierIds = resolved[position]?.tiers.ids ?? [];
    return memberRowOf(item, { tierIds, newsletterIds: resolved[position]?.newsletters.ids ?? [] }, at);
  });
  const latest = new Map(rows.map((row) => [row.id, row]));
  const before = await storedMembersLike(transaction, [...latest.values()]);
  refuseSharedAddresses([...latest.values()], before);
  const stored = new Map(before.map((row) => [row.id, row]));
  for (const [position, row] of rows.entries()) {
    const previous = stored.get(row.id);
    if (!previous) continue;
    row.standingChangedAt = statusChangedAtOf(row, previous, at);
    if (items[position]?.newsletterSlugs === undefined) row.newsletterIds = previous.newsletterIds;
    if (items[position]?.memberSince === undefined) row.memberSince = previous.memberSince;
  }
  const { outcomes } = await putRows(transaction, { table: members, outbox, type: 'Member', rows, by, at });
  await endSessionsOf(
    transaction,
    [...latest.values()].flatMap(({ id, deletedAt }) => (deletedAt === null ? [] : [id])),
  );
  const staying = [...latest.values()].filter(({ deletedAt }) => deletedAt === null).length;
  const stayed = before.filter(({ id, hasLeft }) => latest.has(id) && !hasLeft).length;
  await changeMemberCount(transaction, staying - stayed);
  return outcomes.map((outcome, position) => ({
    ...outcome,
    notes: [
      ...outcome.notes,
      ...(resolved[position]?.tiers.notes ?? []),
      ...(resolved[position]?.newsletters.notes ?? []),
    ],
  }));
}

/** Creates the row of the member count if missing, and locks it until the transaction ends. */
export async function lockMemberCount(transaction: Sql) {
  await transaction
    .insert(memberCounts)
    .values({ id: 1, total: 0 })
    .onConflictDoUpdate({ target: memberCounts.id, set: { id: sql`excluded.id` } });
}

/** Adds a difference to the member count, within a transaction that has locked it. */
export async function changeMemberCount(transaction: Sql, difference: number) {
  if (difference === 0) return;
  await transaction.update(memberCounts).set({ total: sql`${memberCounts.total} + ${difference}` });
}

type StatusFields = Pick<MemberRow, 'status' | 'tierIds' | 'deletedAt' | 'standingChangedAt'>;

interface StoredMember extends Omit<StatusFields, 'deletedAt'> {
  id: string;
  emailKey: string;
  newsletterIds: string[];
  memberSince: Date;
  hasLeft: boolean;
}

/**
 * When a member's status last changed; `current` is the new status. Always later than the previous change, whatever the
 * clock says, since access tokens are compared with it.
 */
function statusChangedAtOf(current: StatusFields, previous: StoredMember, at: Date): Date | null {
  const isSame =
    current.status === previous.status &&
    (current.deletedAt !== null) === previous.hasLeft &&
    current.tierIds.length === previous.tierIds.length &&
    current.tierIds.every((id) => previous.tierIds.includes(id));
  return isSame ? previous.standingChangedAt : laterThan(previous.standingChangedAt, at);
}

/** `at`, or a millisecond after `last` if that is later. */
export const laterThan = (last: Date | null, at: Date): Date =>
  last !== null && last >= at ? new Date(last.getTime() + 1) : at;

/** The members with one of the ids or one of the addresses. */
function storedMembersLike(transaction: Sql, rows: readonly MemberRow[]): Promise<StoredMember[]> {
  const ids = rows.map(({ id }) => id);
  const keys = rows.map(({ emailKey }) => emailKey);
  return transaction
    .select({
      id: members.id,
      emailKey: members.emailKey,
      status: members.status,
      tierIds: members.tierIds,
      newsletterIds: members.newsletterIds,
      memberSince: members.memberSince,
      standingChangedAt: members.standingChangedAt,
      hasLeft: sql<boolean>`${members.deletedAt} is not null`,
    })
    .from(members)
    .where(
      sql`${members.id} = any(${sql.param(ids)}::uuid[]) or ${members.emailKey} = any(${sql.param(keys)}::text[])`,
    );
}

function refuseSharedAddresses(rows: readonly MemberRow[], stored: readonly StoredMember[]) {
  const holders = new Map(stored.map(({ emailKey, id }) => [emailKey, id]));
  for (const { id, emailKey, sourceId } of rows) {
    const holder = holders.get(emailKey) ?? id;
    if (holder !== id)
      throw new ContentError(
        sourceId,
        'Expected the e-mail address of a member to be nobody else’s, but another member has the same address.',
      );
    holders.set(emailKey, id);
  }
}

type Find = (name: string) => string | undefined;

/** Returns a function that finds an id by slug or by name, case-insensitively. */
function finderIn(rows: readonly { id: string; slug: string; name: string }[]): Find {
  const ids = new Map(rows.map(({ id, name }) => [name.toLowerCase(), id]));
  for (const { id, slug } of rows) ids.set(slug, id);
  return (name) => ids.get(name.trim().toLowerCase());
}

function findAll(names: readonly string[], find: Find, kind: string) {
  const ids = names.flatMap((name) => find(name) ?? []);
  const notes = names
    .filter((name) => find(name) === undefined)
    .map((name) => `There is no ${kind} named "${name}", so the member got none.`);
  return { ids: [...new Set(ids)], notes };
}
