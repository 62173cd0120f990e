/** Tiers, newsletters, campaigns and members in the form that importers pass to the store. */

export interface TierContent {
  sourceId: string;
  slug: string;
  name: string;
  description?: string;
  type: 'FREE' | 'PAID';
  /** Minor units of the currency: 500 is $5.00. */
  prices: { currency: string; amountMinor: number; interval: 'MONTH' | 'YEAR' }[];
  trialDays?: number;
  benefits?: string[];
}

export interface NewsletterContent {
  sourceId: string;
  slug: string;
  name: string;
  description?: string;
}

export interface CampaignContent {
  sourceId: string;
  slug: string;
  name: string;
  /** The target number of members. */
  goal: number;
  startsAt: Date;
  endsAt?: Date;
  callToAction: string;
  /** Absolute, or root-relative to our own site. */
  url: string;
}

export type MemberStatus = 'FREE' | 'PAID' | 'COMPED' | 'GIFT';

/** A member. E-mail addresses are compared case-insensitively. */
export interface MemberContent {
  sourceId: string;
  email: string;
  name?: string;
  status: MemberStatus;
  /** Names or slugs of tiers; unknown ones are reported. */
  tierSlugs?: string[];
  /** Omitted: the member's own choice stays. */
  newsletterSlugs?: string[];
  stripeCustomerId?: string;
  labels?: string[];
  note?: string;
  /** Omitted: as stored; a new member joins now. */
  memberSince?: Date;
  /** Set when the member has left: the row is kept, but not counted. */
  deletedAt?: Date;
}

/**
 * The `sourceId` for a member known by address only: a member who joins by a link has the same id in a list of Ghost's
 * members.
 */
export const sourceIdOfAddress = (email: string): string => `ghost-member:${email.toLowerCase()}`;

export interface CommunityContent {
  /** "Thank you ...", shown beside the banner. */
  thankYouMessage: string;
}
