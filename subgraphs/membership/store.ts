/** The store of Membership, with all of its SQL. */
import { asc, desc, sql } from 'drizzle-orm';
import { isId } from '../store/contentId.ts';
import type { Database } from '../store/database.ts';
import { inPut, type Put, putOf } from '../store/putContent.ts';
import type { CommunityContent, MemberContent } from './content.ts';
import { putMembersIn } from './members.ts';
import {
  type CampaignRow,
  campaignRowOf,
  communityRowOf,
  type NewsletterRow,
  newsletterRowOf,
  type TierRow,
  tierRowOf,
} from './rows.ts';
import { openPeople } from './sql/people.ts';
import { contentByAddress } from './sql/stored.ts';
import { campaigns, community, memberCounts, members, newsletters, outbox, tiers } from './tables.ts';

export type { CampaignRow, NewsletterRow, TierRow } from './rows.ts';

export type MembershipStore = ReturnType<typeof openMembershipStore>;

/** Opens the store on a database whose migrations are applied. `clock` gives the time of writes. */
export function openMembershipStore(database: Database, clock: () => Date = () => new Date()) {
  const { sql: db, read } = database;
  const tiersByIds = read(
    'tiers_by_ids',
    db
      .select()
      .from(tiers)
      .where(sql`${tiers.id} = any(${sql.placeholder('ids')}::uuid[])`),
  );
  const allTiers = read('tiers_all', db.select().from(tiers));
  const allNewsletters = read(
    'newsletters_all',
    db.select().from(newsletters).orderBy(asc(newsletters.name)),
  );
  const running = sql`${campaigns.startsAt} <= ${sql.placeholder('now')}::timestamptz
    and (${campaigns.endsAt} is null or ${campaigns.endsAt} > ${sql.placeholder('now')}::timestamptz)`;
  const runningCampaign = read(
    'campaign_running',
    db.select().from(campaigns).where(running).orderBy(desc(campaigns.startsAt), asc(campaigns.id)).limit(1),
  );
  const memberCount = read('member_count', db.select().from(memberCounts));
  const words = read('community_words', db.select().from(community).limit(1));

  return {
    ...openPeople(database, clock),

    /** In the order of the ids; null for a missing tier. */
    async tiersByIds(ids: readonly string[]): Promise<(TierRow | null)[]> {
      const rows = await tiersByIds({ ids: ids.filter(isId) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    },

    /** All tiers: the free ones first, then by monthly price. */
    async tiers(): Promise<TierRow[]> {
      const rows = await allTiers();
      return rows.sort((a, b) => rankOf(a) - rankOf(b) || (a.slug < b.slug ? -1 : 1));
    },

    /** All newsletters, by name. */
    newsletters: (): Promise<NewsletterRow[]> => allNewsletters(),

    /** The current campaign; of several, the one that began last. */
    async runningCampaign(now: Date): Promise<CampaignRow | null> {
      const [row] = await runningCampaign({ now: now.toISOString() });
      return row ?? null;
    },

    /** The exact number of current members, which must not be published. */
    async memberCount(): Promise<number> {
      const [row] = await memberCount();
      return row?.total ?? 0;
    },

    /** Whether neither a member nor a tier is stored. */
    async isEmpty(): Promise<boolean> {
      const some = await db.select({ id: members.id }).from(members).limit(1);
      return some.length === 0 && (await db.select({ id: tiers.id }).from(tiers).limit(1)).length === 0;
    },

    /** Null if none is stored. */
    async thankYouMessage(): Promise<string | null> {
      const [row] = await words();
      return row?.thankYouMessage ?? null;
    },

    /** The member with an address as content, including one who has left; null if there is none. */
    memberContent: (email: string): Promise<MemberContent | null> => contentByAddress(db, email),

    putTiers: putOf(db, { table: tiers, outbox, type: 'Tier', rowOf: tierRowOf, clock }),

    putNewsletters: putOf(db, {
      table: newsletters,
      outbox,
      type: 'Newsletter',
      rowOf: newsletterRowOf,
      clock,
    }),

    putCampaigns: putOf(db, { table: campaigns, outbox, type: 'Campaign', rowOf: campaignRowOf, clock }),

    putMembers: ((items, by) =>
      inPut(db, (transaction) =>
        putMembersIn(transaction, items, { by, at: clock() }),
      )) satisfies Put<MemberContent>,

    async putCommunity(content: CommunityContent, by: string): Promise<void> {
      await putOf(db, { table: community, outbox, type: 'Membership', rowOf: communityRowOf, clock })(
        [content],
        by,
      );
    },
  };
}

/** The lowest monthly price; -1 for a free tier. */
function rankOf({ type, prices }: TierRow): number {
  if (type === 'FREE') return -1;
  const months = prices.map(({ amountMinor, interval }) => amountMinor / (interval === 'YEAR' ? 12 : 1));
  return Math.min(...months);
}
