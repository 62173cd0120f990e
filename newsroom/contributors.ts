/** Keeps author names in Articles' bylines in step with Authors; neither subgraph knows the other. */
import type { AuthorsStore } from '../subgraphs/authors/store.ts';
import type { NewsroomStores } from './stores.ts';

interface FollowOptions {
  authors: Pick<AuthorsStore, 'changesAfter' | 'byIds'>;
  articles: Pick<NewsroomStores['articles'], 'putContributors'>;
}

const changesAtOnce = 500;

/**
 * Returns a step from the changes of Authors to Articles; it resolves to whether more may follow. It begins with the
 * first change. Names that are current already are not written, so that several processes may follow.
 */
export function followAuthors({ authors, articles }: FollowOptions): () => Promise<boolean> {
  let position = 0;
  return async () => {
    const changes = await authors.changesAfter(position, changesAtOnce);
    const last = changes.at(-1);
    if (!last) return false;
    const ids = [...new Set(changes.map(({ id }) => id))];
    const rows = (await authors.byIds(ids)).filter((row) => row !== null);
    const contributors = rows.map(({ id, name, slug }) => ({ id, name, slug }));
    if (contributors.length > 0) await articles.putContributors(contributors, 'authors');
    position = last.position;
    return changes.length === changesAtOnce;
  };
}
