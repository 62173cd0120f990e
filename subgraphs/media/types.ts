/** The GraphQL types of Media. */
import { ArgsType, Directive, Field, Float, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { enumOf, SourceCategory } from '../graph/enums.ts';
import { DateTime, Duration, LanguageTag, URLScalar } from '../graph/scalars.ts';
import type { SourceCategory as SourceCategoryName } from './content.ts';
import type { ImageFormat } from './rendition.ts';

const imageFormats = enumOf<ImageFormat>('ImageFormat', 'File format that a rendition has.', {
  AUTO: 'Best format that the client accepts by its Accept header.',
  JPEG: 'JPEG, which every client supports.',
  WEBP: 'WebP, smaller than JPEG in the same quality.',
  AVIF: 'AVIF, the smallest and the slowest to encode.',
  PNG: 'PNG, lossless.',
});

@ObjectType({ description: 'Credit "Name Surname/Agency via Provider" in its parts.' })
export class MediaCredit {
  @Field(() => String, {
    description: 'Credit in one line, without parentheses; "Credit unknown" if nobody is named.',
  })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Name of the creator; null if unknown.' })
  creatorName!: string | null;

  @Field(() => String, { nullable: true, description: 'Agency of the creator; null if unknown.' })
  agency!: string | null;

  @Field(() => String, { nullable: true, description: 'Provider of the file; null if unknown.' })
  provider!: string | null;

  @Field(() => SourceCategory, { description: 'Kind of source, such as a news agency or a freelancer.' })
  category!: SourceCategoryName;

  @Field(() => Boolean, { description: 'Whether the credit names anybody.' })
  isKnown!: boolean;
}

@ObjectType({ description: 'What partners and embeds may do with an image or video, and until when.' })
export class MediaRights {
  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of the licence: schema.org license; null if none is stated.',
  })
  license!: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of a page that offers a licence: schema.org acquireLicensePage; null if there is none.',
  })
  acquireLicensePage!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether partners may publish it; false unless explicitly allowed, and after the rights have expired.',
  })
  syndicatable!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether embeds on other sites may show it; false unless explicitly allowed, and after the rights have expired.',
  })
  embeddable!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the rights expire; null if no end is stated.' })
  expires!: Date | null;
}

@InterfaceType({
  description: 'Fields that images and videos share.',
  resolveType: (row: object) => ('headline' in row ? 'Video' : 'Image'),
})
export abstract class MediaAsset {
  @Field(() => ID, { description: 'Id by which stories and authors use it; a new file does not change it.' })
  id!: string;

  @Field(() => URLScalar, { description: 'Where the original file is: schema.org contentUrl.' })
  contentUrl?: string;

  @Field(() => String, {
    description:
      'Credit line to show with the image or video; never empty, "Credit unknown" if nobody is named.',
  })
  creditText?: string;

  @Field(() => String, {
    nullable: true,
    description: 'Copyright notice to show, such as "© 2026 Bloomberg"; null if there is none.',
  })
  copyrightNotice!: string | null;

  @Field(() => String, { nullable: true, description: 'Terms of use as text; null if there are none.' })
  usageTerms!: string | null;

  @Field(() => MediaRights, { description: 'What partners and embeds may do with it.' })
  rights?: MediaRights;
}

const formatOptions = { defaultValue: 'AUTO', description: 'Encoding of the image.' } as const;

@ArgsType()
export class RenditionArguments {
  @Field(() => Int, { nullable: true, description: 'Width in pixels, 1 to 10,000.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Height in pixels, 1 to 10,000.' })
  height?: number | null;

  @Field(() => imageFormats, formatOptions)
  format!: ImageFormat;
}

@ArgsType()
export class SrcsetArguments {
  @Field(() => [Int], {
    defaultValue: [320, 640, 960, 1280, 1920],
    description: 'Widths in pixels: 1 to 20 values from 1 to 10,000.',
  })
  widths!: number[];

  @Field(() => imageFormats, formatOptions)
  format!: ImageFormat;
}

@ObjectType({ description: 'Most important point of an image, which crops keep.' })
export class FocalPoint {
  @Field(() => Float, { description: 'Horizontal position from 0 (left edge) to 1 (right edge).' })
  x!: number;

  @Field(() => Float, { description: 'Vertical position from 0 (top edge) to 1 (bottom edge).' })
  y!: number;
}

@ObjectType({ description: 'Image in one size and format.' })
export class Rendition {
  @Field(() => URLScalar, { description: 'URL of the file.' })
  href!: string;

