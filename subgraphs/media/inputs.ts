/** GraphQL inputs of Media. The URLs in them are never fetched. */
import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, Duration, URLScalar } from '../graph/scalars.ts';

const creditText =
  '"Name/Agency via Provider", as it is printed; its parts are read out of it. Null: nobody is known.';

@InputType({ description: 'A picture. What is left out stays as it is stored, what is null goes.' })
export class ImageInput {
  @Field(() => String, { description: 'What the source calls it: the same one is the same picture.' })
  sourceId!: string;

  @Field(() => URLScalar, { description: 'Where it comes from; an address of ours changes nothing.' })
  contentUrl!: string;

  @Field(() => Int, { description: 'Pixels.' }) width!: number;
  @Field(() => Int, { description: 'Pixels.' }) height!: number;

  @Field(() => String, { nullable: true, description: '"image/jpeg"; by its address unless said.' })
  encodingFormat?: string | null;

  @Field(() => String, { nullable: true, description: 'What it shows, for whoever cannot see it.' })
  altText?: string | null;

  @Field(() => String, { nullable: true, description: 'A credit at its end is taken out of it.' })
  caption?: string | null;

  @Field(() => String, { nullable: true, description: creditText }) creditText?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when readers may see it, whatever uses it. Null: once something that they may see uses it. Left out: as stored.',
  })
  visibleFrom?: Date | null;

  @Field(() => String, { nullable: true, description: 'schema.org copyrightNotice.' })
  copyrightNotice?: string | null;

  @Field(() => String, { nullable: true, description: 'Terms in words.' }) usageTerms?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether partners may publish it; not unless said.' })
  syndicatable?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it may stand in an embed; not unless said.' })
  embeddable?: boolean | null;
}

@InputType({ description: 'A video. What is left out stays as it is stored, what is null goes.' })
export class VideoInput {
  @Field(() => String, { description: 'What the source calls it: the same one is the same video.' })
  sourceId!: string;

  @Field(() => String, { description: 'Its headline.' }) headline!: string;
  @Field(() => String, { nullable: true, description: 'What it is about.' }) description?: string | null;

  @Field(() => URLScalar, { description: 'Where its file is; an address of ours changes nothing.' })
  contentUrl!: string;

  @Field(() => URLScalar, { nullable: true, description: 'Where it can be watched.' })
  embedUrl?: string | null;

  @Field(() => Duration, { nullable: true, description: '"PT1M30S".' }) duration?: string | null;
  @Field(() => DateTime, { description: 'schema.org uploadDate.' }) uploadDate!: Date;

  @Field(() => ID, { nullable: true, description: 'The id of the picture that stands for it.' })
  posterId?: string | null;

  @Field(() => String, { nullable: true, description: creditText }) creditText?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when readers may see it, whatever uses it. Null: once something that they may see uses it. Left out: as stored.',
  })
  visibleFrom?: Date | null;
}
