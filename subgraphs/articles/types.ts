/** GraphQL types for stories and related objects; blocks are in blockTypes.ts, corrections and rights in noteTypes.ts, lists in listTypes.ts, what a URL leads to in pageTypes.ts. */
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Visibility } from '../graph/enums.ts';
import { DateTime, Duration, HTML, LanguageTag, URLScalar } from '../graph/scalars.ts';
import { ContentBlock, MediaUse } from './blockTypes.ts';
import type { ContributorRole as ContributorRoleName, Genre as GenreName } from './content.ts';
import { Node } from './nodeTypes.ts';
import { Correction, InfoSource, UsageRights } from './noteTypes.ts';
import { ContributorRole, Genre, PubStatus } from './vocabulary.ts';

@ObjectType({
  implements: Node,
  description: 'Person who writes, photographs or edits stories: schema.org Person.',
})
@Directive('@key(fields: "id")')
export class Author {
  @Field(() => ID, { description: 'Id in Authors, which a byline keeps when the author is renamed.' })
  id!: string;

  @Field(() => String, { description: 'Full name, as shown in bylines.' })
  @Directive('@external')
  name!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  @Directive('@external')
  slug!: string;
}

@ObjectType({ description: 'One person as credited with one story.' })
export class Byline {
  @Field(() => ContributorRole, {
    description: 'Contribution of the person, such as writing or photography.',
  })
  role!: ContributorRoleName;
  @Field(() => Int, { description: 'Place in the order of display, starting at 1.' }) position!: number;
  @Field(() => String, {
    description: 'Name as credited with this story; it may differ from the name of the author today.',
  })
  displayName!: string;

  @Field(() => Author, { nullable: true, description: 'Profile of the person; null if there is none.' })
  @Directive('@provides(fields: "name slug")')
  author!: Author | null;
}

@ObjectType({ implements: Node, description: 'Section of the publication, such as "Politics".' })
export class Section {
  @Field(() => ID, { description: 'Id of the section, which stays when it is renamed.' }) id!: string;
  @Field(() => String, { description: 'Unique, readable name for use in URLs.' }) slug!: string;
  @Field(() => String, { description: 'Name as shown to readers, plain text.' }) name!: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the stories are about; null if there is no description.',
  })
  description!: string | null;
}

@ObjectType({ implements: Node, description: 'Topic that stories share: schema.org keywords.' })
export class Tag {
  @Field(() => ID, { description: 'Id of the tag, which stays when it is renamed.' }) id!: string;
  @Field(() => String, { description: 'Unique, readable name for use in URLs.' }) slug!: string;
  @Field(() => String, { description: 'Name as shown to readers, plain text.' }) name!: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the stories are about; null if there is no description.',
  })
  description!: string | null;
}

@ObjectType({ implements: Node, description: 'List of stories to subscribe to as RSS, Atom or JSON Feed.' })
export class Feed {
  @Field(() => ID, { description: 'Stable id of the feed, whatever its name.' }) id!: string;

  @Field(() => String, {
    description: 'Name of the feed: "news", or "section/", "tag/" or "author/" followed by a slug.',
  })
  slug!: string;
  @Field(() => String, { description: 'Name of the list, or "News Feed" for all stories.' }) title!: string;
  @Field(() => String, {
    nullable: true,
    description: 'What the feed contains; null if there is no description.',
  })
  description!: string | null;

  @Field(() => URLScalar, { description: 'Where feed readers subscribe to it as RSS 2.0.' }) rssUrl?: string;
  @Field(() => URLScalar, { description: 'Where feed readers subscribe to it as Atom.' }) atomUrl?: string;
  @Field(() => URLScalar, { description: 'Where feed readers subscribe to it as JSON Feed 1.1.' })
  jsonFeedUrl?: string;
}

