/** The stored operations, as clients send them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const operationNames = [
  'article-page',
  'author-page',
  'front-page',
  'news-feed',
  'partner-feed',
] as const;

/** Those of the reader's pages. */
export const pageOperationNames = [
  'feed-page',
  'home-page',
  'membership-page',
  'search-page',
  'section-page',
  'story-page',
  'tag-page',
] as const;
export type OperationName = (typeof operationNames | typeof pageOperationNames)[number];

export function operation(name: OperationName): string {
  return readFileSync(join('schema', 'operations', `${name}.graphql`), 'utf8');
}
