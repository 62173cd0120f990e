/** Stores the stories of an export in batches, after their pictures. */
import type { ArticleContent } from '../../../subgraphs/articles/content.ts';
import { escapeText } from '../../../subgraphs/articles/html/inline.ts';
import { idOf } from '../../../subgraphs/store/contentId.ts';
import type { Bringing } from '../importing.ts';
import { putReporting } from '../putting.ts';
import type { Links } from './links.ts';
import type { PictureBook } from './pictures.ts';
import { putPictures } from './putPictures.ts';
import type { ReadStory } from './story.ts';

/** Returns a function that stores a batch: new pictures first, then the stories. */
export function openStoryWriter(bringing: Bringing, links: Links, pictures: PictureBook) {
  const { stores, by, reporter } = bringing;
  const refused = new Set<string>();
  return async (stories: readonly ReadStory[]): Promise<void> => {
    const pages = new Map<string, string>();
    for (const { article, pictures: uses } of stories)
      for (const { source } of uses) if (!pages.has(source)) pages.set(source, nameOf(article));
    for (const source of await putPictures(bringing, pages, links, pictures))
      refused.add(idOf('image', source));
    const articles = stories.map(({ article, notes, pictures: uses }) => {
      for (const note of notes) reporter.note(note, nameOf(article));
      for (const { isCard, isInline } of uses)
        if (isInline) reporter.report.inlinePictures[isCard ? 'inCards' : 'bare'] += 1;
      return refused.size === 0 ? article : withoutPictures(article, refused);
    });
    await putReporting(articles, { put: stores.articles.putArticles, by, kind: 'story', reporter, nameOf });
  };
}

function nameOf({ slug, sourceId }: ArticleContent): string {
  return slug ?? sourceId;
}

/** The story without pictures that were not stored; captions stay. */
function withoutPictures(article: ArticleContent, refused: ReadonlySet<string>): ArticleContent {
  const { leadMedia, ...rest } = article;
  const body = article.body.flatMap((block) => {
    if (block.kind !== 'image' || !refused.has(block.imageId)) return [block];
    const { caption, audience } = block;
    if (!caption) return [];
    return [{ kind: 'paragraph' as const, html: escapeText(caption), ...(audience && { audience }) }];
  });
  const isShown = leadMedia && !refused.has(leadMedia.id);
  return { ...rest, body, ...(isShown ? { leadMedia } : {}) };
}
