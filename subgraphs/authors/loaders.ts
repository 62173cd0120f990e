/** What Authors loads for one request, each list of keys with one question to the store. */
import DataLoader from 'dataloader';
import type { AuthorRow, AuthorsStore } from './store.ts';

export type AuthorsLoaders = ReturnType<typeof createAuthorsLoaders>;

export function createAuthorsLoaders(store: AuthorsStore) {
  return {
    byId: new DataLoader<string, AuthorRow | null>((ids) => store.byIds(ids)),
    bySlug: new DataLoader<string, AuthorRow | null>((slugs) => store.bySlugs(slugs)),
  };
}
