/** What somebody's subscriptions make of them as a member. Pure functions. */
import type { MemberStatus } from '../content.ts';
import type { MemberRow, TierRow } from '../rows.ts';
import { isPaying, wasInForce } from './stripeEvent.ts';

export interface MembershipStatus {
  /** Whether any subscription is in force. */
  isPaying: boolean;
  status: MemberStatus;
  tierIds: string[];
  /** The note of the member, with what is to be said of tiers that there are not. */
  note: string | undefined;
  /** What was meant to name a tier and does not, a text for each price; "nothing" for one that says nothing. */
  unknown: string[];
}

interface Given {
  subscriptions: readonly { status: string; tiers: readonly (readonly string[])[] }[];
  tiers: readonly Pick<TierRow, 'id' | 'slug' | 'name' | 'type'>[];
  /** As they are; undefined for who is to be made. */
  member: Pick<MemberRow, 'status' | 'tierIds' | 'note'> | undefined;
  /** The tiers that they had before Stripe told of them. */
  ownTierIds: readonly string[];
}

const noteStart = 'Stripe: ';

/**
 * Who pays is PAID, of the tiers that their prices name; of those that they had before where no price names one. Who pays no more
 * is FREE without paid tiers. Who was given it, COMPED or GIFT, stays so, and has what they pay for beside it.
 */
export function membershipStatusOf({ subscriptions, tiers, member, ownTierIds }: Given): MembershipStatus {
  const paid = subscriptions.filter(({ status }) => isPaying(status));
  const items = paid.flatMap((one) => (one.tiers.length > 0 ? one.tiers : [[]]));
  const found = items.map((names) => tierNamed(names, tiers));
  const unknown = items.flatMap((names, position) =>
    found[position] === undefined ? [names[0]?.slice(0, 100) ?? 'nothing'] : [],
  );
  const paidFor = [...new Set(found.flatMap((id) => id ?? []))];
  const membershipStatus = (status: MemberStatus, tierIds: readonly string[]): MembershipStatus => ({
    ...{ isPaying: paid.length > 0, status, tierIds: [...new Set(tierIds)].sort(), unknown },
    note: noteOf(member?.note ?? null, unknown),
  });
  if (member?.status === 'COMPED' || member?.status === 'GIFT')
    return membershipStatus(member.status, [...ownTierIds, ...paidFor]);
  if (paid.length > 0) return membershipStatus('PAID', paidFor.length > 0 ? paidFor : ownTierIds);
  // Nothing is known of what they pay for.
  if (!subscriptions.some(({ status }) => wasInForce(status)))
    return membershipStatus(member?.status ?? 'FREE', member?.tierIds ?? []);
  const free = new Set(tiers.flatMap(({ id, type }) => (type === 'FREE' ? [id] : [])));
  return membershipStatus(
    'FREE',
    (member?.tierIds ?? []).filter((id) => free.has(id)),
  );
}

/** The first that there is, by slug or by name. */
function tierNamed(names: readonly string[], tiers: Given['tiers']): string | undefined {
  for (const name of names) {
    const wanted = name.trim().toLowerCase();
    const tier =
      tiers.find((one) => one.slug === wanted) ?? tiers.find((one) => one.name.toLowerCase() === wanted);
    if (tier) return tier.id;
  }
  return undefined;
}

function noteOf(note: string | null, unknown: readonly string[]): string | undefined {
  const own = (note ?? '').split('\n').filter((line) => !line.startsWith(noteStart));
  const told = unknown.map(
    (name) => `${noteStart}a price names no tier that there is, but ${JSON.stringify(name)}.`,
  );
  return [...own, ...new Set(told)].join('\n').trim() || undefined;
}
