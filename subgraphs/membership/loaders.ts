/** What Membership loads for one request, each thing and each list of keys with one question to the store. */
import DataLoader from 'dataloader';
import { roundedDown } from './count.ts';
import type { MembershipStore, TierRow } from './store.ts';

export type MembershipLoaders = ReturnType<typeof createMembershipLoaders>;

export function createMembershipLoaders(store: MembershipStore, now: Date) {
  return {
    tierById: new DataLoader<string, TierRow | null>((ids) => store.tiersByIds(ids)),
    tiers: once(() => store.tiers()),
    newsletters: once(() => store.newsletters()),
    campaign: once(() => store.runningCampaign(now)),
    thankYouMessage: once(() => store.thankYouMessage()),
    /** The exact number stays here: nothing that answers the public can get at it. */
    roundedCount: once(async () => roundedDown(await store.memberCount())),
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
