/** Articles: the stories, and the sections, tags and feeds that list them. */

import { storageFull } from '../errors.ts';
import { federate } from '../graph/federate.ts';
import type { Subgraph } from '../serve/subgraph.ts';
import { sharedStore } from '../store/connectionShare.ts';
import { withoutValues } from '../store/databaseFailure.ts';
import { openLoop } from '../store/pollLoop.ts';
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

/** So soon are the words of a story that has come to its time among those that a question may have meant. */
const reindexEveryMs = 5_000;

export const articles: Subgraph<ArticlesStore> = {
  name: 'articles',
  federated,
  async open({ database, settings, clock, log }) {
    await database.migrate();
    const store = openArticlesStore(database, clock);
    const onError = (error: unknown) =>
      log?.warn({ err: withoutValues(error) }, 'stories could not be indexed for search');
    await store.reindex().catch((error: unknown) => {
      // Readers have what is stored; the loop goes on once there is room.
      if (!storageFull(error)) throw error;
      onError(error);
    });
    let isFirst = true;
    const counting = openLoop(
      async () => {
        if (!isFirst) await store.reindex();
        isFirst = false;
        return false;
      },
      { everyMs: reindexEveryMs, onError },
    );
    counting.start();
    return {
      ...federated,
      name: 'articles',
      store,
      check: database.check,
      stop: counting.stop,
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
