/** The only SQL of Membership. */
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

/** The store over a database whose migrations are applied. `clock` tells the time that writing is stamped with. */
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

    /** In the order of the ids; a missing one as null. */
    async tiersByIds(ids: readonly string[]): Promise<(TierRow | null)[]> {
      const rows = await tiersByIds({ ids: ids.filter(isId) });
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    },

    /** All of them: the free ones first, then by what a month costs. */
    async tiers(): Promise<TierRow[]> {
      const rows = await allTiers();
      return rows.sort((a, b) => rankOf(a) - rankOf(b) || (a.slug < b.slug ? -1 : 1));
    },

    /** All of them, by name. */
    newsletters: (): Promise<NewsletterRow[]> => allNewsletters(),

    /** Of those that have begun and not ended, the one that began last. */
    async runningCampaign(now: Date): Promise<CampaignRow | null> {
      const [row] = await runningCampaign({ now: now.toISOString() });
      return row ?? null;
    },

    /** Members who have not left, exactly: never to be shown as it is. */
    async memberCount(): Promise<number> {
      const [row] = await memberCount();
      return row?.total ?? 0;
    },

    /** Whether there is neither a member nor a tier. */
    async isEmpty(): Promise<boolean> {
      const some = await db.select({ id: members.id }).from(members).limit(1);
      return some.length === 0 && (await db.select({ id: tiers.id }).from(tiers).limit(1)).length === 0;
    },

    /** Null where nobody has put one. */
    async thankYouMessage(): Promise<string | null> {
      const [row] = await words();
      return row?.thankYouMessage ?? null;
    },

    /** The member with an address as it would be put, also one who has left; null where nobody has it. */
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

/** What a month costs at least, and nothing for what is free. */
function rankOf({ type, prices }: TierRow): number {
  if (type === 'FREE') return -1;
  const months = prices.map(({ amountMinor, interval }) => amountMinor / (interval === 'YEAR' ? 12 : 1));
  return Math.min(...months);
}
