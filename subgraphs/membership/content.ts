/** What comes in: the shape of tiers, newsletters, campaigns and members as importers hand them to the store. */

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
  /** Members to reach. */
  goal: number;
  startsAt: Date;
  endsAt?: Date;
  callToAction: string;
  /** Absolute, or root-relative to our own site. */
  url: string;
}

export type MemberStatus = 'FREE' | 'PAID' | 'COMPED' | 'GIFT';

/** A member. E-mail addresses are compared without regard to case. */
export interface MemberContent {
  sourceId: string;
  email: string;
  name?: string;
  status: MemberStatus;
  /** Names or slugs of tiers; unknown ones are reported. */
  tierSlugs?: string[];
  /** Where it is left out, what the member has chosen stays. */
  newsletterSlugs?: string[];
  stripeCustomerId?: string;
  labels?: string[];
  note?: string;
  /** Left out: as stored; a new member joins now. */
  memberSince?: Date;
  /** Left: kept, and not counted. */
  deletedAt?: Date;
}

/** The `sourceId` of whoever is known by an address alone: who joins by a link is the same in a list of Ghost's members. */
export const sourceIdOfAddress = (email: string): string => `ghost-member:${email.toLowerCase()}`;

export interface CommunityContent {
  /** "Thank you ...", shown beside the banner. */
  thankYouMessage: string;
}
