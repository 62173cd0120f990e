/** The GraphQL types of Media. */
import { ArgsType, Directive, Field, Float, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { enumOf, SourceCategory } from '../graph/enums.ts';
import { DateTime, Duration, LanguageTag, URLScalar } from '../graph/scalars.ts';
import type { SourceCategory as SourceCategoryName } from './content.ts';
import type { ImageFormat } from './rendition.ts';

const imageFormats = enumOf<ImageFormat>('ImageFormat', 'How a picture is encoded.', {
  AUTO: 'The best that the reader accepts, by its Accept header.',
  JPEG: 'JPEG, which everything reads.',
  WEBP: 'WebP.',
  AVIF: 'AVIF: the smallest, and the slowest to make.',
  PNG: 'PNG, without loss.',
});

@ObjectType({ description: '"(Name Surname/Agency via Provider)" in its parts.' })
export class MediaCredit {
  @Field(() => String, {
    description: 'The credit on one line, without parentheses; "Credit unknown" where nobody is named.',
  })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Who made it.' })
  creatorName!: string | null;

  @Field(() => String, { nullable: true, description: 'For which agency.' })
  agency!: string | null;

  @Field(() => String, { nullable: true, description: 'Through which provider it came.' })
  provider!: string | null;

  @Field(() => SourceCategory, { description: 'What kind of source it came from.' })
  category!: SourceCategoryName;

  @Field(() => Boolean, { description: 'Whether anybody is named.' })
  isKnown!: boolean;
}

@ObjectType({ description: 'What others may do with it.' })
export class MediaRights {
  @Field(() => URLScalar, { nullable: true, description: 'The licence: schema.org license.' })
  licence!: string | null;

  @Field(() => URLScalar, { nullable: true, description: 'Where a licence can be had.' })
  acquireLicencePage!: string | null;

  @Field(() => Boolean, {
    description:
      'Whether partners may publish it. False unless somebody allowed it, and once the rights expired.',
  })
  syndicatable!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it may stand in an embed on another site; false on the same terms.',
  })
  embeddable!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'When the rights end.' })
  expires!: Date | null;
}

@InterfaceType({
  description: 'What pictures and videos have alike.',
  resolveType: (row: object) => ('headline' in row ? 'Video' : 'Image'),
})
export abstract class MediaAsset {
  @Field(() => ID, { description: 'Stays the same for as long as the thing is known.' })
  id!: string;

  @Field(() => URLScalar, { description: 'The address of the file.' })
  contentUrl?: string;

  @Field(() => String, {
    description: 'Who made it. Never empty: where nobody is named, it says so ("Credit unknown").',
  })
  creditText?: string;

  @Field(() => String, { nullable: true, description: '"© 2026 Bloomberg".' })
  copyrightNotice!: string | null;

  @Field(() => String, { nullable: true, description: 'What its owner asks of those who use it.' })
  usageTerms!: string | null;

  @Field(() => MediaRights, { description: 'What others may do with it.' })
  rights?: MediaRights;
}

const formatOptions = { defaultValue: 'AUTO', description: 'How it is encoded.' } as const;

