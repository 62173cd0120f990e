/** The queries of Articles. */
import { Arg, Args, Ctx, Directive, ID, Int, Query, Resolver } from 'type-graphql';
import { badInput } from '../errors.ts';
import { idOrSlug } from '../graph/arguments.ts';
import {
  boundedCount,
  connectionOf,
  listSize,
  PageArguments,
  pageInfoOf,
  pageOf,
  readCursor,
  readPage,
  writeCursor,
} from '../graph/connection.ts';
import type { Reference } from '../graph/federate.ts';
import { DateTime, URLScalar } from '../graph/scalars.ts';
import { isId } from '../store/contentId.ts';
import { type ArticlesContext, canonicalUrlOf, isEditor } from './context.ts';
import { feedByName } from './fields/feeds.ts';
import { type ArticlePage, articlesOf, type FeedRoot, readFilter } from './fields/lists.ts';
import {
  ArchiveMonth,
  ArticleConnection,
  ArticleFilter,
  ArticleRemovalConnection,
  ArticleSearchConnection,
  Withdrawal,
} from './listTypes.ts';
import { type Gone, Page, type Redirect } from './pageTypes.ts';
import type { ArchiveMonthRow } from './sql/archive.ts';
import type { ArticleRow, ArticleOrder as Order } from './sql/lists.ts';
import type { WithdrawalRow } from './sql/withdrawn.ts';
import type { ListRow } from './store.ts';
import { parseQuery } from './story/question.ts';
import { Article, Feed, Section, Tag } from './types.ts';
import { ArticleOrder } from './vocabulary.ts';

const longestQuery = 200;

@Resolver()
export class ArticlesQueries {
  @Query(() => Article, {
    nullable: true,
    description:
      'Story by id or by slug; give exactly one of them. Null if there is none that readers can see; with the scope "articles:write" unpublished stories are found too.',
  })
  async article(
    @Arg('id', () => ID, { nullable: true, description: 'What `Article.id` returned.' }) id:
      | string
      | null
      | undefined,
    @Arg('slug', () => String, {
      nullable: true,
      description: 'Last part of the URL of the story, now or formerly.',
    })
    slug: string | null | undefined,
    @Ctx() { loaders, reader }: ArticlesContext,
  ): Promise<ArticleRow | null> {
    const key = idOrSlug({ id: id ?? null, slug: slug ?? null });
    if ('id' in key) return loaders.byId.load(key.id);
    const match = await loaders.bySlug.load(key.slug);
    return match?.isVisible || isEditor(reader) ? (match?.article ?? null) : null;
  }

  @Query(() => Page, {
    nullable: true,
    description:
      'Story at a public URL, a redirect to its current URL, or its withdrawal; null if there is none.',
  })
  async page(
    @Arg('url', () => URLScalar, {
      description: 'Absolute URL of a page on the site; query and fragment do not matter.',
    })
    url: string,
    @Ctx() { loaders, publicUrl }: ArticlesContext,
  ): Promise<ArticleRow | Redirect | Gone | null> {
    const slug = slugAt(url, publicUrl);
    const match = slug === null ? null : await loaders.bySlug.load(slug);
    if (!match) return null;
    const { article } = match;
    if (article.pubStatus === 'CANCELED' && match.hasAppeared) {
      return { reason: article.withdrawnReason, withdrawnAt: article.withdrawnAt };
    }
    if (!match.isVisible) return null;
    if (article.slug !== slug) return { location: canonicalUrlOf(article, publicUrl) };
    return article;
  }

