/** What comes in: the shape of sections, tags and stories as importers and editors hand them to the store. */
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

/** A section or a tag. Its id comes from its `sourceId` (see `idOf` in ../identity.ts). */
export interface TopicContent {
  sourceId: string;
  slug: string;
  name: string;
  description?: string;
}

/** The name and slug of an author, kept beside the bylines so that a list needs no second service. */
export interface ContributorContent {
  /** The id that the Authors subgraph gives this author. */
  id: string;
  name: string;
  slug: string;
}

export interface BylineContent {
  /** Left out where the person has no profile. */
  authorId?: string;
  displayName: string;
  /** BY unless said. */
  role?: ContributorRole;
}

export interface LeadMediaContent {
  kind: 'image' | 'video';
  id: string;
  caption?: string;
  altText?: string;
  /** MAIN unless said. */
  role?: MediaRole;
  /** True unless said. */
  displayCredit?: boolean;
}

/**
 * A whole story. Putting it again under the same `sourceId` replaces it and keeps its id; but what editors do to a story that
 * stands already stays as it is stored where it is left out: when it is published and its embargo, corrections, related stories.
 */
export interface ArticleContent {
  sourceId: string;
  /** Made from the headline where it is left out; a number is added where another story holds it. */
  slug?: string;
  /**
   * Where it stood in its source, where that is no slug of ours: each goes on leading to it. One that another story holds is left
   * out, and so is one of more than 191 characters.
   */
  formerSlugs?: string[];
  headline: string;
  alternativeHeadline?: string;
  kicker?: string;
  standfirst?: string;
  /** Two or three sentences for lists; the start of the free text where it is left out. */
  abstract?: string;
  dateline?: string;
  /** NEWS unless said. */
  genre?: Genre;
  /** Must have been put before. */
  sectionSlug: string;
  /** Must have been put before. In order, the first is the most important. */
  tagSlugs?: string[];
  /** BCP 47; "en" unless said. */
  inLanguage?: string;
  bylines?: BylineContent[];
  /**
   * When readers may first see it; in the future: it appears then. Null: it is not published. Left out: as stored, and a new story
   * is not published.
   */
  datePublished?: Date | null;
  /** Left out: as stored where the story has appeared, else `datePublished`. Null: not known. */
  dateFirstPublished?: Date | null;
  dateModified?: Date;
  /** Null takes it away. Left out: as stored. */
  embargoedUntil?: Date | null;
  /** USABLE unless said. */
  pubStatus?: PubStatus;
  /** Why it was withdrawn, for pubStatus CANCELED. */
  withdrawnReason?: string;
  /** IPTC urgency, 1 (most) to 9. */
  urgency?: number;
  breaking?: boolean;
  /** PUBLIC unless said. */
  visibility?: Visibility;
  /** Ids of Membership's tiers; for visibility TIERS only. */
  requiredTierIds?: string[];
  body: Block[];
  leadMedia?: LeadMediaContent;
  /** Left out: as stored. */
  corrections?: { sourceId: string; correctionType: CorrectionType; text: string; datePublished: Date }[];
  /** Stories that the editors chose, by slug, in order. Left out: as stored. */
  relatedSlugs?: string[];
  source?: { name: string; category: SourceCategory; url?: string };
  copyrightNotice?: string;
  usageTerms?: string;
  usageRights?: { syndicatable: boolean; embeddable: boolean; licence?: string; requiredCredit?: string };
  /** Only where the story's true home is on another site. */
  canonicalUrl?: string;
}
