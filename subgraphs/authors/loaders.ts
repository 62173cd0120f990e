/** The data loaders of Authors for one request; each batch is one query. */
import DataLoader from 'dataloader';
import type { AuthorRow, AuthorsStore } from './store.ts';

export type AuthorsLoaders = ReturnType<typeof createAuthorsLoaders>;

export function createAuthorsLoaders(store: AuthorsStore) {
  return {
    byId: new DataLoader<string, AuthorRow | null>((ids) => store.byIds(ids)),
    bySlug: new DataLoader<string, AuthorRow | null>((slugs) => store.bySlugs(slugs)),
  };
}
