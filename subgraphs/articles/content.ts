/** Sections, tags and stories in the form that importers and editors pass to the store. */
import type { Block, MediaRole, Visibility } from './blocks.ts';

export type Genre =
  | 'NEWS'
  | 'ANALYSIS'
  | 'OPINION'
  | 'FEATURE'
  | 'INTERVIEW'
  | 'EXPLAINER'
  | 'VIDEO'
  | 'PRESS_RELEASE';
export type PubStatus = 'USABLE' | 'WITHHELD' | 'CANCELED';
export type ContributorRole =
  | 'BY'
  | 'PHOTOS_BY'
  | 'VIDEO_BY'
  | 'EDITED_BY'
  | 'TRANSLATED_BY'
  | 'ADDITIONAL_REPORTING';
export type CorrectionType = 'CORRECTION' | 'CLARIFICATION' | 'RETRACTION' | 'UPDATE' | 'EDITORS_NOTE';
export type SourceCategory = 'STAFF' | 'WIRES' | 'FREELANCE' | 'STOCK' | 'HANDOUT' | 'OTHER';

/** A section or a tag. Its id is derived from `sourceId` (`idOf` in ../store/contentId.ts). */
export interface TopicContent {
  sourceId: string;
  slug: string;
  name: string;
  description?: string;
}

/** The name and slug of an author, stored with the bylines so that lists need no call to Authors. */
export interface ContributorContent {
  /** The author's id in the Authors subgraph. */
  id: string;
  name: string;
  slug: string;
}

export interface BylineContent {
  /** Omitted if the person has no profile. */
  authorId?: string;
  displayName: string;
  /** Defaults to BY. */
  role?: ContributorRole;
}

export interface LeadMediaContent {
  kind: 'image' | 'video';
  id: string;
  caption?: string;
  altText?: string;
  /** Defaults to MAIN. */
  role?: MediaRole;
  /** Defaults to true. */
  displayCredit?: boolean;
}

/**
 * A complete story. Putting it again under the same `sourceId` replaces it and keeps its id. Fields that editors set on
 * a stored story keep their stored value if omitted: publication time, embargo, corrections, related stories.
 */
export interface ArticleContent {
  sourceId: string;
  /** Defaults to a slug of the headline; a number is appended if another story holds it. */
  slug?: string;
  /**
   * Slugs at the source that differ from ours: each redirects to the story. One that another story holds, or of more
   * than 191 characters, is dropped.
   */
  formerSlugs?: string[];
  headline: string;
  alternativeHeadline?: string;
  kicker?: string;
  standfirst?: string;
  /** Two or three sentences for lists; defaults to the start of the free text. */
  abstract?: string;
  dateline?: string;
  /** Defaults to NEWS. */
  genre?: Genre;
  /** Must already be stored. */
  sectionSlug: string;
  /** Must already be stored. In order of importance. */
  tagSlugs?: string[];
  /** BCP 47; defaults to "en". */
  inLanguage?: string;
  bylines?: BylineContent[];
  /**
   * When readers may first see the story; a time in the future schedules it. Null: not published. Omitted: as stored; a
   * new story is not published.
   */
  datePublished?: Date | null;
  /** Omitted: as stored if the story has appeared, otherwise `datePublished`. Null: unknown. */
  dateFirstPublished?: Date | null;
  dateModified?: Date;
  /** Null removes it. Omitted: as stored. */
  embargoedUntil?: Date | null;
  /** Defaults to USABLE. */
  pubStatus?: PubStatus;
  /** The reason for the withdrawal, for pubStatus CANCELED. */
  withdrawnReason?: string;
  /** IPTC urgency, 1 (most) to 9. */
  urgency?: number;
  breaking?: boolean;
  /** Defaults to PUBLIC. */
  visibility?: Visibility;
  /** Tier ids of Membership; for visibility TIERS only. */
  requiredTierIds?: string[];
  body: Block[];
  leadMedia?: LeadMediaContent;
  /** Omitted: as stored. */
  corrections?: { sourceId: string; correctionType: CorrectionType; text: string; datePublished: Date }[];
  /** Stories chosen by the editors, by slug, in order. Omitted: as stored. */
  relatedSlugs?: string[];
  source?: { name: string; category: SourceCategory; url?: string };
  copyrightNotice?: string;
  usageTerms?: string;
  usageRights?: { syndicatable: boolean; embeddable: boolean; licence?: string; requiredCredit?: string };
  /** Only if the canonical page is on another site. */
  canonicalUrl?: string;
}
