/** Whether a reader may read a story, as the story's representation and the reader's membership say. */
import type { Entitlement, Gate } from '../trust/entitlement.ts';
import type { TierRow } from './store.ts';

const visibilities = ['PUBLIC', 'MEMBERS', 'PAID', 'TIERS'] as const;

/** Where a representation does not say what a story asks, it asks for what nobody has. */
const closed: Gate = { visibility: 'TIERS', requiredTierIds: [] };

/** The gate of a story from what Articles tells of it, which is checked as if anybody had sent it. */
export function gateOf(story: { visibility?: unknown; requiredTierIds?: unknown }): Gate {
  const visibility = visibilities.find((known) => known === story.visibility);
  if (visibility === undefined) return closed;
  const ids = Array.isArray(story.requiredTierIds) ? story.requiredTierIds : [];
  return { visibility, requiredTierIds: ids.filter((id) => typeof id === 'string') };
}

/** The tiers that open a gate, out of all; none where it stands open. */
export function requiredTiersOf({ visibility, requiredTierIds }: Gate, tiers: readonly TierRow[]): TierRow[] {
  switch (visibility) {
    case 'PUBLIC':
      return [];
    case 'MEMBERS':
      return [...tiers];
    case 'PAID':
      return tiers.filter(({ type }) => type === 'PAID');
    case 'TIERS':
      return tiers.filter(({ id }) => requiredTierIds.includes(id));
  }
}

/** What a reader can do to read on; null where nothing stops them. */
export function callToActionOf({ level, reason }: Entitlement): string | null {
  if (level === 'FULL') return null;
  return reason === 'LOGIN_REQUIRED'
    ? 'Sign in or become a member to read the whole story.'
    : 'Change your membership to read the whole story.';
}
