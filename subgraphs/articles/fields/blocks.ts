/** Maps stored blocks to the GraphQL types. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Block } from '../blocks.ts';
import { type ContentBlock, RelatedStoryBlock } from '../blockTypes.ts';
import type { LeadMediaContent } from '../content.ts';
import { type ArticlesContext, articleUrl, canonicalUrlOf } from '../context.ts';
import type { ArticleRow } from '../sql/lists.ts';
import { anchorsOf } from '../story/anchors.ts';
import { blockIds } from '../story/blockIds.ts';
import { embedHtml, escapeHtml, withAbsoluteLinks } from '../story/html.ts';
import { plainText } from '../story/words.ts';
import { Article } from '../types.ts';

/** Adds ids and absolute links to the blocks, which are already filtered for the reader. Ids are made when selected. */
export function showBlocks(blocks: readonly Block[], story: ArticleRow, publicUrl: string): ShownBlock[] {
  const anchors = anchorsOf(blocks);
  let ids: string[] | undefined;
  const idAt = (place: number) => {
    ids ??= blockIds(story.id, blocks);
    return ids[place] as string;
  };
  return blocks.map((block, place) => ({
    ...block,
    id: () => idAt(place),
    ...fieldsOf(block, story, publicUrl, anchors),
  }));
}

/** A block whose fields may be functions, as executors take them. */
type ShownBlock = { [Field in keyof ContentBlock]: () => ContentBlock[Field] };

function fieldsOf(block: Block, story: ArticleRow, publicUrl: string, anchors: Map<Block, string>): object {
  const html = (text: string) => withAbsoluteLinks(text, publicUrl);
  switch (block.kind) {
    case 'paragraph':
      return { html: html(block.html), text: () => plainText(block.html) };
    case 'heading':
      return { anchor: anchors.get(block), html: html(block.html ?? escapeHtml(block.text)) };
    case 'list':
      return { items: block.items.map(html) };
    case 'quote':
      return { html: html(block.html), isPullQuote: block.pull ?? false };
    case 'image':
      return { use: useOf({ ...block, kind: 'image', id: block.imageId, role: block.role ?? 'INLINE' }) };
    case 'video':
      return { use: useOf({ ...block, kind: 'video', id: block.videoId, role: block.role ?? 'INLINE' }) };
    case 'embed':
      return { html: embedHtml(block) };
    case 'callout':
      return { html: html(block.html) };
    case 'table':
      return { header: block.header?.map(html) ?? null, rows: block.rows.map((cells) => cells.map(html)) };
    case 'paywall':
      return { visibility: story.visibility };
    default:
      return {};
  }
}

/** A use of a picture or a video. */
export function useOf({ kind, id, caption, altText, role, displayCredit }: LeadMediaContent): object {
  const use = { caption: caption ?? null, role: role ?? 'MAIN' };
  if (kind === 'video') return { ...use, video: { id } };
  return { ...use, image: { id }, altText: altText ?? null, isCreditDisplayed: displayCredit ?? true };
}

@Resolver(() => RelatedStoryBlock)
export class RelatedStoryBlockResolver {
  @FieldResolver(() => Article, {
    nullable: true,
    description: 'Linked story; null if it was withdrawn or does not exist.',
  })
  async article(
    @Root() { slug }: { slug: string },
    @Ctx() { loaders }: ArticlesContext,
  ): Promise<ArticleRow | null> {
    const match = await loaders.bySlug.load(slug);
    return match?.isVisible ? match.article : null;
  }

  @FieldResolver()
  async url(
    @Root() { slug }: { slug: string },
    @Ctx() { loaders, publicUrl }: ArticlesContext,
  ): Promise<string> {
    const match = await loaders.bySlug.load(slug);
    return match?.isVisible ? canonicalUrlOf(match.article, publicUrl) : articleUrl(slug, publicUrl);
  }
}
