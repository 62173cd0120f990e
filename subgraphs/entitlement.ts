/**
 * The one function that decides what a reader may see of a story. Every field that shows a story's text, and
 * every field that says whether it may be read, asks here.
 */
import type { Reader } from './reader.ts';

/** The scope of whoever writes stories: to them a story exists before its time and after its withdrawal. */
export const editing = 'articles:write';

/** What a story asks of its reader. */
export interface Gate {
  visibility: 'PUBLIC' | 'MEMBERS' | 'PAID' | 'TIERS';
  requiredTierIds: readonly string[];
}

export interface Entitlement {
  level: 'FULL' | 'PREVIEW';
  reason: 'FREE' | 'MEMBER' | 'TIER' | 'STAFF' | 'LOGIN_REQUIRED' | 'UPGRADE_REQUIRED';
}

/**
 * Ghost's rule: public stories are for all; "members" for whoever signed in; "paid" for everybody who is
 * not a free member; "tiers" for members of one of the tiers named, and for nobody else. Whoever writes stories reads them all.
 */
export function entitlementOf(
  reader: Pick<Reader, 'status' | 'tierIds' | 'scopes'>,
  gate: Gate,
): Entitlement {
  if (gate.visibility === 'PUBLIC') return { level: 'FULL', reason: 'FREE' };
  if (reader.scopes.has(editing)) return { level: 'FULL', reason: 'STAFF' };
  if (reader.status === 'ANONYMOUS') return { level: 'PREVIEW', reason: 'LOGIN_REQUIRED' };
  if (gate.visibility === 'MEMBERS') return { level: 'FULL', reason: 'MEMBER' };
  if (gate.visibility === 'PAID' && reader.status !== 'FREE') return { level: 'FULL', reason: 'MEMBER' };
  if (gate.visibility === 'TIERS' && gate.requiredTierIds.some((id) => reader.tierIds.includes(id))) {
    return { level: 'FULL', reason: 'TIER' };
  }
  return { level: 'PREVIEW', reason: 'UPGRADE_REQUIRED' };
}
