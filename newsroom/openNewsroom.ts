/** Opens the stores of the four subgraphs for importers and the generator. */
import { existsSync } from 'node:fs';
import { type OpenSubgraphs, openSubgraphs } from '../subgraphs/openSubgraphs.ts';
import { readSubgraphSettings, type SubgraphName, subgraphNames } from '../subgraphs/settings.ts';
import type { NewsroomStores } from './stores.ts';

interface OpenNewsroom {
  stores: NewsroomStores;
  /** The language of content without one; undefined when it is not set. */
  language: string | undefined;
  /** Whether the database runs in this process. */
  isEmbedded: boolean;
  close(): Promise<void>;
}

/** Opens the stores on the databases of the environment and `.env`; `close` closes them. */
export async function openNewsroom(): Promise<OpenNewsroom> {
  if (existsSync('.env')) process.loadEnvFile();
  const settings = readSubgraphSettings();
  const { open, settle, close } = await openSubgraphs(subgraphNames, { settings });
  const end = () => settle().finally(close);
  const { contentLanguage: language, databaseUrls } = settings;
  return { stores: storesOf(open), language, isEmbedded: databaseUrls.articles === undefined, close: end };
}

/** The stores of open subgraphs. */
export function storesOf({ articles, authors, media, membership }: OpenSubgraphs<SubgraphName>) {
  return {
    articles: articles.store,
    authors: authors.store,
    media: media.store,
    membership: membership.store,
  } satisfies NewsroomStores;
}

export type OpenStores = ReturnType<typeof storesOf>;
