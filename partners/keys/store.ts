/** The store of partners and their API keys, with all of its SQL. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Database, Owner, Sql } from '../../subgraphs/store/database.ts';
import { keys, partners } from './tables.ts';

export const keysOwner: Owner = { name: 'partners', migrations: 'partners/keys/migrations' };

export type PartnerRow = typeof partners.$inferSelect;
export type KeyRow = typeof keys.$inferSelect;

/** Terms agreed with a partner. A missing term is unchanged, or has its default for a new partner. */
export type Terms = Partial<Pick<PartnerRow, 'origins' | 'rights' | 'mayExplore' | 'quota'>>;

export type KeyStore = ReturnType<typeof openKeyStore>;

/** The least time between two updates of a key's last use. */
export const useNotedEveryMs = 60_000;

/** Opens the store; the migrations of `database` must be applied. */
export function openKeyStore({ sql: db, read }: Database) {
  const byPrefix = read(
    'key_by_prefix',
    db
      .select({ key: keys, partner: partners })
      .from(keys)
      .innerJoin(partners, eq(keys.partnerId, partners.id))
      .where(eq(keys.prefix, sql.placeholder('prefix'))),
  );

  const agreedOrigins = read(
    'partner_origins',
    db.selectDistinct({ origin: sql<string>`unnest(${partners.origins})` }).from(partners),
  );

  return {
    /** Every origin agreed with any partner. */
    origins: async (): Promise<string[]> => (await agreedOrigins()).map(({ origin }) => origin),

    /** The key with this prefix and its partner, active or not; null when there is none. */
    async keyByPrefix(prefix: string): Promise<{ key: KeyRow; partner: PartnerRow } | null> {
      const [row] = await byPrefix({ prefix });
      return row ?? null;
    },

    /** Records the use of a key, at most once a minute. */
    async noteUse(prefix: string, at: Date): Promise<void> {
      const isOld = lte(keys.lastUsedAt, new Date(at.getTime() - useNotedEveryMs));
      await db
        .update(keys)
        .set({ lastUsedAt: at })
        .where(and(eq(keys.prefix, prefix), or(isNull(keys.lastUsedAt), isOld)));
    },

    /** All partners by name, each with their keys, the oldest first. */
    async list(): Promise<{ partner: PartnerRow; keys: KeyRow[] }[]> {
      const all = await db.select().from(partners).orderBy(asc(partners.name));
      const theirs = await db.select().from(keys).orderBy(asc(keys.createdAt), asc(keys.prefix));
      return all.map((partner) => ({
        partner,
        keys: theirs.filter(({ partnerId }) => partnerId === partner.id),
      }));
    },

    /** Changes one partner in a transaction, under a lock for that partner. */
    change: <Result>(name: string, work: (change: Change) => Promise<Result>): Promise<Result> =>
      db.transaction(async (transaction) => {
        const lock = `dateline partner ${name}`;
        await transaction.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`);
        return work(changeOf(transaction, name));
      }),
  };
}

export type Change = ReturnType<typeof changeOf>;

/** Changes to one partner within a transaction. */
function changeOf(db: Sql, name: string) {
  const inForce = (partnerId: string, at: Date) =>
    and(
      eq(keys.partnerId, partnerId),
      isNull(keys.revokedAt),
      or(isNull(keys.expiresAt), gt(keys.expiresAt, at)),
    );
  return {
    async find(): Promise<PartnerRow | null> {
      const [row] = await db.select().from(partners).where(eq(partners.name, name));
      return row ?? null;
    },

    async create(terms: Terms, at: Date): Promise<PartnerRow> {
      const row = { ...usualTerms, ...terms, id: randomUUID(), name, createdAt: at };
      await db.insert(partners).values(row);
      return row;
    },

    async setTerms(partner: PartnerRow, terms: Terms): Promise<PartnerRow> {
      if (Object.keys(terms).length > 0)
        await db.update(partners).set(terms).where(eq(partners.id, partner.id));
      return { ...partner, ...terms };
    },

    /** Whether the partner has a key that is active at that time. */
    async hasKey({ id }: PartnerRow, at: Date): Promise<boolean> {
      const some = await db.select({ prefix: keys.prefix }).from(keys).where(inForce(id, at)).limit(1);
      return some.length > 0;
    },

    async addKey({ id }: PartnerRow, { prefix, hash }: Pick<KeyRow, 'prefix' | 'hash'>, at: Date) {
      await db.insert(keys).values({ prefix, hash, partnerId: id, createdAt: at });
    },

    /** Ends the active keys at `end` at the latest. */
    async endKeys({ id }: PartnerRow, end: Date, at: Date): Promise<void> {
      await db
        .update(keys)
        .set({ expiresAt: sql`least(${keys.expiresAt}, ${end.toISOString()}::timestamptz)` })
        .where(inForce(id, at));
    },

    /** Revokes the active keys; resolves to their prefixes. */
    async revokeKeys({ id }: PartnerRow, at: Date): Promise<string[]> {
      const revoked = await db
        .update(keys)
        .set({ revokedAt: at })
        .where(inForce(id, at))
        .returning({ prefix: keys.prefix });
      return revoked.map(({ prefix }) => prefix);
    },
  };
}

const usualTerms: Required<Terms> = {
  origins: [],
  rights: { text: true, pictures: false },
  mayExplore: false,
  quota: null,
};
