/** GraphQL inputs of Media. The URLs in them are never fetched. */
import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, Duration, URLScalar } from '../graph/scalars.ts';

const creditText =
  'Credit line "Name/Agency via Provider", from which the parts of the credit are read; null if unknown.';

@InputType({
  description:
    'Image to create or update. Fields that are left out keep their stored value; null removes it.',
})
export class ImageInput {
  @Field(() => String, { description: 'Id of the image in its source system, by which an update finds it.' })
  sourceId!: string;

  @Field(() => URLScalar, {
    description: 'URL of the original file; for a stored image a URL of this site changes nothing.',
  })
  contentUrl!: string;

  @Field(() => Int, { description: 'Of the original file, in pixels.' }) width!: number;
  @Field(() => Int, { description: 'Of the original file, in pixels.' }) height!: number;

  @Field(() => String, {
    nullable: true,
    description: 'Media type such as "image/jpeg"; by default it is derived from the URL.',
  })
  encodingFormat?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the image shows, for readers who do not see it; by default the caption.',
  })
  altText?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Caption; a credit at its end is moved to the credit.',
  })
  caption?: string | null;

  @Field(() => String, { nullable: true, description: creditText }) creditText?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when readers can see it on its own; if null, they see it as soon as a published story or author uses it.',
  })
  visibleFrom?: Date | null;

  @Field(() => String, { nullable: true, description: 'Copyright notice: schema.org copyrightNotice.' })
  copyrightNotice?: string | null;

  @Field(() => String, { nullable: true, description: 'Terms of use as text.' }) usageTerms?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether partners may publish it; defaults to false.',
  })
  syndicatable?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether embeds on other sites may show it; defaults to false.',
  })
  embeddable?: boolean | null;
}

@InputType({
  description:
    'Video to create or update. Fields that are left out keep their stored value; null removes it.',
})
export class VideoInput {
  @Field(() => String, { description: 'Id of the video in its source system, by which an update finds it.' })
  sourceId!: string;

  @Field(() => String, { description: 'Plain text to show above or below the player; it must not be empty.' })
  headline!: string;
  @Field(() => String, { nullable: true, description: 'What the video is about, as plain text.' })
  description?: string | null;

  @Field(() => URLScalar, {
    description: 'URL of the original file; for a stored video a URL of this site changes nothing.',
  })
  contentUrl!: string;

  @Field(() => URLScalar, { nullable: true, description: 'URL of a player to embed in a page.' })
  embedUrl?: string | null;

  @Field(() => Duration, {
    nullable: true,
    description: 'Length of the video as an ISO 8601 duration, such as "PT1M30S".',
  })
  duration?: string | null;
  @Field(() => DateTime, { description: 'When the video was first published: schema.org uploadDate.' })
  uploadDate!: Date;

  @Field(() => ID, { nullable: true, description: 'Id of the image to show before the video plays.' })
  posterId?: string | null;

  @Field(() => String, { nullable: true, description: creditText }) creditText?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when readers can see it on its own; if null, they see it as soon as a published story or author uses it.',
  })
  visibleFrom?: Date | null;
}
