/**
 * The one function that decides what a reader may see of a story. Every field that shows a story's text, and
 * every field that says whether it may be read, asks here.
 */

/** Who is asking. Until members can sign in, everybody is anonymous. */
export interface Reader {
  status: 'ANONYMOUS' | 'FREE' | 'PAID' | 'COMPED' | 'GIFT';
  tierIds: readonly string[];
}

export const anonymous: Reader = Object.freeze({ status: 'ANONYMOUS', tierIds: Object.freeze([]) });

/** What a story asks of its reader. */
export interface Gate {
  visibility: 'PUBLIC' | 'MEMBERS' | 'PAID' | 'TIERS';
  requiredTierIds: readonly string[];
}

export interface Entitlement {
  level: 'FULL' | 'PREVIEW';
  reason: 'FREE' | 'MEMBER' | 'TIER' | 'LOGIN_REQUIRED' | 'UPGRADE_REQUIRED';
}

/**
 * Ghost's rule: public stories are for all; "members" for whoever signed in; "paid" for everybody who is
 * not a free member; "tiers" for members of one of the tiers named, and for nobody else.
 */
export function entitlementOf(reader: Reader, gate: Gate): Entitlement {
  if (gate.visibility === 'PUBLIC') return { level: 'FULL', reason: 'FREE' };
  if (reader.status === 'ANONYMOUS') return { level: 'PREVIEW', reason: 'LOGIN_REQUIRED' };
  if (gate.visibility === 'MEMBERS') return { level: 'FULL', reason: 'MEMBER' };
  if (gate.visibility === 'PAID' && reader.status !== 'FREE') return { level: 'FULL', reason: 'MEMBER' };
  if (gate.visibility === 'TIERS' && gate.requiredTierIds.some((id) => reader.tierIds.includes(id))) {
    return { level: 'FULL', reason: 'TIER' };
  }
  return { level: 'PREVIEW', reason: 'UPGRADE_REQUIRED' };
}
