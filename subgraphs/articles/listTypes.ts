/** GraphQL types for lists of stories: connections, search, related stories, and filters. */
import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { DateTime, HTML, LanguageTag } from '../graph/scalars.ts';
import type { Genre as GenreName } from './content.ts';
import type { RelatedSource as RelatedSourceName } from './sql/related.ts';
import { Article } from './types.ts';
import { Genre, RelatedSource } from './vocabulary.ts';

@ObjectType({ description: 'Story with its cursor.' })
export class ArticleEdge {
  @Field(() => String, { description: 'Cursor of the story, for the arguments `after` and `before`.' })
  cursor!: string;
  @Field(() => Article, { description: 'Story at this position.' }) node!: Article;
}

@ObjectType({ description: 'Page of stories: Relay connection.' })
export class ArticleConnection {
  @Field(() => [ArticleEdge], { description: 'Stories with their cursors.' }) edges!: ArticleEdge[];
  @Field(() => [Article], { description: 'Stories without their cursors.' }) nodes!: Article[];
  @Field(() => PageInfo, { description: 'Position of the page in the list.' }) pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of stories in the whole list, counted up to 10,000.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}

@ObjectType({ description: 'Search result.' })
export class ArticleSearchEdge {
  @Field(() => String, { description: 'Cursor of the result, for the argument `after`.' }) cursor!: string;
  @Field(() => Article, { description: 'Story at this position.' }) node!: Article;
  @Field(() => Float, { description: 'Relevance; comparable within one search only.' })
  score!: number;

  @Field(() => [HTML], {
    description: 'Excerpts of the free text as HTML, with the matches in <mark> elements.',
  })
  highlights!: string[];
}

@ObjectType({ description: 'Page of search results, the most relevant first.' })
export class ArticleSearchConnection {
  @Field(() => [ArticleSearchEdge], { description: 'Search results with their scores and excerpts.' })
  edges!: ArticleSearchEdge[];
  @Field(() => PageInfo, { description: 'Position of the page in the list.' }) pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of matching stories, counted up to 1,000.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;

  @Field(() => String, {
    nullable: true,
    description:
      'Suggested query, if a word of the query is in hardly any story: with words as the stories spell them, and without words that no story has. It has results; null if no suggestion is needed.',
  })
  @Directive('@cost(weight: 10)')
  didYouMean?: string | null;
}

@ObjectType({ description: 'Related story and the reason for the relation.' })
export class RelatedArticleEdge {
  @Field(() => String, { description: 'Cursor of the story, for the argument `after`.' }) cursor!: string;
  @Field(() => Article, { description: 'Related story.' }) node!: Article;
  @Field(() => RelatedSource, { description: 'Origin of the relation.' }) source!: RelatedSourceName;
  @Field(() => Float, { nullable: true, description: 'Similarity from 0 to 1; null if it was not computed.' })
  score!: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Reason for display, such as "Shares the tags Harbour and Budget"; null if there is none.',
  })
  reason!: string | null;
}

@ObjectType({
  description:
    'Related stories, at most 40: first those chosen by editors, then those linked in the text, then similar ones.',
})
export class RelatedArticleConnection {
  @Field(() => [RelatedArticleEdge], { description: 'Related stories with their reasons.' })
  edges!: RelatedArticleEdge[];
  @Field(() => [Article], { description: 'Stories without their cursors.' }) nodes!: Article[];
  @Field(() => PageInfo, { description: 'Position of the page in the list.' }) pageInfo!: PageInfo;
}

@InputType({
  description: 'Conditions on stories. Fields are combined with AND, the values of one list with OR.',
})
export class ArticleFilter {
  @Field(() => [String], { nullable: true, description: 'Slugs of sections.' })
  section?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of tags.' })
  tag?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of authors with a byline.' }) authorId?:
    | string[]
    | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of authors with a byline.' })
  author?: string[] | null;

  @Field(() => [Genre], { nullable: true, description: 'Genres of stories.' }) genre?: GenreName[] | null;

  @Field(() => LanguageTag, {
    nullable: true,
    description: 'Language of the text; "en" also matches "en-GB".',
  })
  language?: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Only stories published after this time.' })
  publishedAfter?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Only stories published before this time.' })
  publishedBefore?: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only breaking news; false: only other stories.',
  })
  breaking?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only stories that everybody may read; false: only other stories.',
  })
  isAccessibleForFree?: boolean | null;

  @Field(() => [ID], { nullable: true, description: 'Ids of stories to leave out.' }) exclude?:
    | string[]
    | null;
}

@ObjectType({ description: 'Story that was withdrawn after its publication.' })
export class Withdrawal {
  @Field(() => ID, { description: 'Id of the story.' }) id!: string;
  @Field(() => DateTime, { description: 'When the story was withdrawn.' }) withdrawnAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Reason for the withdrawal; null if the editors gave none.',
  })
  reason!: string | null;
}

@ObjectType({ description: 'Month with published stories.' })
export class ArchiveMonth {
  @Field(() => String, { description: 'Month in UTC, such as "2026-03".' }) month!: string;
  @Field(() => Int, { description: 'Number of stories published in the month.' }) articleCount!: number;
  @Field(() => DateTime, { description: 'When a story of the month was last published or changed.' })
  dateModified!: Date;
}
