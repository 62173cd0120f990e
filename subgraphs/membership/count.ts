/** The public member count. Pure functions. */

/** The rounding steps of the banner: a count below `below` is rounded down to a multiple of `to`. */
const bands = [
  { below: 100, to: 10 },
  { below: 500, to: 50 },
  { below: 10_000, to: 100 },
  { below: 100_000, to: 1000 },
  { below: Number.POSITIVE_INFINITY, to: 10_000 },
];

/**
 * The number to show: 25,640 gives 25,000; fewer than 10 give 0. It is never above the actual count, and never exact
 * enough to reveal a single new member.
 */
export function roundedDown(total: number): number {
  const to = bands.find(({ below }) => total < below)?.to ?? 1;
  return Math.max(0, Math.floor(total / to) * to);
}

/** "25,000+" in a locale; "0" without the plus. */
export function countText(rounded: number, format: Intl.NumberFormat): string {
  return rounded === 0 ? format.format(0) : `${format.format(rounded)}+`;
}

export type CampaignStatus = 'SCHEDULED' | 'ACTIVE' | 'GOAL_REACHED' | 'ENDED';

interface CampaignPlan {
  goal: number;
  startsAt: Date;
  endsAt: Date | null;
}

/**
 * The progress of a campaign. It uses the rounded count, since an exactly reached goal would reveal the exact one.
 * `percent` is 0 to 100, rounded down to tenths.
 */
export function progressOf({ goal, startsAt, endsAt }: CampaignPlan, rounded: number, now: Date) {
  const remaining = Math.max(0, goal - rounded);
  const percent = remaining === 0 ? 100 : Math.floor((rounded / goal) * 1000) / 10;
  return { roundedTotal: rounded, remaining, percent, status: statusOf() };

  function statusOf(): CampaignStatus {
    if (now < startsAt) return 'SCHEDULED';
    if (endsAt !== null && now >= endsAt) return 'ENDED';
    return remaining === 0 ? 'GOAL_REACHED' : 'ACTIVE';
  }
}
