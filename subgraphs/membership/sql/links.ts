/** Sign-in links, each of which can be used once. */
import { and, eq, gt, lte, sql } from 'drizzle-orm';
import type { Sql } from '../../store/database.ts';
import { signInLinks } from '../tables.ts';

export function openLinks(db: Sql) {
  const insertLink = db
    .insert(signInLinks)
    .values({
      tokenHash: sql.placeholder('tokenHash'),
      email: sql.placeholder('email'),
      expiresAt: sql.placeholder('expiresAt'),
    })
    .prepare('sign_in_link_add');

  return {
    async add(link: { tokenHash: string; email: string; expiresAt: Date }): Promise<void> {
      await insertLink.execute(link);
    },

    /** Redeems a link: returns the address it was mailed to, or undefined if it is not valid. */
    async take(tokenHash: string, now: Date, within: Sql = db): Promise<string | undefined> {
      const [link] = await within
        .delete(signInLinks)
        .where(and(eq(signInLinks.tokenHash, tokenHash), gt(signInLinks.expiresAt, now)))
        .returning({ email: signInLinks.email });
      return link?.email;
    },

    /** Deletes expired rows; resolves to whether there may be more. */
    async sweep(now: Date, atMost: number): Promise<boolean> {
      const old = db
        .select({ tokenHash: signInLinks.tokenHash })
        .from(signInLinks)
        .where(lte(signInLinks.expiresAt, now))
        .limit(atMost);
      const deleted = await db
        .delete(signInLinks)
        .where(sql`${signInLinks.tokenHash} in ${old}`)
        .returning({ one: sql`1` });
      return deleted.length === atMost;
    },
  };
}
