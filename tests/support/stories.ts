/** Small stories for tests: what a test does not name has a plain value. */
import type { ArticleContent, TopicContent } from '../../subgraphs/articles/content.ts';
import type { ArticlesStore } from '../../subgraphs/articles/store.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';

export const topic = (slug: string): TopicContent => ({ sourceId: slug, slug, name: slug.toUpperCase() });

export const authorId = (name: string) => idOf('author', name);

export function story(sourceId: string, rest: Partial<ArticleContent> = {}): ArticleContent {
  return {
    sourceId,
    headline: `Story ${sourceId}`,
    sectionSlug: 'city',
    datePublished: new Date('2026-03-01T12:00:00Z'),
    body: [{ kind: 'paragraph', html: `The text of ${sourceId}.` }],
    ...rest,
  };
}

/** Sections "city" and "world", tags "harbour", "budget" and "sport", contributors "ann" and "bo". */
export async function putLists(
  store: Pick<ArticlesStore, 'putSections' | 'putTags' | 'putContributors'>,
): Promise<void> {
  await store.putSections([topic('city'), topic('world')], 'test');
  await store.putTags([topic('harbour'), topic('budget'), topic('sport')], 'test');
  const contributors = ['ann', 'bo'].map((slug) => ({ id: authorId(slug), slug, name: slug.toUpperCase() }));
  await store.putContributors(contributors, 'test');
}

export const articleId = (sourceId: string) => idOf('article', sourceId);
