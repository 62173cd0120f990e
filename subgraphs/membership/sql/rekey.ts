/** Gives members that were stored before the keys of addresses that hold now. */
import { eq, or, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { emailKeyOf } from '../mailbox.ts';
import { members } from '../tables.ts';

/**
 * Looks at addresses that may have another key than they had: those that are not plain ASCII, and Punycode. Where two members turn out
 * to have one mailbox, the one who has the key keeps it, and the other stays as they are: how many these are is what it resolves to.
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
    const changed = await db
      .update(members)
      .set({ emailKey: key })
      .where(
        sql`${eq(members.id, id)} and not exists (select from ${members} as held where held.email_key = ${key})`,
      )
      .returning({ id: members.id });
    if (changed.length === 0) doubles += 1;
  }
  return doubles;
}
