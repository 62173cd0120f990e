/** The newsroom's four subgraphs as one place to put content into. */
import { existsSync } from 'node:fs';
import { type OpenSubgraphs, openSubgraphs } from '../subgraphs/openSubgraphs.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../subgraphs/settings.ts';
import type { NewsroomStores } from './stores.ts';

interface OpenNewsroom {
  stores: NewsroomStores;
  /** The language of content whose source tells none; undefined where nobody set it. */
  language: string | undefined;
  /** Whether the database works in this very process. */
  isEmbedded: boolean;
  close(): Promise<void>;
}

/** The stores on the databases that the environment and `.env` name; `close` gives them back. */
export async function openNewsroom(): Promise<OpenNewsroom> {
  if (existsSync('.env')) process.loadEnvFile();
  const settings = readSubgraphSettings();
  const { open, settle, close } = await openSubgraphs(subgraphNames, { settings });
  const end = () => settle().finally(close);
  const { contentLanguage: language, databaseUrls } = settings;
  return { stores: storesOf(open), language, isEmbedded: databaseUrls.articles === undefined, close: end };
}

/** The stores of subgraphs that are open, as far as whoever only brings content knows them and beyond. */
export function storesOf({ articles, authors, media, membership }: OpenSubgraphs<SubgraphName>) {
  return {
    articles: articles.store,
    authors: authors.store,
    media: media.store,
    membership: membership.store,
  } satisfies NewsroomStores;
}

export type OpenStores = ReturnType<typeof storesOf>;
