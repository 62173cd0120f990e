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
export type OperationName = (typeof operationNames)[number];

export function operation(name: OperationName): string {
  return readFileSync(join('schema', 'operations', `${name}.graphql`), 'utf8');
}
