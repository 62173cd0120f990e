/** GraphQL types for the blocks of a story's body and its uses of pictures and videos. */
import { createUnionType, Directive, Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { enumOf, Visibility } from '../graph/enums.ts';
import { HTML, URLScalar } from '../graph/scalars.ts';
import type { Block } from './blocks.ts';

export const MediaRole = enumOf('MediaRole', 'What a picture or video does in a story.', {
  MAIN: 'Leads the story.',
  INLINE: 'Stands in the text.',
  SHOWCASE: 'Leads the story, larger than usual.',
  THUMBNAIL: 'Stands for the story in lists.',
});

@ObjectType({ description: 'A picture; Media owns it.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Image {
  @Field(() => ID, { description: 'The id that Media gives the picture.' }) id!: string;
}

@ObjectType({ description: 'A video; Media owns it.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Video {
  @Field(() => ID, { description: 'The id that Media gives the video.' }) id!: string;
}

@ObjectType({
  description:
    'One use of a picture in one story: caption and alt text belong to the use, the credit to the Image.',
})
export class ImageUse {
  @Field(() => Image, { nullable: true, description: 'The picture; null where Media does not answer.' })
  image!: Image | null;

  @Field(() => String, { nullable: true, description: 'The caption here, without the credit.' }) caption!:
    | string
    | null;
  @Field(() => String, { nullable: true, description: 'The text for who cannot see it here.' }) altText!:
    | string
    | null;
  @Field(() => MediaRole, { description: 'What it does here.' }) role!: string;
  @Field(() => Boolean, { description: 'Whether the page shows the credit beside it.' })
  displayCredit!: boolean;
}

@ObjectType({ description: 'One use of a video in one story.' })
export class VideoUse {
  @Field(() => Video, { nullable: true, description: 'The video; null where Media does not answer.' })
  video!: Video | null;

  @Field(() => String, { nullable: true, description: 'The caption here.' }) caption!: string | null;
  @Field(() => MediaRole, { description: 'What it does here.' }) role!: string;
}

export const MediaUse = createUnionType({
  name: 'MediaUse',
  description: 'A picture or a video in a story.',
  types: () => [ImageUse, VideoUse] as const,
  resolveType: (use) => ('image' in use ? 'ImageUse' : 'VideoUse'),
});

/** The GraphQL type of each kind of block. */
const typeNames: Record<Block['kind'], string> = {
  paragraph: 'ParagraphBlock',
  heading: 'HeadingBlock',
  list: 'ListBlock',
  quote: 'QuoteBlock',
  image: 'ImageBlock',
  video: 'VideoBlock',
  embed: 'EmbedBlock',
  related: 'RelatedStoryBlock',
  callout: 'CalloutBlock',
  table: 'TableBlock',
  code: 'CodeBlock',
  divider: 'DividerBlock',
  paywall: 'PaywallBlock',
};

@InterfaceType({
  description: "One block of a story's body.",
  resolveType: ({ kind }: { kind: Block['kind'] }) => typeNames[kind],
})
export abstract class ContentBlock {
  @Field(() => ID, { description: "The story's id and the place of the block." }) id!: string;
}

@ObjectType({ implements: ContentBlock, description: 'A paragraph.' })
export class ParagraphBlock extends ContentBlock {
  @Field(() => HTML, { description: 'The text with its links and emphasis, without the p.' }) html!: string;
  @Field(() => String, { description: 'The text alone.' }) text!: string;
}

@ObjectType({ implements: ContentBlock, description: 'A heading within the story.' })
export class HeadingBlock extends ContentBlock {
  @Field(() => Int, { description: '2 to 6; the headline is 1.' }) level!: number;
  @Field(() => String, { description: 'The heading.' }) text!: string;
  @Field(() => HTML, { description: 'The heading with its links, without the h.' }) html!: string;
  @Field(() => String, { description: 'Its name for links to it, unique in the story.' }) anchor!: string;
}

@ObjectType({ implements: ContentBlock, description: 'A list.' })
export class ListBlock extends ContentBlock {
  @Field(() => Boolean, { description: 'Whether it is numbered.' }) ordered!: boolean;
  @Field(() => [HTML], { description: 'Its items, without the li.' }) items!: string[];
}

@ObjectType({ implements: ContentBlock, description: 'What somebody said.' })
export class QuoteBlock extends ContentBlock {
  @Field(() => HTML, { description: 'The words.' }) html!: string;
  @Field(() => String, { nullable: true, description: 'Who said them.' }) citation!: string | null;
  @Field(() => Boolean, { description: 'Whether they are pulled from the text to stand out.' })
  pull!: boolean;
}

@ObjectType({ implements: ContentBlock, description: 'A picture in the text.' })
export class ImageBlock extends ContentBlock {
  @Field(() => ImageUse, { description: 'The picture as it is used here.' }) use!: ImageUse;
}

@ObjectType({ implements: ContentBlock, description: 'A video in the text.' })
export class VideoBlock extends ContentBlock {
  @Field(() => VideoUse, { description: 'The video as it is used here.' }) use!: VideoUse;
}

@ObjectType({ implements: ContentBlock, description: 'Something of another site in the text.' })
export class EmbedBlock extends ContentBlock {
  @Field(() => URLScalar, { description: 'Where it stands.' }) url!: string;
  @Field(() => String, { description: 'Whose it is: "YouTube".' }) providerName!: string;

  @Field(() => HTML, {
    description: 'How to show it; a plain link to it, where showing it would not be safe.',
  })
  html!: string;

  @Field(() => URLScalar, { nullable: true, description: 'A picture of it.' }) thumbnailUrl!: string | null;
}

@ObjectType({
  implements: ContentBlock,
  description: 'A link card to another of our stories, where the writer put it.',
})
export class RelatedStoryBlock extends ContentBlock {
  @Field(() => String, { description: 'What the card says, where the story cannot be shown.' })
  linkText!: string;
  @Field(() => URLScalar, { description: 'Where the card leads.' }) url!: string;
}

@ObjectType({ implements: ContentBlock, description: 'A box beside the text.' })
export class CalloutBlock extends ContentBlock {
  @Field(() => HTML, { description: 'What it says.' }) html!: string;
}

@ObjectType({ implements: ContentBlock, description: 'A table.' })
export class TableBlock extends ContentBlock {
  @Field(() => [HTML], { nullable: true, description: 'The heads of its columns.' }) header!: string[] | null;
  @Field(() => [[HTML]], { description: 'Its rows, each a list of cells.' }) rows!: string[][];
}

@ObjectType({ implements: ContentBlock, description: 'Code, to be shown as it stands.' })
export class CodeBlock extends ContentBlock {
  @Field(() => String, { nullable: true, description: 'Its language: "ts".' }) language!: string | null;
  @Field(() => String, { description: 'The code.' }) code!: string;
}

@ObjectType({ implements: ContentBlock, description: 'A line between two parts of the story.' })
export class DividerBlock extends ContentBlock {}

@ObjectType({ implements: ContentBlock, description: 'Here the part ends that this reader may see.' })
export class PaywallBlock extends ContentBlock {
  @Field(() => Visibility, { description: 'Who may read on.' }) visibility!: string;
  @Field(() => [ID], { description: "Membership's tiers that open the story." }) requiredTierIds!: string[];
}

/** Block types that the schema reaches through the interface only. */
export const blockTypes = [
  ParagraphBlock,
  HeadingBlock,
  ListBlock,
  QuoteBlock,
  ImageBlock,
  VideoBlock,
  EmbedBlock,
  RelatedStoryBlock,
  CalloutBlock,
  TableBlock,
  CodeBlock,
  DividerBlock,
  PaywallBlock,
];
