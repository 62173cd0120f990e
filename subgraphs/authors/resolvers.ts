/** The queries and fields of Authors. */
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { badInput } from '../errors.ts';
import { idOrSlug } from '../graph/arguments.ts';
import { connectionOf, listSize, PageArguments, pageOf, readPage } from '../graph/connection.ts';
import type { Reference } from '../graph/federate.ts';
import { isText } from '../store/contentId.ts';
import type { Reader } from '../trust/reader.ts';
import type { AuthorsLoaders } from './loaders.ts';
import type { AuthorCondition, AuthorRow, AuthorsStore } from './store.ts';
import { Author, AuthorConnection, AuthorFilter, type Image } from './types.ts';

export interface AuthorsContext {
  store: AuthorsStore;
  loaders: AuthorsLoaders;
  reader: Reader;
  /** The base URL of the site, without a trailing slash. */
  publicUrl: string;
}

@Resolver(() => Author)
export class AuthorResolver {
  @Query(() => Author, {
    nullable: true,
    description: 'Author by id or by slug; give exactly one of them. Null if there is none.',
  })
  author(
    @Ctx() { loaders }: AuthorsContext,
    @Arg('id', () => ID, { nullable: true, description: 'What `Author.id` returned.' }) id?: string | null,
    @Arg('slug', () => String, {
      nullable: true,
      description: 'Last part of the URL of the page about them.',
    })
    slug?: string | null,
  ) {
    const key = idOrSlug({ id: id ?? null, slug: slug ?? null });
    return 'id' in key ? loaders.byId.load(key.id) : loaders.bySlug.load(key.slug);
  }

  @Query(() => AuthorConnection, {
    nullable: true,
    description: 'Everybody with a profile, ordered by name.',
  })
  @Directive(listSize('edges', 'nodes'))
  async authors(
    @Ctx() { store }: AuthorsContext,
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => AuthorFilter, {
      nullable: true,
      description: 'Which of them to return; all by default.',
    })
    filter?: AuthorFilter | null,
  ) {
    const condition = filter ?? {};
    if (!isText(JSON.stringify(condition).replaceAll('\\u0000', '\0'))) {
      throw badInput('Expected "filter" to have strings without the character U+0000, but got: one with it.');
    }
    const request = readPage(page, 'name', ['text', 'id']);
    const rows = await store.list(condition, request);
    return { ...connectionOf(pageOf(rows, request), 'name', ({ name, id }) => [name, id]), condition };
  }

  @FieldResolver()
  url(@Root() { slug }: AuthorRow, @Ctx() { publicUrl }: AuthorsContext): string {
    return `${publicUrl}/authors/${encodeURIComponent(slug)}`;
  }

  // Checks the scope again, since a subgraph that is queried without the gateway has no other check.
  @FieldResolver()
  email(@Root() { email }: AuthorRow, @Ctx() { reader }: AuthorsContext): string | null {
    return reader.scopes.has('authors:read') ? email : null;
  }

  @FieldResolver()
  avatar(@Root() { avatarId }: AuthorRow): Image | null {
    return avatarId === null ? null : { id: avatarId };
  }
}

@Resolver(() => AuthorConnection)
export class AuthorConnectionResolver {
  @FieldResolver()
  totalCount(@Root() { condition }: { condition: AuthorCondition }, @Ctx() { store }: AuthorsContext) {
    return store.count(condition);
  }
}

export const references: Record<string, Reference<AuthorsContext>> = {
  Author: ({ id, slug }, { loaders }) => {
    if (typeof id === 'string') return loaders.byId.load(id);
    return typeof slug === 'string' ? loaders.bySlug.load(slug) : null;
  },
};
