/** What a walk over HTML asks and answers: the words between the walk and those who know one kind of element. */
import type { Block } from '../blocks.ts';
import type { Anchors } from './anchors.ts';
import type { Element, Node } from './tree.ts';

/** A picture as the text shows it. */
export interface PictureUse {
  src: string;
  altText?: string;
  /** As the text gives it, a credit still in it. */
  caption?: string;
  /** A caption that stands below several pictures of which this is one; it may hold the credit of all. */
  sharedCaption?: string;
  width?: number;
  height?: number;
  /** Whether it is a card of the editor, not a bare `<img>`. */
  isCard: boolean;
}

/** What the walk asks about addresses and pictures; it knows neither the site nor the store. */
export interface HtmlContext {
  /** The id of a picture and its caption without the credit; undefined where it cannot be shown. */
  picture: (use: PictureUse) => { imageId: string; caption?: string } | undefined;
  /** Where a link of the source leads now; undefined where it cannot be kept. */
  link: (href: string) => string | undefined;
  /** The slug of the story of ours that an address leads to. */
  storySlug: (href: string) => string | undefined;
  /** Whether a text can be an id of ours; where this is there, figures that name pictures and videos by id are read. */
  own?: (id: string) => boolean;
  /** Membership's id of the tier that a source names; undefined where it knows none. Without it no tier is known. */
  tierId?: ((slug: string) => string | undefined) | undefined;
  /** Told, in a sentence for whoever brought the text, of what could not be kept as it was. */
  note?: ((text: string) => void) | undefined;
}

/** One walk over one story. */
export interface Walk extends HtmlContext {
  /** The blocks of some nodes alone. */
  within: (nodes: readonly Node[]) => Block[];
  /** The captions that wait for their pictures. */
  captions: Map<Element, { caption?: string; sharedCaption?: string }>;
  /** The places of the text that links in it lead to. */
  anchors: Anchors;
}

/** The comment by which Ghost ends the free part of a story. */
export const paywallMark = 'members-only';
