/** GraphQL types for the blocks of a story's body and its uses of pictures and videos. */
import { createUnionType, Directive, Field, ID, Int, InterfaceType, ObjectType } from 'type-graphql';
import { enumOf, Visibility } from '../graph/enums.ts';
import { HTML, URLScalar } from '../graph/scalars.ts';
import type { Block } from './blocks.ts';

export const MediaRole = enumOf('MediaRole', 'Where a story shows an image or video.', {
  MAIN: 'Above the text.',
  INLINE: 'Between two blocks of the text.',
  SHOWCASE: 'Shown above the text, larger than usual.',
  THUMBNAIL: 'Represents the story in lists.',
});

@ObjectType({ description: 'Image with its credit and rights: schema.org ImageObject.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Image {
  @Field(() => ID, { description: 'Id in Media, which has the file, its credit and its rights.' })
  id!: string;
}

@ObjectType({ description: 'Video with its credit and rights: schema.org VideoObject.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Video {
  @Field(() => ID, { description: 'Id in Media, which has the file, its credit and its rights.' })
  id!: string;
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
  @Field(() => MediaRole, { description: 'Where to show it.' }) role!: string;
  @Field(() => Boolean, { description: 'Whether to show the credit next to the image.' })
  isCreditDisplayed!: boolean;
}

@ObjectType({ description: 'A video as one story shows it, with a caption for this place.' })
export class VideoUse {
  @Field(() => Video, {
    nullable: true,
    description: 'Video with its credit and poster; null if it could not be loaded.',
  })
  video!: Video | null;

  @Field(() => String, { nullable: true, description: 'Caption in this story; null if there is none.' })
  caption!: string | null;
  @Field(() => MediaRole, { description: 'Where to show it.' }) role!: string;
}

export const MediaUse = createUnionType({
  name: 'MediaUse',
  description: 'What a story shows: an image, or a video.',
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
  description: 'One piece of the body of a story, such as a paragraph or an image.',
  resolveType: ({ kind }: { kind: Block['kind'] }) => typeNames[kind],
})
export abstract class ContentBlock {
  @Field(() => ID, {
    description:
      'Id of the block. It stays the same when other blocks change or the block moves; a changed text is another block.',
  })
  id!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Running text between two breaks.' })
export class ParagraphBlock extends ContentBlock {
  @Field(() => HTML, { description: 'Paragraph as HTML with links and emphasis, without its <p> element.' })
  html!: string;
  @Field(() => String, { description: 'The same words without markup.' }) text!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Title of the part of the story that follows.' })
export class HeadingBlock extends ContentBlock {
  @Field(() => Int, { description: 'Number of the HTML element, h2 to h6; h1 is the headline of the page.' })
  level!: number;
  @Field(() => String, { description: 'The same words without markup.' }) text!: string;
  @Field(() => HTML, { description: 'Heading as HTML with links, without its heading element.' })
  html!: string;
  @Field(() => String, { description: 'Fragment identifier for links to the heading, unique in the story.' })
  anchor!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Items one below the other, numbered or with bullets.' })
export class ListBlock extends ContentBlock {
  @Field(() => Boolean, { description: 'Whether the items are numbered.' }) ordered!: boolean;
  @Field(() => [HTML], { description: 'Items as HTML, without their <li> elements.' }) items!: string[];
}

@ObjectType({ implements: ContentBlock, description: 'Words of somebody else, set apart from the text.' })
export class QuoteBlock extends ContentBlock {
  @Field(() => HTML, {
    description: 'What was said, with links and emphasis, without its <blockquote> element.',
  })
  html!: string;
  @Field(() => String, { nullable: true, description: 'Who is quoted; null if not stated.' }) citation!:
    | string
    | null;
  @Field(() => Boolean, {
    description:
      'Whether it repeats words of the text to draw attention, so that a screen reader may skip it.',
  })
  isPullQuote!: boolean;
}

@ObjectType({ implements: ContentBlock, description: 'Picture between two pieces of text.' })
export class ImageBlock extends ContentBlock {
  @Field(() => ImageUse, { description: 'Image with its caption and alternative text in this story.' })
  use!: ImageUse;
}

@ObjectType({ implements: ContentBlock, description: 'Film to play between two pieces of text.' })
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
  @Field(() => URLScalar, { description: 'Where the card leads.' }) url!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Box set apart from the text.' })
export class CalloutBlock extends ContentBlock {
  @Field(() => HTML, { description: 'Paragraphs, lists and links to show in the box.' }) html!: string;
}

@ObjectType({ implements: ContentBlock, description: 'Rows and columns of data.' })
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
  @Field(() => Visibility, {
    description: 'Who may read the rest; for TIERS, `Article.access` has the tiers.',
  })
  visibility!: string;
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
