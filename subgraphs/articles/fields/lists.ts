/** The story lists of sections, tags, authors and feeds, with their counts. */
import { Arg, Args, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { badInput } from '../../errors.ts';
import {
  boundedCount,
  connectionOf,
  listSize,
  PageArguments,
  pageOf,
  readPage,
} from '../../graph/connection.ts';
import { isText } from '../../store/contentId.ts';
import type { ArticlesContext } from '../context.ts';
import { ArticleConnection, ArticleFilter, ArticleSearchConnection, Withdrawal } from '../listTypes.ts';
import type { ArticleCondition } from '../sql/conditions.ts';
import { type ArticleOrder, type ArticleRow, keyOf, type ListRequest } from '../sql/lists.ts';
import type { WithdrawalRow } from '../sql/withdrawn.ts';
import { Author, Feed, Section, Tag } from '../types.ts';

/** A page of stories, with a function that counts the list if requested. */
export interface ArticlePage extends ReturnType<typeof connectionOf<ArticleRow>> {
  count: () => Promise<number>;
}

interface ListArguments {
  page: PageArguments;
  filter?: ArticleFilter | null | undefined;
  order?: ArticleOrder;
}

/** A page of one list, by its id, or of all stories. */
export async function articlesOf(
  listId: string | null,
  { page: args, filter, order = 'DATE_PUBLISHED_DESC' }: ListArguments,
  { store, loaders }: ArticlesContext,
): Promise<ArticlePage> {
  const condition = readFilter(filter);
  const page = readPage(args, order, ['time', 'id']);
  const request: ListRequest = { condition, order, page };
  const rows = listId === null ? await store.lists.all(request) : await loaders.page(listId, request);
  return {
    ...connectionOf(pageOf(rows, page), order, (row) => keyOf(order, row)),
    count: () => (listId === null ? store.lists.countAll(condition) : loaders.count(listId, condition)),
  };
}

const valuesAtMost = 100;

/** Checks a filter's limits and removes unset conditions. */
export function readFilter(filter: ArticleFilter | null | undefined): ArticleCondition {
  const condition: ArticleCondition = {};
  for (const [name, value] of Object.entries(filter ?? {})) {
    if (value == null) continue;
    if (Array.isArray(value) && value.length > valuesAtMost) {
      throw badInput(`Expected "${name}" to have at most ${valuesAtMost} items, but got: ${value.length}.`);
    }
    if (Array.isArray(value) && !value.every(isText)) {
      throw badInput(
        `Expected "${name}" to have strings without the character U+0000, but got: one with it.`,
      );
    }
    Object.assign(condition, { [name]: value });
  }
  return condition;
}

@Resolver(() => Section)
export class SectionResolver {
  @FieldResolver(() => ArticleConnection, { description: 'Published stories, the newest first.' })
  @Directive(listSize('edges', 'nodes'))
  articles(
    @Root() { id }: Section,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ArticlesContext,
  ): Promise<ArticlePage> {
    return articlesOf(id, { page }, context);
  }
}

@Resolver(() => Tag)
export class TagResolver {
  @FieldResolver(() => ArticleConnection, { description: 'Published stories, the newest first.' })
  @Directive(listSize('edges', 'nodes'))
  articles(
    @Root() { id }: Tag,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ArticlesContext,
  ): Promise<ArticlePage> {
    return articlesOf(id, { page }, context);
  }
}

@Resolver(() => Author)
export class AuthorArticlesResolver {
  @FieldResolver(() => ArticleConnection, {
    nullable: true,
    description: 'Published stories with a byline of the author; null if they could not be loaded.',
  })
  @Directive(listSize('edges', 'nodes'))
  articles(
    @Root() { id }: Author,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => ArticleFilter, {
      nullable: true,
      description: 'Which stories to return; all by default.',
    })
    filter: ArticleFilter | null | undefined,
    @Ctx() context: ArticlesContext,
  ): Promise<ArticlePage> {
    return articlesOf(id, { page, filter }, context);
  }
}

const feedUrl = (publicUrl: string, slug: string, form: string) =>
  `${publicUrl}/feeds/${slug.split('/').map(encodeURIComponent).join('/')}.${form}`;

/** A feed and its list; null for all stories. */
export interface FeedRoot {
  id: string;
  slug: string;
  title: string;
  description: string | null;
  listId: string | null;
}

@Resolver(() => Feed)
export class FeedResolver {
  @FieldResolver(() => ArticleConnection, { description: 'Published stories, the newest first.' })
  @Directive(listSize('edges', 'nodes'))
  articles(
    @Root() { listId }: FeedRoot,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: ArticlesContext,
  ): Promise<ArticlePage> {
    return articlesOf(listId, { page }, context);
  }

  @FieldResolver(() => [Withdrawal], {
    description: 'Recently withdrawn stories, the latest first.',
  })
  @Directive('@listSize(slicingArguments: ["first"])')
  withdrawals(
    @Root() { listId }: FeedRoot,
    @Arg('first', () => Int, { defaultValue: 20, description: 'Maximum number of items, at most 100.' })
    first: number,
    @Ctx() { store }: ArticlesContext,
  ): Promise<WithdrawalRow[]> {
    return store.withdrawn.ofList(listId, boundedCount('first', first));
  }

  @FieldResolver()
  rssUrl(@Root() { slug }: FeedRoot, @Ctx() { publicUrl }: ArticlesContext): string {
    return feedUrl(publicUrl, slug, 'rss');
  }

  @FieldResolver()
  atomUrl(@Root() { slug }: FeedRoot, @Ctx() { publicUrl }: ArticlesContext): string {
    return feedUrl(publicUrl, slug, 'atom');
  }

  @FieldResolver()
  jsonFeedUrl(@Root() { slug }: FeedRoot, @Ctx() { publicUrl }: ArticlesContext): string {
    return feedUrl(publicUrl, slug, 'json');
  }
}

@Resolver(() => ArticleConnection)
export class ArticleConnectionResolver {
  @FieldResolver()
  totalCount(@Root() { count }: Pick<ArticlePage, 'count'>): Promise<number> {
    return count();
  }
}

@Resolver(() => ArticleSearchConnection)
export class ArticleSearchConnectionResolver {
  @FieldResolver()
  didYouMean(@Root() { didYouMean }: { didYouMean: () => Promise<string | null> }): Promise<string | null> {
    return didYouMean();
  }

  @FieldResolver()
  totalCount(@Root() { count }: Pick<ArticlePage, 'count'>): Promise<number> {
    return count();
  }
}
