/** Updates the comparison keys of members that were stored by earlier rules. */
import { eq, or, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { emailKeyOf } from '../mailbox.ts';
import { members } from '../tables.ts';

/**
 * Checks addresses whose key may have changed: those outside ASCII, and Punycode. If two members turn out to have the
 * same mailbox, the one with the key keeps it, and the other stays unchanged. Resolves to the number of such
 * duplicates.
 */
export async function rekeyMembers(db: Sql): Promise<number> {
  const rows = await db
    .select({ id: members.id, email: members.email, emailKey: members.emailKey })
    .from(members)
    .where(or(sql`${members.emailKey} ~ '[^ -~]'`, sql`${members.emailKey} like '%xn--%'`))
    .orderBy(members.memberSince, members.id);
  let doubles = 0;
  for (const { id, email, emailKey } of rows) {
    const key = emailKeyOf(email);
    if (key === emailKey) continue;
    const updated = await db
      .update(members)
      .set({ emailKey: key })
      .where(
        sql`${eq(members.id, id)} and not exists (select from ${members} as held where held.email_key = ${key})`,
      )
      .returning({ id: members.id });
    if (updated.length === 0) doubles += 1;
  }
  return doubles;
}
