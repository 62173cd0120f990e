/** The mutations of Authors. */
import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { asUserErrors } from '../graph/editorInput.ts';
import { readInput } from './edit.ts';
import { createAuthorsLoaders } from './loaders.ts';
import type { AuthorsContext } from './resolvers.ts';
import type { AuthorRow } from './store.ts';
import { Author, AuthorInput } from './types.ts';

@Resolver()
export class AuthorsMutations {
  @Mutation(() => Author, {
    nullable: true,
    description: 'Creates an author, or updates the one with the same `sourceId`.',
  })
  @Directive('@requiresScopes(scopes: [["authors:write"]])')
  async putAuthor(
    @Arg('input', () => AuthorInput, {
      description: 'The profile as it shall be; what is left out stays as it is stored.',
    })
    input: AuthorInput,
    @Ctx() context: AuthorsContext,
  ): Promise<AuthorRow | null> {
    const { sourceId, change } = readInput(input);
    const id = await asUserErrors(context.store.editAuthor(sourceId, context.reader.name, change));
    context.loaders = createAuthorsLoaders(context.store);
    return context.loaders.byId.load(id);
  }
}
