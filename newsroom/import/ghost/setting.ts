/** Stores what stories refer to: tags, sections, tiers, authors and their portraits. */
import type { TopicContent } from '../../../subgraphs/articles/content.ts';
import type { AuthorContent } from '../../../subgraphs/authors/content.ts';
import type { TierContent } from '../../../subgraphs/membership/content.ts';
import type { Put } from '../../../subgraphs/store/putContent.ts';
import type { Bringing } from '../importing.ts';
import { putReporting } from '../putting.ts';
import type { SourceRecord } from '../records.ts';
import type { RecordKind } from '../report.ts';
import type { Links } from './links.ts';
import { readAuthor, readTier } from './people.ts';
import type { PictureBook } from './pictures.ts';
import { portraitPage, putPictures } from './putPictures.ts';
import { tryReading } from './reading.ts';
import type { StoryContext } from './story.ts';
import type { GhostTables, GhostTag } from './tables.ts';

const batchSize = 200;

/** The section of stories without a tag. */
const newsSection: TopicContent = { sourceId: 'dateline:news', slug: 'news', name: 'News' };

/** Stores all of them and returns the references for stories. */
export async function putNewsroom(
  bringing: Bringing,
  tables: GhostTables,
  links: Links,
  pictures: PictureBook,
): Promise<Omit<StoryContext, 'tables' | 'links' | 'language'>> {
  const { stores } = bringing;
  const tags = [...tables.tags.values()];
  const tagSlugs = await putTopics(bringing, 'tag', stores.articles.putTags, tags);
  const first = new Set<GhostTag>();
  let hasUntagged = false;
  for (const id of tables.stories.keys()) {
    const [tag] = tables.tagsOf(id);
    if (tag) first.add(tag);
    else hasUntagged = true;
  }
  const sections = tags.filter((tag) => first.has(tag));
  const sectionSlugs = await putTopics(bringing, 'section', stores.articles.putSections, sections);
  const ownNews = sections.find(({ slug }) => slug === newsSection.slug);
  const isMissing = sections.some(({ id }) => !sectionSlugs.has(id));
  const otherSection =
    (ownNews && sectionSlugs.get(ownNews.id)) ??
    (hasUntagged || isMissing ? await putNews(bringing) : newsSection.slug);
  const tierIds = await putTiers(bringing, tables.products);
  const authorNames = await putAuthors(bringing, tables.users, links, pictures);
  return { tagSlugs, sectionSlugs, otherSection, tierIds, authorNames };
}

/** Stores the section of stories without one and returns its slug. */
export async function putNews({ stores, by, reporter }: Bringing): Promise<string> {
  const [outcome] = await putReporting([newsSection], {
    put: stores.articles.putSections,
    by,
    kind: 'section',
    reporter,
    nameOf: ({ name }) => name,
  });
  return outcome?.slug ?? newsSection.slug;
}

async function putTopics(
  bringing: Bringing,
  kind: RecordKind,
  put: Put<TopicContent>,
  tags: readonly GhostTag[],
): Promise<Map<string, string>> {
  const contents = tags.map(({ id, ...topic }) => ({ ...topic, sourceId: `ghost:${id}` }));
  const outcomes = await putBatches(bringing, kind, put, contents, ({ slug }) => slug);
  return new Map(
    tags.flatMap(({ id, slug }, position) => {
      const outcome = outcomes[position];
      return outcome ? [[id, outcome.slug ?? slug] as const] : [];
    }),
  );
}

async function putTiers(bringing: Bringing, products: readonly SourceRecord[]): Promise<Set<string>> {
  const tiers: TierContent[] = [];
  for (const product of products) {
    const tier = tryReading(product, 'tier', bringing.reporter, () => readTier(product));
    if (tier) tiers.push(tier);
  }
  const put = bringing.stores.membership.putTiers;
  const outcomes = await putBatches(bringing, 'tier', put, tiers, ({ slug }) => slug);
  const stored = tiers.filter((_, position) => outcomes[position]);
  return new Set(stored.map(({ sourceId }) => sourceId.slice('ghost:'.length)));
}

async function putAuthors(
  bringing: Bringing,
  users: readonly SourceRecord[],
  links: Links,
  pictures: PictureBook,
): Promise<Map<string, string>> {
  const { stores, by, reporter } = bringing;
  const names = new Map<string, string>();
  for (let start = 0; start < users.length; start += batchSize) {
    const read = users.slice(start, start + batchSize).flatMap((user) => {
      const it = tryReading(user, 'author', reporter, () => readAuthor(user, links));
      return it ? [it] : [];
    });
    const portraits = new Map<string, string>();
    for (const { author, portrait } of read) {
      if (!portrait) continue;
      portraits.set(portrait, portraitPage + nameOfAuthor(author));
      pictures.tell(portrait, { altText: `Portrait of ${author.name}` });
    }
    const refused = await putPictures(bringing, portraits, links, pictures);
    const authors = read.map(({ author, portrait }) => {
      const { avatarId, ...rest } = author;
      return avatarId && portrait && !refused.has(portrait) ? { ...rest, avatarId } : rest;
    });
    const put = stores.authors.putAuthors;
    const outcomes = await putReporting(authors, { put, by, kind: 'author', reporter, nameOf: nameOfAuthor });
    const contributors = authors.flatMap((author, position) => {
      const outcome = outcomes[position];
      if (!outcome) return [];
      names.set(author.sourceId.slice('ghost:'.length), author.name);
      return [{ id: outcome.id, name: author.name, slug: outcome.slug ?? author.slug ?? '' }];
    });
    // They are counted as authors already; contributors are the same people.
    await putReporting(contributors, {
      put: stores.articles.putContributors,
      by,
      kind: 'author',
      reporter: { ...reporter, put: () => {} },
      nameOf: ({ slug }) => slug,
    });
  }
  return names;
}

async function putBatches<Content>(
  { by, reporter }: Bringing,
  kind: RecordKind,
  put: Put<Content>,
  items: readonly Content[],
  nameOf: (item: Content) => string,
) {
  const outcomes = [];
  for (let start = 0; start < items.length; start += batchSize)
    outcomes.push(
      ...(await putReporting(items.slice(start, start + batchSize), { put, by, kind, reporter, nameOf })),
    );
  return outcomes;
}

function nameOfAuthor({ slug, sourceId }: AuthorContent): string {
  return slug ?? sourceId;
}
