/** GraphQL types for the lookup of a story by its URL. */
import { createUnionType, Field, ObjectType } from 'type-graphql';
import { DateTime, URLScalar } from '../graph/scalars.ts';
import { Article } from './types.ts';

@ObjectType({ description: 'Permanent redirect from a former URL of a story.' })
export class Redirect {
  @Field(() => URLScalar, { description: 'Current URL of the story.' }) location!: string;
}

@ObjectType({ description: 'Story that was withdrawn, without its text.' })
export class Gone {
  @Field(() => String, {
    nullable: true,
    description: 'Reason for the withdrawal; null if the editors gave none.',
  })
  reason!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'When the story was withdrawn; null if unknown.' })
  withdrawnAt!: Date | null;
}

export const Page = createUnionType({
  name: 'Page',
  description: 'Result of a lookup by URL: the story, a redirect to it, or its withdrawal.',
  types: () => [Article, Redirect, Gone] as const,
  resolveType: (value) =>
    'location' in value ? 'Redirect' : 'withdrawnAt' in value && !('id' in value) ? 'Gone' : 'Article',
});
