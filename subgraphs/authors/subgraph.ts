/** Authors: the profiles of writers, photographers and editors. */
import { federate } from '../graph/federate.ts';
import type { Subgraph } from '../serve/subgraph.ts';
import { sharedStore } from '../store/connectionShare.ts';
import { createAuthorsLoaders } from './loaders.ts';
import { AuthorsMutations } from './mutations.ts';
import { AuthorConnectionResolver, AuthorResolver, type AuthorsContext, references } from './resolvers.ts';
import { type AuthorsStore, openAuthorsStore } from './store.ts';

const federated = federate({
  resolvers: [AuthorResolver, AuthorConnectionResolver, AuthorsMutations],
  references,
});

export const authors: Subgraph<AuthorsStore> = {
  name: 'authors',
  federated,
  async open({ database, settings, clock }) {
    await database.migrate();
    const store = openAuthorsStore(database, clock);
    return {
      ...federated,
      name: 'authors',
      store,
      check: database.check,
      contextFor({ reader, signal }): AuthorsContext {
        const shared = sharedStore(store, database.shareOf(signal));
        return {
          store: shared,
          loaders: createAuthorsLoaders(shared),
          reader,
          publicUrl: settings.publicUrl,
        };
      },
    };
  },
};
