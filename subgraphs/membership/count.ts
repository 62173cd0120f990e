/** How many members there are, as the public may know it. Pure functions. */

/** Up to which number one rounds down to which: the bands of the banner. */
const bands = [
  { below: 100, to: 10 },
  { below: 500, to: 50 },
  { below: 10_000, to: 100 },
  { below: 100_000, to: 1000 },
  { below: Number.POSITIVE_INFINITY, to: 10_000 },
];

/**
 * The number that is shown: 25,640 gives 25,000; fewer than 10 give 0. Never more than there are, so that
 * the banner does not boast, and never so exact that one can watch a single member join.
 */
export function roundedDown(total: number): number {
  const to = bands.find(({ below }) => total < below)?.to ?? 1;
  return Math.max(0, Math.floor(total / to) * to);
}

/** "25,000+" in the words of a locale; "0" without more. */
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
 * How far a campaign is. Works from the rounded number, since a goal that is reached to the head would tell
 * the exact one. `percent` goes from 0 to 100 and is rounded down to tenths.
 */
export function progressOf({ goal, startsAt, endsAt }: CampaignPlan, rounded: number, now: Date) {
  const remaining = Math.max(0, goal - rounded);
  const percent = remaining === 0 ? 100 : Math.floor((rounded / goal) * 1000) / 10;
  return { total: rounded, remaining, percent, status: statusOf() };

  function statusOf(): CampaignStatus {
    if (now < startsAt) return 'SCHEDULED';
    if (endsAt !== null && now >= endsAt) return 'ENDED';
    return remaining === 0 ? 'GOAL_REACHED' : 'ACTIVE';
  }
}
