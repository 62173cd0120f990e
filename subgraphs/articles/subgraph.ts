/** Articles: the stories, and the sections, tags and feeds that list them. */
import { federate } from '../federate.ts';
import { openLoop } from '../loop.ts';
import { withoutValues } from '../failure.ts';
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

/** So soon are the words of a story that has come to its time among those that a question may have meant. */
const reindexEveryMs = 5_000;

export const articles: Subgraph<ArticlesStore> = {
  name: 'articles',
  federated,
  async open({ database, settings, clock, log }) {
    await database.migrate();
    const store = openArticlesStore(database, clock);
    await store.reindex();
    let isFirst = true;
    const counting = openLoop(
      async () => {
        if (!isFirst) await store.reindex();
        isFirst = false;
        return false;
      },
      {
        everyMs: reindexEveryMs,
        onError: (error) =>
          log?.warn({ err: withoutValues(error) }, 'the words of stories that appeared could not be counted'),
      },
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
