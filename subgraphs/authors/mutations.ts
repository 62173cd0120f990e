/** The mutations of Authors. */
import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  loadedAfter,
  type Payload,
  payloadOf,
  type UserError,
  userErrorsField,
} from '../graph/userErrors.ts';
import { readInput } from './edit.ts';
import { createAuthorsLoaders } from './loaders.ts';
import type { AuthorsContext } from './resolvers.ts';
import type { AuthorRow } from './store.ts';
import { Author, AuthorInput } from './types.ts';

@ObjectType({ description: 'Result of `putAuthor`.' })
class PutAuthorPayload {
  @Field(() => Author, {
    nullable: true,
    description: 'Profile as it is stored now; null if it was refused.',
  })
  author?: AuthorRow | null;

  @userErrorsField()
  userErrors!: UserError[];
}

@Resolver()
export class AuthorsMutations {
  @Mutation(() => PutAuthorPayload, {
    nullable: true,
    description: 'Creates an author, or updates the one with the same `sourceId`.',
  })
  @Directive('@requiresScopes(scopes: [["authors:write"]])')
  putAuthor(
    @Arg('input', () => AuthorInput, {
      description: 'The profile as it shall be; what is left out stays as it is stored.',
    })
    input: AuthorInput,
    @Ctx() context: AuthorsContext,
  ): Promise<Payload<{ author: Promise<AuthorRow | null> }>> {
    return payloadOf(async () => {
      const { sourceId, change } = readInput(input);
      const id = await context.store.editAuthor(sourceId, context.reader.name, change);
      context.loaders = createAuthorsLoaders(context.store);
      return { author: loadedAfter(context.loaders.byId.load(id)) };
    }, 'input');
  }
}
