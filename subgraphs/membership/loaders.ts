/** The data loaders of Membership for one request; each value and each batch of keys is one query. */
import DataLoader from 'dataloader';
import { roundedDown } from './count.ts';
import type { MemberRow } from './rows.ts';
import type { MembershipStore, TierRow } from './store.ts';

export type MembershipLoaders = ReturnType<typeof createMembershipLoaders>;

export function createMembershipLoaders(store: MembershipStore, now: Date) {
  const count = once(() => store.memberCount());
  return {
    memberById: new DataLoader<string, MemberRow | null>((ids) => store.membersByIds(ids)),
    tierById: new DataLoader<string, TierRow | null>((ids) => store.tiersByIds(ids)),
    tiers: once(() => store.tiers()),
    newsletters: once(() => store.newsletters()),
    campaign: once(() => store.runningCampaign(now)),
    thankYouMessage: once(() => store.thankYouMessage()),
    /** Only for readers with the scope to see the exact count. */
    exactCount: count,
    roundedCount: once(async () => roundedDown(await count())),
  };
}

/** Calls the function on the first call only, and returns the same promise afterwards. */
export function once<Result>(load: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    result ??= load();
    return result;
  };
}