  @Query(() => ArticleConnection, {
    nullable: true,
    description: 'Stories that readers can see now, in every section.',
  })
  @Directive(listSize('edges', 'nodes'))
  articles(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => ArticleFilter, {
      nullable: true,
      description: 'Which stories to return; all by default.',
    })
    filter: ArticleFilter | null | undefined,
    @Arg('orderBy', () => ArticleOrder, {
      defaultValue: 'DATE_PUBLISHED_DESC',
      description: 'By default the newest first. A cursor is valid in its own order only.',
    })
    order: Order,
    @Ctx() context: ArticlesContext,
  ): Promise<ArticlePage> {
    return articlesOf(null, { page, filter, order }, context);
  }

  @Query(() => Feed, {
    nullable: true,
    description: 'Feed by its name; null if there is none.',
  })
  feed(
    @Arg('slug', () => String, {
      description: '"news", or "section/", "tag/" or "author/" followed by a slug.',
    })
    slug: string,
    @Ctx() context: ArticlesContext,
  ): Promise<FeedRoot | null> {
    return feedByName(slug, context);
  }

  @Query(() => Withdrawal, {
    nullable: true,
    description: 'Withdrawal of a story; null if the story was not withdrawn.',
  })
  withdrawal(
    @Arg('id', () => ID, { description: 'What `Article.id` returned while the story was published.' })
    id: string,
    @Ctx() { store }: ArticlesContext,
  ): Promise<WithdrawalRow | null> {
    return store.withdrawn.byId(id);
  }

  @Query(() => ArticleRemovalConnection, {
    nullable: true,
    description:
      'Stories that readers could see and no longer see, the earliest removal first. A story that is published again is not among them.',
  })
  @Directive(listSize('edges', 'nodes'))
  async removals(
    @Args(() => PageArguments) args: PageArguments,
    @Arg('removedAfter', () => DateTime, {
      nullable: true,
      description: 'Only removals after this time, such as that of the last request.',
    })
    removedAfter: Date | null | undefined,
    @Ctx() { store }: ArticlesContext,
  ) {
    const page = readPage(args, 'REMOVED', ['time', 'id']);
    const rows = await store.removals({ removedAfter: removedAfter ?? null, page });
    return connectionOf(pageOf(rows, page), 'REMOVED', ({ removedAt, articleId }) => [
      removedAt.toISOString(),
      articleId,
    ]);
  }

  @Query(() => [ArchiveMonth], {
    nullable: true,
    description: 'Months with published stories, the latest first.',
  })
  @Directive('@listSize(assumedSize: 300)')
  archive(@Ctx() { store }: ArticlesContext): Promise<ArchiveMonthRow[]> {
    return store.archive();
  }

  @Query(() => Section, { nullable: true, description: 'Section by its slug; null if there is none.' })
  section(
    @Arg('slug', () => String, { description: 'Last part of the URL of the section, such as "politics".' })
    slug: string,
    @Ctx() { store }: ArticlesContext,
  ): Promise<ListRow | null> {
    return store.listBySlug('SECTION', slug);
  }

  @Query(() => [Section], { nullable: true, description: 'All sections, ordered by name.' })
  sections(@Ctx() { store }: ArticlesContext): Promise<ListRow[]> {
    return store.sections();
  }

  @Query(() => Tag, { nullable: true, description: 'Tag by its slug; null if there is none.' })
  tag(
    @Arg('slug', () => String, {
      description: 'Last part of the URL of the tag, such as "public-transport".',
    })
    slug: string,
    @Ctx() { store }: ArticlesContext,
  ): Promise<ListRow | null> {
    return store.listBySlug('TAG', slug);
  }

  @Query(() => ArticleSearchConnection, {
    nullable: true,
    description:
      'Full-text search over stories, the most relevant first. Words match in all their forms; "quoted words" match as a phrase, -word excludes stories with the word, or separates alternatives. The last word also matches as a prefix, and a word that no story has also matches similar spellings.',
  })
  @Directive('@listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])')
  @Directive('@cost(weight: 50)')
  async search(
    @Arg('query', () => String, { description: 'Search query of at most 200 characters.' }) query: string,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Maximum number of items, at most 100.' })
    first: number,
    @Arg('after', () => String, { nullable: true, description: 'Cursor after which the items start.' })
    after: string | null | undefined,
    @Arg('filter', () => ArticleFilter, {
      nullable: true,
      description: 'Which stories to return; all by default.',
    })
    filter: ArticleFilter | null | undefined,
    @Ctx() { store }: ArticlesContext,
  ) {
    const words = query.replaceAll('\u0000', ' ').toWellFormed();
    if (words.trim() === '') throw badInput('Expected "query" to have a word, but got: none.');
    if (words.length > longestQuery) {
      throw badInput(`Expected "query" to be at most ${longestQuery} characters, but got: ${words.length}.`);
    }
    const { query: searchQuery, hasExcluded } = parseQuery(words);
    if (searchQuery.length === 0 && hasExcluded)
      throw badInput('Expected "query" to have a word to search for, but got: excluded words only.');
    const condition = readFilter(filter);
    const page = {
      limit: boundedCount('first', first),
      isBackward: false,
      ...(after == null ? {} : { key: readCursor('after', after, 'search', ['number', 'id']) }),
    };
    const { rows, count, suggestion } = await store.search.find(searchQuery, condition, page);
    const { items, ...place } = pageOf(rows, page);
    const edges = items.map(({ article, score, highlights }) => ({
      cursor: writeCursor('search', [score, article.id]),
      node: article,
      score: Number(score),
      highlights,
    }));
    const nodes = edges.map(({ node }) => node);
    return { edges, nodes, pageInfo: pageInfoOf(edges, place), count, didYouMean: suggestion };
  }
}

/** The slug in a story's URL on our site, http or https; null for any other URL. */
function slugAt(url: string, publicUrl: string): string | null {
  const { host, pathname } = new URL(url);
  const base = new URL(publicUrl);
  if (host !== base.host || !pathname.startsWith(base.pathname.replace(/\/$/, ''))) return null;
  const path = pathname.slice(base.pathname.replace(/\/$/, '').length);
  const [, slug] = /^\/articles\/([^/]+)\/?$/.exec(path) ?? [];
  try {
    return slug === undefined ? null : decodeURIComponent(slug);
  } catch {
    return null;
  }
}

export const references: Record<string, Reference<ArticlesContext>> = {
  Article: ({ id }, { loaders }) => (typeof id === 'string' ? loaders.byId.load(id) : null),
  // A story may name an author whose profile is not here; only Authors knows which authors exist.
  Author: ({ id }) => (typeof id === 'string' && isId(id) ? { id } : null),
};
