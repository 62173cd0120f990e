/** What comes in: the shape of an author's profile as importers and editors hand it to the store. */

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

/** A whole profile. Putting it again under the same `sourceId` replaces it and keeps its id. */
export interface AuthorContent {
  sourceId: string;
  /** Made from the name where it is left out; a number is added where another author holds it. */
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
  /** An id of Media's. */
  avatarId?: string;
  location?: string;
  knowsAbout?: string[];
  /** BCP 47. */
  knowsLanguage?: string[];
  sameAs?: { platform: SocialPlatform; url: string; handle?: string }[];
  email?: string;
  /** True unless said. */
  isStaff?: boolean;
}
