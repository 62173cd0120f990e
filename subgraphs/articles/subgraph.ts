/** Articles: the stories, and the sections, tags and feeds that list them. */
import { federate } from '../federate.ts';
import { sharedStore } from '../share.ts';
import type { Subgraph } from '../subgraph.ts';
import { blockTypes } from './blockTypes.ts';
import { type ArticlesContext, isEditor } from './context.ts';
import { ArticleResolver } from './fields/article.ts';
import { RelatedStoryBlockResolver } from './fields/blocks.ts';
import {
  ArticleConnectionResolver,
  ArticleSearchConnectionResolver,
  AuthorArticlesResolver,
  FeedResolver,
  SectionResolver,
  TagResolver,
} from './fields/lists.ts';
import { createArticlesLoaders } from './loaders.ts';
import { ArticlesMutations } from './mutations.ts';
import { ArticlesQueries, references } from './resolvers.ts';
import { type ArticlesStore, openArticlesStore } from './store.ts';

const federated = federate({
  resolvers: [
    ArticlesQueries,
    ArticlesMutations,
    ArticleResolver,
    RelatedStoryBlockResolver,
    SectionResolver,
    TagResolver,
    FeedResolver,
    AuthorArticlesResolver,
    ArticleConnectionResolver,
    ArticleSearchConnectionResolver,
  ],
  orphanedTypes: blockTypes,
  references,
});

export const articles: Subgraph<ArticlesStore> = {
  name: 'articles',
  federated,
  async open({ database, settings, clock }) {
    await database.migrate();
    const store = openArticlesStore(database, clock);
    await store.reindex();
    return {
      ...federated,
      name: 'articles',
      store,
      check: database.check,
      contextFor({ reader, signal }): ArticlesContext {
        const shared = sharedStore(store, database.shareOf(signal));
        return {
          store: shared,
          loaders: createArticlesLoaders(shared, { isEditor: isEditor(reader) }),
          reader,
          publicUrl: settings.publicUrl,
          mediaUrl: settings.mediaUrl,
        };
      },
    };
  },
};
