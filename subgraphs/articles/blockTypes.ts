/** GraphQL types for the blocks of a story's body and its uses of pictures and videos. */
import { createUnionType, Directive, Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { enumOf, Visibility } from '../graph/enums.ts';
import { HTML, URLScalar } from '../graph/scalars.ts';
import type { Block } from './blocks.ts';

export const MediaRole = enumOf('MediaRole', 'Role of an image or video in a story.', {
  MAIN: 'Shown above the text.',
  INLINE: 'Shown in the text.',
  SHOWCASE: 'Shown above the text, larger than usual.',
  THUMBNAIL: 'Represents the story in lists.',
});

@ObjectType({ description: 'Image with its credit and rights: schema.org ImageObject.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Image {
  @Field(() => ID, { description: 'Stable id of the image or video.' }) id!: string;
}

@ObjectType({ description: 'Video with its credit and rights: schema.org VideoObject.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Video {
  @Field(() => ID, { description: 'Stable id of the image or video.' }) id!: string;
}

@ObjectType({
  description:
    'Use of an image in a story: caption and alternative text belong to the use, the credit to the Image.',
})
export class ImageUse {
  @Field(() => Image, {
    nullable: true,
    description: 'Image with its credit and renditions; null if it could not be loaded.',
  })
  image!: Image | null;

  @Field(() => String, {
    nullable: true,
    description: 'Caption in this story, without the credit; null if there is none.',
  })
  caption!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Alternative text in this story; null if there is none.',
  })
  altText!: string | null;
  @Field(() => MediaRole, { description: 'Role in the story.' }) role!: string;
  @Field(() => Boolean, { description: 'Whether to show the credit next to the image.' })
  displayCredit!: boolean;
}

@ObjectType({ description: 'Use of a video in a story.' })
export class VideoUse {
  @Field(() => Video, {
    nullable: true,
    description: 'Video with its credit and poster; null if it could not be loaded.',
  })
  video!: Video | null;

  @Field(() => String, { nullable: true, description: 'Caption in this story; null if there is none.' })
  caption!: string | null;
  @Field(() => MediaRole, { description: 'Role in the story.' }) role!: string;
}

export const MediaUse = createUnionType({
  name: 'MediaUse',
  description: 'Image or video in a story.',
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
  description: 'Block of the text of a story.',
  resolveType: ({ kind }: { kind: Block['kind'] }) => typeNames[kind],
})
export abstract class ContentBlock {
  @Field(() => ID, {
    description: 'Id of the block, made of the id of the story and the position of the block.',
  })
  id!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Paragraph of text.' })
export class ParagraphBlock extends ContentBlock {
  @Field(() => HTML, { description: 'Paragraph as HTML with links and emphasis, without its <p> element.' })
  html!: string;
  @Field(() => String, { description: 'Paragraph as plain text.' }) text!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Heading within the story.' })
export class HeadingBlock extends ContentBlock {
  @Field(() => Int, { description: 'Heading level from 2 to 6; 1 is the headline.' }) level!: number;
  @Field(() => String, { description: 'Heading as plain text.' }) text!: string;
  @Field(() => HTML, { description: 'Heading as HTML with links, without its heading element.' })
  html!: string;
  @Field(() => String, { description: 'Fragment identifier for links to the heading, unique in the story.' })
  anchor!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Ordered or unordered list.' })
export class ListBlock extends ContentBlock {
  @Field(() => Boolean, { description: 'Whether the items are numbered.' }) ordered!: boolean;
  @Field(() => [HTML], { description: 'Items as HTML, without their <li> elements.' }) items!: string[];
}

@ObjectType({ implements: ContentBlock, description: 'Quotation.' })
export class QuoteBlock extends ContentBlock {
  @Field(() => HTML, { description: 'Quoted words as HTML.' }) html!: string;
  @Field(() => String, { nullable: true, description: 'Who is quoted; null if not stated.' }) citation!:
    | string
    | null;
  @Field(() => Boolean, { description: 'Whether it is a pull quote.' })
  pull!: boolean;
}

@ObjectType({ implements: ContentBlock, description: 'Image in the text.' })
export class ImageBlock extends ContentBlock {
  @Field(() => ImageUse, { description: 'Image with its caption and alternative text in this story.' })
  use!: ImageUse;
}

@ObjectType({ implements: ContentBlock, description: 'Video in the text.' })
export class VideoBlock extends ContentBlock {
  @Field(() => VideoUse, { description: 'Video with its caption in this story.' }) use!: VideoUse;
}

@ObjectType({ implements: ContentBlock, description: 'Embedded content of another site.' })
export class EmbedBlock extends ContentBlock {
  @Field(() => URLScalar, { description: 'URL of the content on the other site.' }) url!: string;
  @Field(() => String, { description: 'Name of the other site, such as "YouTube".' }) providerName!: string;

  @Field(() => HTML, {
    description: 'HTML that displays the content; a link to it if embedding it would not be safe.',
  })
  html!: string;

  @Field(() => URLScalar, { nullable: true, description: 'URL of a preview image; null if there is none.' })
  thumbnailUrl!: string | null;
}

@ObjectType({
  implements: ContentBlock,
  description: 'Link card to another story of the publication, placed by the writer.',
})
export class RelatedStoryBlock extends ContentBlock {
  @Field(() => String, { description: 'Text for a plain link, if `article` is null.' })
  linkText!: string;
  @Field(() => URLScalar, { description: 'URL of the other story.' }) url!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Box set apart from the text.' })
export class CalloutBlock extends ContentBlock {
  @Field(() => HTML, { description: 'Content of the box as HTML.' }) html!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Table with HTML cells.' })
export class TableBlock extends ContentBlock {
  @Field(() => [HTML], { nullable: true, description: 'Column headers as HTML; null if there are none.' })
  header!: string[] | null;
  @Field(() => [[HTML]], { description: 'Rows, each a list of cells as HTML.' }) rows!: string[][];
}

@ObjectType({ implements: ContentBlock, description: 'Source code, shown preformatted.' })
export class CodeBlock extends ContentBlock {
  @Field(() => String, {
    nullable: true,
    description: 'Programming language, such as "ts"; null if not stated.',
  })
  language!: string | null;
  @Field(() => String, { description: 'Source code as plain text.' }) code!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Thematic break between two parts of the story.' })
export class DividerBlock extends ContentBlock {}

@ObjectType({ implements: ContentBlock, description: 'End of the part that the reader may see.' })
export class PaywallBlock extends ContentBlock {
  @Field(() => Visibility, { description: 'Who may read the rest.' }) visibility!: string;
  @Field(() => [ID], {
    description: 'Ids of the membership tiers whose members may read the rest, if `visibility` is TIERS.',
  })
  requiredTierIds!: string[];
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
