/** The newsroom's stores in memory, for tests of what brings content in: the contract of subgraphs/store/putContent.ts, without a database. */
import { isDeepStrictEqual } from 'node:util';
import type { NewsroomStores } from '../../newsroom/stores.ts';
import type { ArticleContent, ContributorContent, TopicContent } from '../../subgraphs/articles/content.ts';
import type { AuthorContent } from '../../subgraphs/authors/content.ts';
import type { ImageContent, VideoContent } from '../../subgraphs/media/content.ts';
import type {
  CampaignContent,
  MemberContent,
  NewsletterContent,
  TierContent,
} from '../../subgraphs/membership/content.ts';
import { idOf } from '../../subgraphs/store/contentId.ts';
import { ContentError, type Put, type PutOutcome } from '../../subgraphs/store/putContent.ts';
import { allocateSlugs, slugOf } from '../../subgraphs/store/slug.ts';

interface Kept<Content> {
  content: Content;
  slug?: string;
}

export type MemoryStores = ReturnType<typeof memoryStores>;

/** What a test may ask of the stores: `refuse` answers why an item may not be stored, or nothing. */
export interface MemoryStoresOptions {
  refuse?: (kind: string, item: object) => Error | undefined;
}

/** Empty stores; `kept` is what they hold, by id. */
export function memoryStores({ refuse }: MemoryStoresOptions = {}) {
  const kept = {
    sections: new Map<string, Kept<TopicContent>>(),
    tags: new Map<string, Kept<TopicContent>>(),
    contributors: new Map<string, Kept<ContributorContent>>(),
    articles: new Map<string, Kept<ArticleContent>>(),
    authors: new Map<string, Kept<AuthorContent>>(),
    images: new Map<string, Kept<ImageContent>>(),
    videos: new Map<string, Kept<VideoContent>>(),
    tiers: new Map<string, Kept<TierContent>>(),
    newsletters: new Map<string, Kept<NewsletterContent>>(),
    campaigns: new Map<string, Kept<CampaignContent>>(),
    members: new Map<string, Kept<MemberContent>>(),
  };
  const calls: { kind: string; size: number }[] = [];

  function keeping<Content extends object>(
    kind: string,
    map: Map<string, Kept<Content>>,
    identity: (item: Content) => string,
    { slug, check }: { slug?: (item: Content) => string; check?: (item: Content) => void } = {},
  ): Put<Content> {
    return async (items) => {
      calls.push({ kind, size: items.length });
      for (const item of items) {
        const reason = refuse?.(kind, item);
        if (reason) throw reason;
        check?.(item);
      }
      const owners = new Map([...map].flatMap(([id, it]) => (it.slug ? [[it.slug, id] as const] : [])));
      const outcomes: PutOutcome[] = [];
      for (const item of items) {
        const id = identity(item);
        const stored = map.get(id);
        const isSame = stored !== undefined && isDeepStrictEqual(stored.content, item);
        const wanted = slug?.(item);
        const [given] =
          isSame || wanted === undefined
            ? [stored?.slug]
            : await allocateSlugs([{ id, slug: wanted }], async () => owners);
        if (given !== undefined) owners.set(given, id);
        map.set(id, { content: item, ...(given === undefined ? {} : { slug: given }) });
        outcomes.push({
          id,
          outcome: isSame ? 'unchanged' : stored ? 'updated' : 'created',
          notes:
            given === wanted || isSame ? [] : [`The slug "${wanted}" is taken, so it became "${given}".`],
          ...(given === undefined ? {} : { slug: given }),
        });
      }
      return outcomes;
    };
  }

  const slugsOf = (map: Map<string, { slug?: string }>) => new Set([...map.values()].map(({ slug }) => slug));
  const bySource = (kind: string) => (item: { sourceId: string }) => idOf(kind, item.sourceId);
  const named = { slug: ({ slug }: { slug: string }) => slugOf(slug) };

  const stores: NewsroomStores = {
    articles: {
      putSections: keeping('section', kept.sections, bySource('section'), named),
      putTags: keeping('tag', kept.tags, bySource('tag'), named),
      putContributors: keeping('contributor', kept.contributors, ({ id }) => id),
      putArticles: keeping('article', kept.articles, bySource('article'), {
        slug: ({ slug, headline }) => slugOf(slug ?? headline),
        check({ sourceId, headline, sectionSlug, tagSlugs = [] }) {
          if (headline.trim() === '')
            throw new ContentError(sourceId, 'Expected a story to have a headline, but got: none.');
          if (!slugsOf(kept.sections).has(sectionSlug))
            throw new ContentError(
              sourceId,
              `Expected a section "${sectionSlug}" to exist, but there is none.`,
            );
          const tags = slugsOf(kept.tags);
          for (const slug of tagSlugs)
            if (!tags.has(slug))
              throw new ContentError(sourceId, `Expected a tag "${slug}" to exist, but there is none.`);
        },
      }),
    },
    authors: {
      putAuthors: keeping('author', kept.authors, bySource('author'), {
        slug: ({ slug, name }) => slugOf(slug ?? name),
        check({ sourceId, name }) {
          if (name.trim() === '')
            throw new ContentError(sourceId, 'Expected an author to have a name, but got: none.');
        },
      }),
    },
    media: {
      putImages: keeping('image', kept.images, bySource('image')),
      putVideos: keeping('video', kept.videos, bySource('video')),
    },
    membership: {
      putTiers: keeping('tier', kept.tiers, bySource('tier'), named),
      putNewsletters: keeping('newsletter', kept.newsletters, bySource('newsletter'), named),
      putCampaigns: keeping('campaign', kept.campaigns, bySource('campaign'), named),
      putMembers: keeping('member', kept.members, bySource('member')),
      putCommunity: async () => {},
    },
  };
  return { ...stores, kept, calls };
}
