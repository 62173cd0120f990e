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
  /** Set for one block of a story that is not for all readers of the story. */
  audience?: Audience;
}

/** Readers named by what they are: of one of these statuses, or members of one of these tiers. Empty, it is nobody. */
export interface Audience {
  statuses: readonly Reader['status'][];
  tierIds?: readonly string[];
}

export interface Entitlement {
  level: 'FULL' | 'PREVIEW';
  reason: 'FREE' | 'MEMBER' | 'TIER' | 'STAFF' | 'LOGIN_REQUIRED' | 'UPGRADE_REQUIRED';
}

/**
 * Ghost's rule: public stories are for all; "members" for whoever signed in; "paid" for everybody who is
 * not a free member; "tiers" for members of one of the tiers named, and for nobody else. Whoever writes stories reads them all.
 * An audience narrows the gate: a reader needs to be of it too, also where the story is public.
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
