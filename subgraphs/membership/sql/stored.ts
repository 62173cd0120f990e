/** Converts stored members back to content, for callers that change some fields and keep the rest. */
import { eq, inArray } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import type { MemberContent } from '../content.ts';
import { emailKeyOf } from '../mailbox.ts';
import type { MemberRow } from '../rows.ts';
import { members, tiers } from '../tables.ts';

/** The member with an address, including one who has left; null if there is none. */
export async function contentByAddress(db: Sql, email: string): Promise<MemberContent | null> {
  const [row] = await db
    .select()
    .from(members)
    .where(eq(members.emailKey, emailKeyOf(email)));
  return row ? contentOf(db, row) : null;
}

/** Newsletters are left out, so that the member's own choice stays. */
export async function contentOf(db: Sql, row: MemberRow): Promise<MemberContent> {
  const { sourceId, email, name, status, tierIds, stripeCustomerId, labels, note, memberSince, deletedAt } =
    row;
  const rows = await db.select({ slug: tiers.slug }).from(tiers).where(inArray(tiers.id, tierIds));
  return {
    ...{ sourceId, email, status, labels, memberSince },
    ...(rows.length > 0 && { tierSlugs: rows.map(({ slug }) => slug) }),
    ...(name !== null && { name }),
    ...(stripeCustomerId !== null && { stripeCustomerId }),
    ...(note !== null && { note }),
    ...(deletedAt !== null && { deletedAt }),
  };
}
