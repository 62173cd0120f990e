/** The resolver context of Articles. */
import { editing } from '../trust/entitlement.ts';
import type { Reader } from '../trust/reader.ts';
import type { ArticlesLoaders } from './loaders.ts';
import type { ArticleRow } from './sql/lists.ts';
import type { ArticlesStore } from './store.ts';

export interface ArticlesContext {
  store: ArticlesStore;
  loaders: ArticlesLoaders;
  reader: Reader;
  /** The base URL of the site, without a trailing slash. */
  publicUrl: string;
  /** The base URL of Media's pictures, without a trailing slash. */
  mediaUrl: string;
}

/** Whether a reader is an editor, who sees stories before publication and after withdrawal. */
export const isEditor = ({ scopes }: Pick<Reader, 'scopes'>): boolean => scopes.has(editing);

/** The canonical URL of a story. */
export function canonicalUrlOf({ canonicalUrl, slug }: ArticleRow, publicUrl: string): string {
  return canonicalUrl ?? articleUrl(slug, publicUrl);
}

/** The URL of the story with this slug on our site. */
export function articleUrl(slug: string, publicUrl: string): string {
  return `${publicUrl}/articles/${encodeURIComponent(slug)}`;
}
