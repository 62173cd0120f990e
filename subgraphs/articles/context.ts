/** What the resolvers of Articles know of the request that they answer. */
import type { Reader } from '../reader.ts';
import type { ArticlesLoaders } from './loaders.ts';
import type { ArticleRow } from './sql/lists.ts';
import type { ArticlesStore } from './store.ts';

export interface ArticlesContext {
  store: ArticlesStore;
  loaders: ArticlesLoaders;
  reader: Reader;
  /** Where our site is, without a slash at the end. */
  publicUrl: string;
}

/** The one true address of a story. */
export function canonicalUrlOf({ canonicalUrl, slug }: ArticleRow, publicUrl: string): string {
  return canonicalUrl ?? articleUrl(slug, publicUrl);
}

/** Where our own site shows the story with this slug. */
export function articleUrl(slug: string, publicUrl: string): string {
  return `${publicUrl}/articles/${encodeURIComponent(slug)}`;
}
