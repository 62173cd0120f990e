/**
 * Decides what a reader may see of a story. Every field that shows a story's text or says whether it may be read calls
 * this function.
 */
import type { Reader } from './reader.ts';

/** The scope of editors: they see stories before publication and after withdrawal. */
export const editing = 'articles:write';

/** A story's access rules. */
export interface Gate {
  visibility: 'PUBLIC' | 'MEMBERS' | 'PAID' | 'TIERS';
  requiredTierIds: readonly string[];
  /** Set for a block that only some readers of the story may see. */
  audience?: Audience;
}

/** Readers with one of these statuses or in one of these tiers. If both are empty, no reader. */
export interface Audience {
  statuses: readonly Reader['status'][];
  tierIds?: readonly string[];
}

export interface Entitlement {
  level: 'FULL' | 'PREVIEW';
  reason: 'FREE' | 'MEMBER' | 'TIER' | 'STAFF' | 'LOGIN_REQUIRED' | 'UPGRADE_REQUIRED';
}

/**
 * Ghost's rules: "public" stories are open to all; "members" to signed-in readers; "paid" to every member who is not a
 * free one; "tiers" to members of the named tiers only. Editors read all stories. An audience narrows the rule: the
 * reader must belong to it as well, even if the story is public.
 */
export function entitlementOf(
  reader: Pick<Reader, 'status' | 'tierIds' | 'scopes'>,
  gate: Gate,
): Entitlement {
  if (gate.audience && !reader.scopes.has(editing) && !isOf(gate.audience, reader))
    return {
      level: 'PREVIEW',
      reason: reader.status === 'ANONYMOUS' ? 'LOGIN_REQUIRED' : 'UPGRADE_REQUIRED',
    };
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

function isOf({ statuses, tierIds = [] }: Audience, reader: Pick<Reader, 'status' | 'tierIds'>): boolean {
  return statuses.includes(reader.status) || tierIds.some((id) => reader.tierIds.includes(id));
}
