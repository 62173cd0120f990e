/** Decides which pictures and videos other sites may have, and with which credit. No other file decides it. */
import type { SyndicatedImageFragment, SyndicatedVideoFragment } from '../../schema/documents.ts';
import type { Rights } from './rights.ts';
import { plain } from './text.ts';

export interface Picture {
  url: string;
  type: string;
  width: number;
  height: number;
  altText: string;
  caption: string;
  /** Never empty. */
  credit: string;
  copyright: string;
  license: string | null;
  /** The id of the image in Media. */
  id: string;
}

export interface Video {
  url: string;
  headline: string;
  caption: string;
  /** Never empty. */
  credit: string;
}

export interface ImageUse {
  caption: string | null;
  altText: string | null;
  image: SyndicatedImageFragment | null;
}

export interface VideoUse {
  caption: string | null;
  video: SyndicatedVideoFragment | null;
}

/**
 * The picture for syndication; undefined when Media failed, the image may not be syndicated, or the partner has no
 * right to pictures.
 */
export function pictureOf({ image, caption, altText }: ImageUse, rights: Rights): Picture | undefined {
  if (!image?.rights.syndicatable || !rights.pictures) return undefined;
  const { href, contentType, width, height } = image.rendition;
  return {
    ...{ id: image.id, url: href, type: contentType, width, height },
    altText: plain(altText ?? image.altText),
    caption: plain(caption),
    credit: creditOf(image.creditText),
    copyright: plain(image.copyrightNotice),
    license: image.rights.license,
  };
}

/** The video for syndication, by the same rules. */
export function videoOf({ video, caption }: VideoUse, rights: Rights): Video | undefined {
  if (!video?.rights.syndicatable || !rights.pictures) return undefined;
  const { contentUrl, headline, creditText } = video;
  return { url: contentUrl, headline, caption: plain(caption), credit: creditOf(creditText) };
}

const creditOf = (creditText: string): string => plain(creditText) || 'Credit unknown';
