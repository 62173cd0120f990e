/** GraphQL types for lists of stories: connections, search, related stories, and filters. */
import { Directive, Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { DateTime, HTML, LanguageTag } from '../graph/scalars.ts';
import type { Genre as GenreName } from './content.ts';
import type { RelatedSource as RelatedSourceName } from './sql/related.ts';
import { Article } from './types.ts';
import { Genre, RelatedSource } from './vocabulary.ts';

@ObjectType({ description: 'One story of a page, and where to continue after it.' })
export class ArticleEdge {
  @Field(() => String, { description: 'Cursor of the story, for the arguments `after` and `before`.' })
  cursor!: string;
  @Field(() => Article, { description: 'Story at this position.' }) node!: Article;
}

@ObjectType({ description: 'Page of stories: Relay connection.' })
export class ArticleConnection {
  @Field(() => [ArticleEdge], { description: 'Stories, each with the cursor to continue after it.' })
  edges!: ArticleEdge[];
  @Field(() => [Article], { description: 'The stories of `edges`, for clients that need no cursor of each.' })
  nodes!: Article[];
  @Field(() => PageInfo, { description: 'Whether there is more, and the cursors to ask for it.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of stories in the whole list, counted up to 10,000.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}

@ObjectType({ description: 'Story that matches a search query, and where it does.' })
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
  @Field(() => [Article], {
    description: 'The stories of `edges`, for clients that need neither scores nor excerpts.',
  })
  nodes!: Article[];
  @Field(() => PageInfo, { description: 'Whether there is more, and the cursors to ask for it.' })
  pageInfo!: PageInfo;

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
  @Field(() => Article, { description: 'The other story.' }) node!: Article;
  @Field(() => RelatedSource, { description: 'Whether editors, a link or the computer related the two.' })
  source!: RelatedSourceName;
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
  @Field(() => [RelatedArticleEdge], { description: 'Stories, each with the reason for its relation.' })
  edges!: RelatedArticleEdge[];
  @Field(() => [Article], { description: 'The stories of `edges`, for clients that need no cursor of each.' })
  nodes!: Article[];
  @Field(() => PageInfo, { description: 'Whether there is more, and the cursors to ask for it.' })
  pageInfo!: PageInfo;
}

@InputType({
  description: 'Conditions on stories. Fields are combined with AND, the values of one list with OR.',
})
export class ArticleFilter {
  @Field(() => [String], { nullable: true, description: 'Stories of any of these sections.' })
  sectionSlugs?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Stories with any of these tags.' })
  tagSlugs?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Stories with a byline of any of these authors.' })
  authorIds?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The same, by the slugs of the authors.' })
  authorSlugs?: string[] | null;

  @Field(() => [Genre], { nullable: true, description: 'Stories of any of these genres.' }) genres?:
    | GenreName[]
    | null;

  @Field(() => LanguageTag, {
    nullable: true,
    description: 'Language of the text; "en" also matches "en-GB".',
  })
  inLanguage?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only stories whose `visibleFrom` is after this time.',
  })
  publishedAfter?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Only stories whose `visibleFrom` is before this time.',
  })
  publishedBefore?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only stories whose `dateModified` is after this time: stories that are new to readers, and those that were changed. Order by DATE_MODIFIED_DESC, which reads those alone.',
  })
  modifiedAfter?: Date | null;

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

  @Field(() => [ID], {
    nullable: true,
    description: 'Stories to leave out, such as those that the page shows already.',
  })
  excludeIds?: string[] | null;
}

@ObjectType({ description: 'Story that was withdrawn after its publication.' })
export class Withdrawal {
  // Not "id": a story and its withdrawal are two objects, and caches such as Relay's keep objects by their id alone.
  @Field(() => ID, { description: 'What `Article.id` returned while the story was published.' })
  articleId!: string;
  @Field(() => DateTime, { description: 'From when the story was no longer shown.' }) withdrawnAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Reason for the withdrawal; null if the editors gave none.',
  })
  reason!: string | null;
}

@ObjectType({
  description: 'Story that readers could see and no longer see. Whoever stored a copy is to delete it.',
})
export class ArticleRemoval {
  // Not "id", as in Withdrawal.
  @Field(() => ID, { description: 'What `Article.id` returned while the story was visible.' })
  articleId!: string;
  @Field(() => DateTime, { description: 'From when the story was no longer visible.' }) removedAt!: Date;

  @Field(() => String, {
    nullable: true,
    description: 'Reason for the withdrawal; null if the editors gave none, or unpublished the story.',
  })
  reason!: string | null;
}

@ObjectType({ description: 'Removal and its position in the list.' })
export class ArticleRemovalEdge {
  @Field(() => String, { description: 'Cursor of the removal, for the arguments `after` and `before`.' })
  cursor!: string;
  @Field(() => ArticleRemoval, { description: 'Removal at this position.' }) node!: ArticleRemoval;
}

@ObjectType({ description: 'Page of removals: Relay connection.' })
export class ArticleRemovalConnection {
  @Field(() => [ArticleRemovalEdge], { description: 'Removals, each with the cursor to continue after it.' })
  edges!: ArticleRemovalEdge[];
  @Field(() => [ArticleRemoval], {
    description: 'The removals of `edges`, for clients that need no cursor of each.',
  })
  nodes!: ArticleRemoval[];
  @Field(() => PageInfo, { description: 'Whether there is more, and the cursors to ask for it.' })
  pageInfo!: PageInfo;
}

@ObjectType({ description: 'One page of an archive: how many stories it has, and when one last changed.' })
export class ArchiveMonth {
  @Field(() => String, { description: 'Year and month in UTC, such as "2026-03".' }) month!: string;
  @Field(() => Int, { description: 'Number of stories published in the month.' }) articleCount!: number;
  @Field(() => DateTime, { description: 'When a story of the month was last published or changed.' })
  dateModified!: Date;
}