  @Field(() => String, {
    description: 'Media type of the file; for AUTO, the type for clients that accept no better one.',
  })
  contentType!: string;

  @Field(() => Int, { description: 'Width in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Height in pixels.' })
  height!: number;
}

// type-graphql requires inherited fields with resolvers to be declared again.
@ObjectType({
  description: 'Image with its credit and rights: schema.org ImageObject.',
  implements: MediaAsset,
})
@Directive('@key(fields: "id")')
export class Image extends MediaAsset {
  @Field(() => URLScalar, { description: 'URL of the file.' })
  override contentUrl?: string;

  @Field(() => String, {
    description:
      'Credit line to show with the image or video; never empty, "Credit unknown" if nobody is named.',
  })
  override creditText?: string;

  @Field(() => MediaRights, { description: 'What partners and embeds may do with it.' })
  override rights?: MediaRights;

  @Field(() => Int, { description: 'Width of the file at `contentUrl` in pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Height of the file at `contentUrl` in pixels.' })
  height!: number;

  @Field(() => String, { description: 'Media type of the file at `contentUrl`.' })
  encodingFormat!: string;

  @Field(() => String, {
    description: 'Alternative text; the caption if there is none, or an empty string.',
  })
  altText!: string | null;

  @Field(() => String, { nullable: true, description: 'Caption without the credit; null if there is none.' })
  caption!: string | null;

  @Field(() => MediaCredit, { description: 'Who made it and who provided it, read from the credit line.' })
  credit?: MediaCredit;

  @Field(() => String, { nullable: true, description: 'Holder of the copyright; null if unknown.' })
  copyrightHolder!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the image was taken or drawn; null if unknown.',
  })
  dateCreated!: Date | null;

  @Field(() => String, { nullable: true, description: 'Place that the image shows; null if unknown.' })
  locationShown!: string | null;

  @Field(() => FocalPoint, {
    nullable: true,
    description: 'Focal point for cropping; null means the centre.',
  })
  focalPoint?: FocalPoint | null;
}

@ObjectType({ description: 'Captions of a video in one language, in WebVTT.' })
export class CaptionTrack {
  @Field(() => LanguageTag, { description: 'Language of the words, for `srclang` in HTML.' })
  language!: string;

  @Field(() => URLScalar, { description: 'URL of the file.' })
  url!: string;
}

@ObjectType({
  description: 'Video with its credit and rights: schema.org VideoObject.',
  implements: MediaAsset,
})
@Directive('@key(fields: "id")')
export class Video extends MediaAsset {
  @Field(() => URLScalar, {
    description: 'URL of the file, or of the player if there is no file.',
  })
  override contentUrl?: string;

  @Field(() => String, {
    description:
      'Credit line to show with the image or video; never empty, "Credit unknown" if nobody is named.',
  })
  override creditText?: string;

  @Field(() => MediaRights, { description: 'What partners and embeds may do with it.' })
  override rights?: MediaRights;

  @Field(() => String, { description: 'Plain text to show above or below the player.' })
  headline!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Description of the video, plain text; null if there is none.',
  })
  description!: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of a player to embed in a page; null if there is none.',
  })
  embedUrl!: string | null;

  @Field(() => Duration, {
    nullable: true,
    description: 'Length of the video as an ISO 8601 duration; null if unknown.',
  })
  duration!: string | null;

  @Field(() => DateTime, { description: 'When the video was first published: schema.org uploadDate.' })
  uploadDate!: Date;

  @Field(() => Image, {
    nullable: true,
    description: 'Image to show before the video plays; null if there is none.',
  })
  poster?: Image | null;

  @Field(() => [CaptionTrack], { description: 'Captions, one track for each language.' })
  captions!: CaptionTrack[];
}

@ObjectType({ description: 'One video of a page, and where to continue after it.' })
export class VideoEdge {
  @Field(() => String, { description: 'Cursor of the video, for the arguments `after` and `before`.' })
  cursor!: string;

  @Field(() => Video, { description: 'Video at this position.' })
  node!: Video;
}

@ObjectType({ description: 'Page of videos, the latest first: Relay connection.' })
export class VideoConnection {
  @Field(() => [VideoEdge], { description: 'Videos, each with the cursor to continue after it.' })
  edges!: VideoEdge[];

  @Field(() => [Video], { description: 'The videos of `edges`, for clients that need no cursor of each.' })
  nodes!: Video[];

  @Field(() => PageInfo, { description: 'Whether there is more, and the cursors to ask for it.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of videos in the whole list, counted up to 10,000.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}
