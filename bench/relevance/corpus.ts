/** An archive put into a newsroom without the links between its stories, which are kept aside: they are what editors chose. */
import { importContent } from '../../newsroom/import/import.ts';
import { type OpenStores, storesOf } from '../../newsroom/openNewsroom.ts';
import type { Block } from '../../subgraphs/articles/blocks.ts';
import type { ArticleContent } from '../../subgraphs/articles/content.ts';
import type { ArticlesStore } from '../../subgraphs/articles/store.ts';
import { textOf } from '../../subgraphs/articles/story/words.ts';
import { openSubgraphs } from '../../subgraphs/openSubgraphs.ts';
import { readSubgraphSettings, subgraphNames } from '../../subgraphs/settings.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';

export interface CorpusStory {
  id: string;
  headline: string;
  /** What anybody may read, as one text. */
  text: string;
}

export interface Corpus {
  store: ArticlesStore;
  /** Stories that readers may see, in the order in which they came. */
  stories: CorpusStory[];
  /** The ids of the stories that each story links to; only stories that link to one. */
  links: Map<string, Set<string>>;
  importSeconds: number;
  close(): Promise<void>;
}

/** Imports an export into the databases that the settings name. */
export async function openCorpus(content: string, env: NodeJS.ProcessEnv): Promise<Corpus> {
  const settings = readSubgraphSettings(env);
  const { open, settle, close } = await openSubgraphs(subgraphNames, { settings });
  const stores = storesOf(open);
  const linked = new Map<string, Set<string>>();
  const started = performance.now();
  await importContent({ path: content, stores: withoutLinks(stores, linked), by: 'bench' });
  await settle();
  const importSeconds = (performance.now() - started) / 1000;
  const { stories, links } = await readBack(stores.articles, linked);
  return { store: stores.articles, stories, links, importSeconds, close };
}

/** Stores that take the links between stories out of what is put, and note them by the id of the story that had them. */
function withoutLinks(stores: OpenStores, linked: Map<string, Set<string>>): OpenStores {
  const strip = (article: ArticleContent): ArticleContent => {
    const slugs = new Set<string>(article.relatedSlugs);
    const body = article.body.flatMap((block) => strippedBlock(block, slugs));
    linked.set(idOf('article', article.sourceId), slugs);
    const { relatedSlugs: _, ...rest } = article;
    return { ...rest, body };
  };
  const { articles } = stores;
  return {
    ...stores,
    articles: {
      ...articles,
      putArticles: (items, by) => articles.putArticles(items.map(strip), by),
      putArticlesUnlessOlder: (items, by) => articles.putArticlesUnlessOlder(items.map(strip), by),
    },
  };
}

function strippedBlock(block: Block, slugs: Set<string>): Block[] {
  if (block.kind === 'related') {
    slugs.add(block.slug);
    return [];
  }
  const json = JSON.stringify(block).replace(
    /<a\b[^>]*?href=\\"\/articles\/([^\\"/?#]+)[^>]*>(.*?)<\/a>/g,
    (_, slug: string, text: string) => {
      slugs.add(decoded(slug));
      return text;
    },
  );
  return [JSON.parse(json) as Block];
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}

async function readBack(store: ArticlesStore, linked: ReadonlyMap<string, ReadonlySet<string>>) {
  const stories: CorpusStory[] = [];
  const links = new Map<string, Set<string>>();
  const ids = [...linked.keys()];
  for (let start = 0; start < ids.length; start += 200) {
    const some = ids.slice(start, start + 200);
    const [rows, bodies] = await Promise.all([store.byIds(some), store.bodiesByIds(some)]);
    for (const [place, row] of rows.entries()) {
      if (!row) continue;
      const blocks = bodies[place] ?? [];
      const end = row.visibility === 'PUBLIC' ? blocks.length : freeEnd(blocks);
      stories.push({ id: row.id, headline: row.headline, text: blocks.slice(0, end).map(textOf).join('\n') });
    }
  }
  const visible = new Set(stories.map(({ id }) => id));
  for (const [id, slugs] of linked) {
    if (!visible.has(id) || slugs.size === 0) continue;
    const found = await store.bySlugs([...slugs]);
    const targets = found.flatMap((one) => (one && visible.has(one.article.id) ? [one.article.id] : []));
    const others = new Set(targets.filter((target) => target !== id));
    if (others.size > 0) links.set(id, others);
  }
  return { stories, links };
}

const freeEnd = (blocks: readonly Block[]) =>
  Math.max(
    0,
    blocks.findIndex(({ kind }) => kind === 'paywall'),
  );
