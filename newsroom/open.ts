/** The newsroom's four subgraphs as one place to put content into. */
import { type OpenSubgraphs, openSubgraphs } from '../subgraphs/open.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../subgraphs/settings.ts';
import type { NewsroomStores } from './stores.ts';

/** The stores on the databases that the environment names; `close` gives them back. */
export async function openNewsroom(): Promise<{ stores: NewsroomStores; close: () => Promise<void> }> {
  const { open, close } = await openSubgraphs(subgraphNames, { settings: readSubgraphSettings() });
  return { stores: storesOf(open), close };
}

/** The stores of subgraphs that are open. */
export function storesOf({
  articles,
  authors,
  media,
  membership,
}: OpenSubgraphs<SubgraphName>): NewsroomStores {
  return {
    articles: articles.store,
    authors: authors.store,
    media: media.store,
    membership: membership.store,
  };
}
