/** GraphQL types for lists of stories: connections, search, related stories, and filters. */
import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { DateTime, HTML, LanguageTag } from '../graph/scalars.ts';
import type { Genre as GenreName } from './content.ts';
import type { RelatedSource as RelatedSourceName } from './sql/related.ts';
import { Article } from './types.ts';
import { Genre, RelatedSource } from './vocabulary.ts';

@ObjectType({ description: 'A story in a list.' })
export class ArticleEdge {
  @Field(() => String, { description: 'The place of this story in the list.' }) cursor!: string;
  @Field(() => Article, { description: 'The story.' }) node!: Article;
}

@ObjectType({ description: 'A page of stories.' })
export class ArticleConnection {
  @Field(() => [ArticleEdge], { description: 'The stories with their cursors.' }) edges!: ArticleEdge[];
  @Field(() => [Article], { description: 'The stories.' }) nodes!: Article[];
  @Field(() => PageInfo, { description: 'Where this page stands.' }) pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many stories the whole list has; 10,000 where there are more.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}

@ObjectType({ description: 'A story that was found.' })
export class ArticleSearchEdge {
  @Field(() => String, { description: 'The place of this story among those found.' }) cursor!: string;
  @Field(() => Article, { description: 'The story.' }) node!: Article;
  @Field(() => Float, { description: 'How well it matches; comparable within one search only.' })
  score!: number;

  @Field(() => [HTML], { description: 'Parts of the free text, what was found in <mark>.' })
  highlights!: string[];
}

@ObjectType({ description: 'A page of stories that were found, the best first.' })
export class ArticleSearchConnection {
  @Field(() => [ArticleSearchEdge], { description: 'The stories with their matches.' })
  edges!: ArticleSearchEdge[];
  @Field(() => PageInfo, { description: 'Where this page stands.' }) pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many stories match; 1,000 where there are more.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;

  @Field(() => String, {
    nullable: true,
    description:
      'The query as it was probably meant, where it has a word that hardly any story has: with words as stories spell them, and without those that none has. Stories are found by it; null where it is not needed.',
  })
  @Directive('@cost(weight: 10)')
  didYouMean?: string | null;
}

@ObjectType({ description: 'A related story, and why.' })
export class RelatedArticleEdge {
  @Field(() => String, { description: 'The place of this story among the related.' }) cursor!: string;
  @Field(() => Article, { description: 'The related story.' }) node!: Article;
  @Field(() => RelatedSource, { description: 'Where the relation comes from.' }) source!: RelatedSourceName;
  @Field(() => Float, { nullable: true, description: 'How close it is, 0 to 1, where that was worked out.' })
  score!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why, in words: "Shares the tags Harbour and Budget".',
  })
  reason!: string | null;
}

@ObjectType({ description: 'Related stories: chosen, then linked in the text, then alike; at most 40.' })
export class RelatedArticleConnection {
  @Field(() => [RelatedArticleEdge], { description: 'The stories with their reasons.' })
  edges!: RelatedArticleEdge[];
  @Field(() => [Article], { description: 'The stories.' }) nodes!: Article[];
  @Field(() => PageInfo, { description: 'Where this page stands.' }) pageInfo!: PageInfo;
}

@InputType({
  description: 'Which stories; all conditions hold together, the values of one are alternatives.',
})
export class ArticleFilter {
  @Field(() => [String], { nullable: true, description: 'In one of these sections, by slug.' })
  section?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'With one of these tags, by slug.' })
  tag?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'By one of these authors.' }) authorId?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'By one of these authors, by slug.' })
  author?: string[] | null;

  @Field(() => [Genre], { nullable: true, description: 'Of one of these kinds.' }) genre?: GenreName[] | null;

  @Field(() => LanguageTag, { nullable: true, description: 'In this language; "en" finds "en-GB" too.' })
  language?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Those that appeared after this moment.' })
  publishedAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Those that appeared before this moment.' })
  publishedBefore?: Date | null;

  @Field(() => Boolean, { nullable: true, description: 'Breaking news only, or none of it.' })
  breaking?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Free stories only, or gated ones only.' })
  isAccessibleForFree?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Not these stories.' }) exclude?: string[] | null;
}

@ObjectType({ description: 'A story that readers have seen and that was taken back since.' })
export class Withdrawal {
  @Field(() => ID, { description: 'The id that the story had.' }) id!: string;
  @Field(() => DateTime, { description: 'Since when it is gone.' }) withdrawnAt!: Date;

  @Field(() => String, { nullable: true, description: 'Why, where the editors say so.' })
  reason!: string | null;
}

@ObjectType({ description: 'A month in which stories appeared.' })
export class ArchiveMonth {
  @Field(() => String, { description: 'The month by UTC: "2026-03".' }) month!: string;
  @Field(() => Int, { description: 'How many stories appeared in it.' }) articleCount!: number;
  @Field(() => DateTime, { description: 'When one of them last appeared or was last changed.' })
  dateModified!: Date;
}
