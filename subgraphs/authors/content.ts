/** Author profiles in the form that importers and editors pass to the store. */

export type SocialPlatform =
  | 'X'
  | 'FACEBOOK'
  | 'THREADS'
  | 'BLUESKY'
  | 'MASTODON'
  | 'TIKTOK'
  | 'YOUTUBE'
  | 'INSTAGRAM'
  | 'LINKEDIN'
  | 'TELEGRAM'
  | 'WEBSITE';

/** A complete profile. Putting it again under the same `sourceId` replaces it and keeps its id. */
export interface AuthorContent {
  sourceId: string;
  /** Defaults to a slug of the name; a number is appended if another author holds it. */
  slug?: string;
  name: string;
  givenName?: string;
  familyName?: string;
  /** "Politics Reporter". */
  jobTitle?: string;
  desk?: string;
  /** One or two sentences, plain text. */
  bio?: string;
  /** A few paragraphs, plain text. */
  longBio?: string;
  /** The id of an image in Media. */
  avatarId?: string;
  location?: string;
  knowsAbout?: string[];
  /** BCP 47. */
  knowsLanguage?: string[];
  sameAs?: { platform: SocialPlatform; url: string; handle?: string }[];
  email?: string;
  /** Defaults to true. */
  isStaff?: boolean;
}
