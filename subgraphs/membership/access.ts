/** Decides whether a reader may read a story, from the story's representation and the reader's membership. */
import type { Entitlement, Gate } from '../trust/entitlement.ts';
import type { TierRow } from './store.ts';

const visibilities = ['PUBLIC', 'MEMBERS', 'PAID', 'TIERS'] as const;

/** The gate for a representation without valid access rules: it is closed to everybody. */
const closed: Gate = { visibility: 'TIERS', requiredTierIds: [] };

/** The gate of a story from the fields that Articles sends, which are validated like any input. */
export function gateOf(story: { visibility?: unknown; requiredTierIds?: unknown }): Gate {
  const visibility = visibilities.find((candidate) => candidate === story.visibility);
  if (visibility === undefined) return closed;
  const ids = Array.isArray(story.requiredTierIds) ? story.requiredTierIds : [];
  return { visibility, requiredTierIds: ids.filter((id) => typeof id === 'string') };
}

/** The tiers that open a gate; none for an open gate. */
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

/** What a reader can do to read the whole story; null if nothing prevents them. */
export function callToActionOf({ level, reason }: Entitlement): string | null {
  if (level === 'FULL') return null;
  return reason === 'LOGIN_REQUIRED'
    ? 'Sign in or become a member to read the whole story.'
    : 'Change your membership to read the whole story.';
}