@ArgsType()
export class RenditionArguments {
  @Field(() => Int, { nullable: true, description: 'Pixels, 1 to 10,000.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'Pixels, 1 to 10,000.' })
  height?: number | null;

  @Field(() => imageFormats, formatOptions)
  format!: ImageFormat;
}

@ArgsType()
export class SrcsetArguments {
  @Field(() => [Int], {
    defaultValue: [320, 640, 960, 1280, 1920],
    description: 'Pixels, 1 to 10,000 each; 1 to 20 widths.',
  })
  widths!: number[];

  @Field(() => imageFormats, formatOptions)
  format!: ImageFormat;
}

@ObjectType({ description: 'The point of a picture that no crop may cut off.' })
export class FocalPoint {
  @Field(() => Float, { description: '0 at the left edge, 1 at the right.' })
  x!: number;

  @Field(() => Float, { description: '0 at the top edge, 1 at the bottom.' })
  y!: number;
}

@ObjectType({ description: 'A picture in one size and format.' })
export class Rendition {
  @Field(() => URLScalar, { description: 'Its address.' })
  href!: string;

  @Field(() => String, {
    description: 'Its media type; for AUTO, that of a reader which accepts no better.',
  })
  contentType!: string;

  @Field(() => Int, { description: 'Pixels.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels.' })
  height!: number;
}

// type-graphql requires inherited fields with resolvers to be declared again.
@ObjectType({ description: 'A picture: schema.org ImageObject.', implements: MediaAsset })
@Directive('@key(fields: "id")')
export class Image extends MediaAsset {
  @Field(() => URLScalar, { description: 'The address of the file.' })
  override contentUrl?: string;

  @Field(() => String, {
    description: 'Who made it. Never empty: where nobody is named, it says so ("Credit unknown").',
  })
  override creditText?: string;

  @Field(() => MediaRights, { description: 'What others may do with it.' })
  override rights?: MediaRights;

  @Field(() => Int, { description: 'Pixels of the file at `contentUrl`.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels of the file at `contentUrl`.' })
  height!: number;

  @Field(() => String, { description: 'The media type of the file at `contentUrl`.' })
  encodingFormat!: string;

  @Field(() => String, {
    description: 'What a reader hears who does not see it; the caption where nobody wrote it, else "".',
  })
  altText!: string | null;

  @Field(() => String, { nullable: true, description: 'What it shows, without the credit.' })
  caption!: string | null;

  @Field(() => MediaCredit, { description: 'Who made it, in parts.' })
  credit?: MediaCredit;

  @Field(() => String, { nullable: true, description: 'Who holds the copyright.' })
  copyrightHolder!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When it was taken or drawn.' })
  dateCreated!: Date | null;

  @Field(() => String, { nullable: true, description: 'The place that it shows.' })
  locationShown!: string | null;

  @Field(() => FocalPoint, { nullable: true, description: 'The middle where it is null.' })
  focalPoint?: FocalPoint | null;
}

@ObjectType({ description: 'The spoken words of a video in one language, as WebVTT.' })
export class CaptionTrack {
  @Field(() => LanguageTag, { description: 'The language.' })
  language!: string;

  @Field(() => URLScalar, { description: 'The address of the file.' })
  url!: string;
}

@ObjectType({ description: 'A video: schema.org VideoObject.', implements: MediaAsset })
@Directive('@key(fields: "id")')
export class Video extends MediaAsset {
  @Field(() => URLScalar, {
    description: 'The address of the file, or of its player where that is all there is.',
  })
  override contentUrl?: string;

  @Field(() => String, {
    description: 'Who made it. Never empty: where nobody is named, it says so ("Credit unknown").',
  })
  override creditText?: string;

  @Field(() => MediaRights, { description: 'What others may do with it.' })
  override rights?: MediaRights;

  @Field(() => String, { description: 'Its title.' })
  headline!: string;

  @Field(() => String, { nullable: true, description: 'What it shows, plain text.' })
  description!: string | null;

  @Field(() => URLScalar, { nullable: true, description: 'A player to put into a page.' })
  embedUrl!: string | null;

  @Field(() => Duration, { nullable: true, description: 'How long it runs.' })
  duration!: string | null;

  @Field(() => DateTime, { description: 'When it was first shown.' })
  uploadDate!: Date;

  @Field(() => Image, { nullable: true, description: 'The picture that stands for it until it plays.' })
  poster?: Image | null;

  @Field(() => [CaptionTrack], { description: 'The spoken words, by language.' })
  captions!: CaptionTrack[];
}

@ObjectType({ description: 'A video in a list.' })
export class VideoEdge {
  @Field(() => String, { description: 'The place of this video in the list.' })
  cursor!: string;

  @Field(() => Video, { description: 'The video.' })
  node!: Video;
}

@ObjectType({ description: 'A page of videos, the latest first.' })
export class VideoConnection {
  @Field(() => [VideoEdge], { description: 'The videos with their cursors.' })
  edges!: VideoEdge[];

  @Field(() => [Video], { description: 'The videos.' })
  nodes!: Video[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many the whole list has; 10,000 where there are more.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}