@ObjectType({ implements: Node, description: 'Story: schema.org NewsArticle.' })
@Directive('@key(fields: "id")')
export class Article {
  @Field(() => ID, { description: 'Stable id of the story; edits do not change it.' }) id!: string;
  @Field(() => String, {
    description: 'Readable name for use in URLs; queries also accept the former slugs of the story.',
  })
  slug!: string;
  @Field(() => URLScalar, {
    description: 'URL for links and search engines: on another site if that has the original.',
  })
  canonicalUrl?: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Version of the story, which changes with every edit: send it back as `expectedRevision`. Null without the scope "articles:write".',
  })
  @Directive('@requiresScopes(scopes: [["articles:write"]])')
  revision?: string | null;

  @Field(() => String, { description: 'Plain text of the title; in HTML it must be escaped.' })
  headline!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Second headline for use in other places: schema.org alternativeHeadline; null if there is none.',
  })
  alternativeHeadline!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'One or two words to show above the headline; null if there are none.',
  })
  kicker!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'One or two sentences to show below the headline; null if there are none.',
  })
  standfirst!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Short summary for lists; made from the free part of the text if the editors wrote none.',
  })
  abstract!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Place the story was reported from, such as "PORT AURELL"; null if not stated.',
  })
  dateline!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Names of the writers in one line, such as "A and B"; null if there are none.',
  })
  byline?: string | null;

  @Field(() => [Byline], { description: 'People credited for the story, in the order of display.' })
  bylines!: Byline[];
  @Field(() => Genre, {
    description: 'What the story is, such as a report or an opinion, after the IPTC genres.',
  })
  genre!: GenreName;
  @Field(() => Section, { description: 'The one part of the publication that the story appears in.' })
  section?: Section;
  @Field(() => [Tag], { description: 'Topics, the most important first.' }) tags?: Tag[];
  @Field(() => LanguageTag, { description: 'Language of headline and text, for `lang` and `dir` in HTML.' })
  inLanguage!: string;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'End of the embargo, before which only editors see the story; null if there is none, or without the scope "articles:write".',
  })
  @Directive('@requiresScopes(scopes: [["articles:write"]])')
  embargoedUntil?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the story was or will be published for the first time, whatever happened to it later: schema.org datePublished; null if it has no publication time.',
  })
  datePublished!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Publication time as the editors set it, which an embargo may delay: send it back as `ArticleInput.publishAt`. Null if none is set, or without the scope "articles:write".',
  })
  @Directive('@requiresScopes(scopes: [["articles:write"]])')
  publishAt?: Date | null;

  @Field(() => DateTime, {
    description:
      'When the story last changed for readers, by an edit, a correction or its publication: schema.org dateModified.',
  })
  dateModified!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'From when readers can see the story as it is now published: the later of `publishAt` and `embargoedUntil`. Lists and feeds are ordered by it; null if no publication time is set.',
  })
  visibleFrom!: Date | null;

  @Field(() => PubStatus, {
    description:
      'Whether the story may be shown: IPTC ninjs pubStatus. USABLE for everything that readers see.',
  })
  pubStatus!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'IPTC urgency from 1 (most urgent) to 9 (least urgent); null if not rated.',
  })
  urgency!: number | null;

  @Field(() => Boolean, { description: 'Whether to present the story as breaking news.' }) breaking!: boolean;
  @Field(() => Int, {
    description: 'Number of words of the whole story, the part behind a paywall included.',
  })
  wordCount!: number;

  @Field(() => Duration, {
    description: 'Reading time of the whole story as an ISO 8601 duration, such as "PT2M".',
  })
  timeRequired?: string;

  @Field(() => Int, { description: 'Reading time of the whole story in minutes, time for images included.' })
  readingTimeMinutes!: number;

  @Field(() => Visibility, { description: 'Who may read the whole story.' }) visibility!: string;

  @Field(() => [ID], {
    description:
      'Ids of the membership tiers whose members may read the whole story, if `visibility` is TIERS.',
  })
  requiredTierIds!: string[];

  @Field(() => Boolean, {
    description: 'Whether everybody may read the whole story: schema.org isAccessibleForFree.',
  })
  isAccessibleForFree?: boolean;

  @Field(() => [ContentBlock], {
    description:
      'Blocks of the text that the reader may see; if the reader may not see the rest, the last one is a PaywallBlock.',
  })
  @Directive('@listSize(assumedSize: 20)')
  body?: ContentBlock[];

  @Field(() => HTML, {
    description:
      'Blocks of `body` as HTML; images and videos are empty <figure> elements with their id in data-image or data-video. With the scope "articles:write" the comment <!--members-only--> marks the end of the free part.',
  })
  @Directive('@cost(weight: 5)')
  bodyHtml?: string;

  @Field(() => MediaUse, {
    nullable: true,
    description: 'What to show above the text; null if there is nothing.',
  })
  leadMedia?: object | null;

  @Field(() => [Correction], {
    description: 'Corrections and other notes added since publication, in order.',
  })
  corrections!: Correction[];

  @Field(() => InfoSource, {
    nullable: true,
    description: 'Source of the story; null if the newsroom wrote it.',
  })
  source!: InfoSource | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Copyright notice to show with the story: schema.org copyrightNotice; null if there is none.',
  })
  copyrightNotice!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Terms of use as text: schema.org usageInfo; null if there are none.',
  })
  usageTerms!: string | null;

  @Field(() => UsageRights, { description: 'What other sites may do with the text.' })
  usageRights!: UsageRights;
}
