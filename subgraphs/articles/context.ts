/** What the resolvers of Articles know of the request that they answer. */
import { editing } from '../trust/entitlement.ts';
import type { Reader } from '../trust/reader.ts';
import type { ArticlesLoaders } from './loaders.ts';
import type { ArticleRow } from './sql/lists.ts';
import type { ArticlesStore } from './store.ts';

export interface ArticlesContext {
  store: ArticlesStore;
  loaders: ArticlesLoaders;
  reader: Reader;
  /** Where our site is, without a slash at the end. */
  publicUrl: string;
  /** Where Media shows its pictures, without a slash at the end. */
  mediaUrl: string;
}

/** Whether a reader writes stories: to them a story exists before its time and after its withdrawal. */
export const isEditor = ({ scopes }: Pick<Reader, 'scopes'>): boolean => scopes.has(editing);

/** The one true address of a story. */
export function canonicalUrlOf({ canonicalUrl, slug }: ArticleRow, publicUrl: string): string {
  return canonicalUrl ?? articleUrl(slug, publicUrl);
}

/** Where our own site shows the story with this slug. */
export function articleUrl(slug: string, publicUrl: string): string {
  return `${publicUrl}/articles/${encodeURIComponent(slug)}`;
}
