/** What Membership loads for one request, each thing and each list of keys with one question to the store. */
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
    /** For whoever may know it, and for nobody else. */
    exactCount: count,
    roundedCount: once(async () => roundedDown(await count())),
  };
}

/** Asks when first called, and answers the same to every later call. */
export function once<Result>(question: () => Promise<Result>): () => Promise<Result> {
  let answer: Promise<Result> | undefined;
  return () => {
    answer ??= question();
    return answer;
  };
}
