/** The interfaces between the walk over HTML, the converters of elements, and the context of the source. */
import type { Block } from '../blocks.ts';
import type { Anchors } from './anchors.ts';
import type { Element, Node } from './tree.ts';

/** A picture in the source text. */
export interface PictureUse {
  src: string;
  altText?: string;
  /** The original caption, which may include a credit. */
  caption?: string;
  /** A caption shared by several pictures; it may hold the credit of all. */
  sharedCaption?: string;
  width?: number;
  height?: number;
  /** Whether it is a card of the editor instead of a bare `<img>`. */
  isCard: boolean;
}

/** Resolves URLs and pictures for the walk, which depends on neither the site nor the store. */
export interface HtmlContext {
  /** The id of a picture, and its caption without the credit; undefined if it cannot be shown. */
  picture: (use: PictureUse) => { imageId: string; caption?: string } | undefined;
  /** The new URL of a link; undefined if the link is dropped. */
  link: (href: string) => string | undefined;
  /** The slug of our story at a URL. */
  storySlug: (href: string) => string | undefined;
  /** Whether a text is a valid id. If set, figures that name pictures and videos by id are converted. */
  isOwnId?: (id: string) => boolean;
  /** The Membership id of the source's tier; undefined if unknown. If omitted, every tier is unknown. */
  tierId?: ((slug: string) => string | undefined) | undefined;
  /** Receives one sentence for each loss, for the editor or importer. */
  note?: ((text: string) => void) | undefined;
}

/** The state of a walk over one story. */
export interface Walk extends HtmlContext {
  /** Converts nodes separately. */
  within: (nodes: readonly Node[]) => Block[];
  /** Captions by picture, set before the pictures are converted. */
  captions: Map<Element, { caption?: string; sharedCaption?: string }>;
  /** The link targets of the text. */
  anchors: Anchors;
}

/** Ghost's comment at the end of the free part of a story. */
export const paywallMark = 'members-only';
