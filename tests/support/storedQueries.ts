/** Every stored query with variables that find something in the demo newsroom. */
import { readFileSync } from 'node:fs';
import type { TestNewsroom } from './newsroom.ts';

export interface StoredQuery {
  name: string;
  body: string;
  variables: Record<string, unknown>;
}

const manifest: { operations: { name: string; type: string; body: string }[] } = JSON.parse(
  readFileSync('schema/operations.json', 'utf8'),
);

/** The text of a stored operation, as clients send it. */
export function storedText(name: string): string {
  const found = manifest.operations.find((one) => one.name === name);
  if (!found) throw new Error(`Expected a stored operation with the name ${name}.`);
  return found.body;
}

/** The stored queries about the newest story of a newsroom, and about what it refers to. */
export async function storedQueries({ ask }: Pick<TestNewsroom, 'ask'>): Promise<StoredQuery[]> {
  const { data } = await ask(`{ articles(first: 10) { nodes {
    id slug canonicalUrl section { slug } tags { slug } bylines { author { slug } }
  } } }`);
  const story = data.articles.nodes.find(
    ({ bylines, tags }: { bylines: { author: unknown }[]; tags: unknown[] }) =>
      bylines[0]?.author && tags.length > 0,
  );
  const section = story.section.slug;
  const byName: Record<string, Record<string, unknown>> = {
    ArticlePage: { slug: story.slug },
    AuthorPage: { slug: story.bylines[0].author.slug },
    EmbedArticle: { slug: story.slug },
    EmbedFeed: { name: 'news' },
    NinjsArticle: { id: story.id },
    OEmbed: { url: story.canonicalUrl, width: 640 },
    PartnerFeed: { section },
    PartnersPage: { feed: `section/${section}` },
    PushedStory: { id: story.id, url: story.canonicalUrl },
    SearchPage: { query: 'harbour' },
    SectionPage: { slug: section },
    SitemapPage: {
      from: '2000-01-01T00:00:00Z',
      until: '2100-01-01T00:00:00Z',
      order: 'DATE_PUBLISHED_DESC',
    },
    StoryPage: { slug: story.slug, url: story.canonicalUrl },
    SyndicationFeed: { slug: 'news' },
    TagPage: { slug: story.tags[0].slug },
  };
  return manifest.operations
    .filter(({ type }) => type === 'query')
    .map(({ name, body }) => ({ name, body, variables: byName[name] ?? {} }));
}
