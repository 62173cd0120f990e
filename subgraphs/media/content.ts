/** Pictures and videos in the form that importers and editors pass to the store. */

export type SourceCategory = 'STAFF' | 'WIRES' | 'FREELANCE' | 'STOCK' | 'HANDOUT' | 'OTHER';

/** The parts of "(Name Surname/Agency via Provider)"; all three are omitted if nobody is named. */
export interface CreditContent {
  creatorName?: string;
  agency?: string;
  provider?: string;
  category?: SourceCategory;
  /** The original text of the credit. */
  original?: string;
}

export interface RightsContent {
  licence?: string;
  acquireLicencePage?: string;
  /** Defaults to false: partners get only what is explicitly allowed. */
  syndicatable?: boolean;
  embeddable?: boolean;
  expires?: Date;
}

/** A complete picture. Putting it again under the same `sourceId` replaces it and keeps its id. */
export interface ImageContent {
  sourceId: string;
  /** The picture's absolute URL at its source. */
  originUrl?: string;
  /** The file name below DATA_DIR/media/originals/; a placeholder is drawn if it is omitted. */
  file?: string;
  /** Pixels. If unknown, both are omitted: a placeholder of 1200 by 800 is served. */
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
  /** When readers may see it regardless of its uses; if omitted, once a visible story, author or video uses it. */
  visibleFrom?: Date;
  /** 0 to 1 from the left and from the top; defaults to the centre. */
  focalPoint?: { x: number; y: number };
}

/** A complete video. Putting it again under the same `sourceId` replaces it and keeps its id. */
export interface VideoContent {
  sourceId: string;
  headline: string;
  description?: string;
  originUrl?: string;
  /** The file name below DATA_DIR/media/originals/. */
  file?: string;
  embedUrl?: string;
  /** ISO 8601, "PT1M30S". */
  duration?: string;
  uploadDate: Date;
  /** As for a picture; a video is not listed before its `uploadDate`. */
  visibleFrom?: Date;
  posterId?: string;
  captions?: { language: string; url: string }[];
  credit?: CreditContent;
  copyrightNotice?: string;
  usageTerms?: string;
  rights?: RightsContent;
}
