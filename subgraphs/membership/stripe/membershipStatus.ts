/** Computes a member's status from Stripe subscriptions. Pure functions. */
import type { MemberStatus } from '../content.ts';
import type { MemberRow, TierRow } from '../rows.ts';
import { isPaying, wasInForce } from './stripeEvent.ts';

export interface MembershipStatus {
  /** Whether a subscription is active. */
  isPaying: boolean;
  status: MemberStatus;
  tierIds: string[];
  /** The member's note, with warnings about unknown tiers. */
  note: string | undefined;
  /** The names of unknown tiers, one for each price; "nothing" for a price that names none. */
  unknown: string[];
}

interface StatusInput {
  subscriptions: readonly { status: string; tiers: readonly (readonly string[])[] }[];
  tiers: readonly Pick<TierRow, 'id' | 'slug' | 'name' | 'type'>[];
  /** The stored member; undefined for one to be created. */
  member: Pick<MemberRow, 'status' | 'tierIds' | 'note'> | undefined;
  /** The tiers that the member had before Stripe's first event. */
  ownTierIds: readonly string[];
}

const noteStart = 'Stripe: ';

/**
 * A paying member is PAID, with the tiers that the prices name, or the previous tiers if no price names one. A member
 * who no longer pays is FREE without paid tiers. A COMPED or GIFT member keeps the status, and has the paid tiers in
 * addition.
 */
export function membershipStatusOf({
  subscriptions,
  tiers,
  member,
  ownTierIds,
}: StatusInput): MembershipStatus {
  const paid = subscriptions.filter(({ status }) => isPaying(status));
  const items = paid.flatMap((one) => (one.tiers.length > 0 ? one.tiers : [[]]));
  const tierOfItem = items.map((names) => tierNamed(names, tiers));
  const unknown = items.flatMap((names, position) =>
    tierOfItem[position] === undefined ? [names[0]?.slice(0, 100) ?? 'nothing'] : [],
  );
  const paidFor = [...new Set(tierOfItem.flatMap((id) => id ?? []))];
  const membershipStatus = (status: MemberStatus, tierIds: readonly string[]): MembershipStatus => ({
    ...{ isPaying: paid.length > 0, status, tierIds: [...new Set(tierIds)].sort(), unknown },
    note: noteOf(member?.note ?? null, unknown),
  });
  if (member?.status === 'COMPED' || member?.status === 'GIFT')
    return membershipStatus(member.status, [...ownTierIds, ...paidFor]);
  if (paid.length > 0) return membershipStatus('PAID', paidFor.length > 0 ? paidFor : ownTierIds);
  // No subscription was ever active, so nothing is known of what they pay for.
  if (!subscriptions.some(({ status }) => wasInForce(status)))
    return membershipStatus(member?.status ?? 'FREE', member?.tierIds ?? []);
  const free = new Set(tiers.flatMap(({ id, type }) => (type === 'FREE' ? [id] : [])));
  return membershipStatus(
    'FREE',
    (member?.tierIds ?? []).filter((id) => free.has(id)),
  );
}

/** The first existing tier, by slug or by name. */
function tierNamed(names: readonly string[], tiers: StatusInput['tiers']): string | undefined {
  for (const name of names) {
    const lookup = name.trim().toLowerCase();
    const tier =
      tiers.find((one) => one.slug === lookup) ?? tiers.find((one) => one.name.toLowerCase() === lookup);
    if (tier) return tier.id;
  }
  return undefined;
}

function noteOf(note: string | null, unknown: readonly string[]): string | undefined {
  const ownLines = (note ?? '').split('\n').filter((line) => !line.startsWith(noteStart));
  const warnings = unknown.map(
    (name) => `${noteStart}a price names an unknown tier: ${JSON.stringify(name)}.`,
  );
  return [...ownLines, ...new Set(warnings)].join('\n').trim() || undefined;
}
