/** Articles: stories, and the sections, tags and feeds that list them. */

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
import { NodeQueries } from './fields/nodes.ts';
import { createArticlesLoaders } from './loaders.ts';
import { ArticlesMutations } from './mutations.ts';
import { ArticlesQueries, references } from './resolvers.ts';
import { type ArticlesStore, openArticlesStore } from './store.ts';

const federated = federate({
  resolvers: [
    ArticlesQueries,
    NodeQueries,
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

/** How soon the words of a newly published story become search suggestions. */
const reindexEveryMs = 5_000;

export const articles: Subgraph<ArticlesStore> = {
  name: 'articles',
  federated,
  async open({ database, settings, clock, log }) {
    await database.migrate();
    const store = openArticlesStore(database, clock);
    const onError = (error: unknown) =>
      log?.warn({ err: withoutValues(error) }, 'search indexing failed; retrying');
    await store.reindex().catch((error: unknown) => {
      // Stored stories stay readable; the loop continues when the disk has space again.
      if (!storageFull(error)) throw error;
      onError(error);
    });
    let isFirst = true;
    const reindexing = openLoop(
      async () => {
        if (!isFirst) await store.reindex();
        isFirst = false;
        return false;
      },
      { everyMs: reindexEveryMs, onError },
    );
    reindexing.start();
    return {
      ...federated,
      name: 'articles',
      store,
      check: database.check,
      stop: reindexing.stop,
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
