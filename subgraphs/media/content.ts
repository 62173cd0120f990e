/** What comes in: the shape of pictures and videos as importers and editors hand them to the store. */

export type SourceCategory = 'STAFF' | 'WIRES' | 'FREELANCE' | 'STOCK' | 'HANDOUT' | 'OTHER';

/** "(Name Surname/Agency via Provider)" in its parts; nobody named: leave all three out. */
export interface CreditContent {
  creatorName?: string;
  agency?: string;
  provider?: string;
  category?: SourceCategory;
  /** The words in which the credit came, kept as they were. */
  original?: string;
}

export interface RightsContent {
  licence?: string;
  acquireLicencePage?: string;
  /** False unless said: a partner gets only what somebody allowed. */
  syndicatable?: boolean;
  embeddable?: boolean;
  expires?: Date;
}

/** A whole picture. Putting it again under the same `sourceId` replaces it and keeps its id. */
export interface ImageContent {
  sourceId: string;
  /** Where the picture came from: an absolute URL. */
  originUrl?: string;
  /** The file's name below DATA_DIR/media/originals/, where we hold it; a placeholder is drawn where we do not. */
  file?: string;
  /** Pixels. Where nobody knows, leave both out: a placeholder of 1200 by 800 is served. */
  width?: number;
  height?: number;
  /** "image/jpeg". */
  encodingFormat?: string;
  altText?: string;
  /** Without the credit. */
  caption?: string;
  credit?: CreditContent;
  copyrightNotice?: string;
  copyrightHolder?: string;
  usageTerms?: string;
  rights?: RightsContent;
  dateCreated?: Date;
  locationShown?: string;
  /** From when readers may see it whatever uses it; else once something that they may see uses it. */
  visibleFrom?: Date;
  /** 0 to 1 from the left and from the top; the middle unless said. */
  focalPoint?: { x: number; y: number };
}

/** A whole video. Putting it again under the same `sourceId` replaces it and keeps its id. */
export interface VideoContent {
  sourceId: string;
  headline: string;
  description?: string;
  originUrl?: string;
  /** The file's name below DATA_DIR/media/originals/. */
  file?: string;
  embedUrl?: string;
  /** ISO 8601, "PT1M30S". */
  duration?: string;
  uploadDate: Date;
  /** As of a picture; no video is listed before its `uploadDate`. */
  visibleFrom?: Date;
  posterId?: string;
  captions?: { language: string; url: string }[];
  credit?: CreditContent;
  copyrightNotice?: string;
  usageTerms?: string;
  rights?: RightsContent;
}
