/** GraphQL types for stories and related objects; blocks are in blockTypes.ts, lists in listTypes.ts. */
import { createUnionType, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { SourceCategory, Visibility } from '../graph/enums.ts';
import { DateTime, Duration, HTML, LanguageTag, URLScalar } from '../graph/scalars.ts';
import { ContentBlock, MediaUse } from './blockTypes.ts';
import type {
  ContributorRole as ContributorRoleName,
  CorrectionType as CorrectionTypeName,
  Genre as GenreName,
  SourceCategory as SourceCategoryName,
} from './content.ts';
import { ContributorRole, CorrectionType, Genre, PubStatus } from './vocabulary.ts';

@ObjectType({ description: 'A note on a story after it was published.' })
export class Correction {
  @Field(() => ID, { description: 'The id of the note.' }) id!: string;
  @Field(() => CorrectionType, { description: 'What the note does.' }) correctionType!: CorrectionTypeName;
  @Field(() => String, { description: 'The note itself, plain text.' }) text!: string;
  @Field(() => DateTime, { description: 'When the note was added.' }) datePublished!: Date | string;
}

@ObjectType({ description: 'What others may do with the text of a story.' })
export class UsageRights {
  @Field(() => Boolean, { description: 'Whether partners may publish it.' }) syndicatable!: boolean;
  @Field(() => Boolean, { description: 'Whether other sites may embed it.' }) embeddable!: boolean;
  @Field(() => URLScalar, { nullable: true, description: 'The licence.' }) licence!: string | null;
  @Field(() => String, { description: 'Whom to name wherever it is shown.' }) requiredCredit!: string;
}

@ObjectType({ description: 'Where a story came from.' })
export class InfoSource {
  @Field(() => String, { description: 'Its name.' }) name!: string;
  @Field(() => SourceCategory, { description: 'What kind of source it is.' }) category!: SourceCategoryName;
  @Field(() => URLScalar, { nullable: true, description: 'The story there.' }) url?: string | null;
}

@ObjectType({ description: 'An author, as far as stories go; Authors owns the profile.' })
@Directive('@key(fields: "id")')
export class Author {
  @Field(() => ID, { description: 'The id that Authors gives.' }) id!: string;

  @Field(() => String, { description: 'The name as bylines give it.' })
  @Directive('@external')
  name!: string;

  @Field(() => String, { description: 'The readable name in addresses.' })
  @Directive('@external')
  slug!: string;
}

@ObjectType({ description: 'Somebody named above a story.' })
export class Byline {
  @Field(() => ContributorRole, { description: 'What they did.' }) role!: ContributorRoleName;
  @Field(() => Int, { description: 'Their place in the byline, from 1.' }) position!: number;
  @Field(() => String, { description: 'The name as printed.' }) displayName!: string;

  @Field(() => Author, { nullable: true, description: 'Their profile, where they have one.' })
  @Directive('@provides(fields: "name slug")')
  author!: Author | null;
}

@ObjectType({ description: 'A part of the newspaper: "Politics".' })
export class Section {
  @Field(() => ID, { description: 'The id of the section.' }) id!: string;
  @Field(() => String, { description: 'The readable name in addresses.' }) slug!: string;
  @Field(() => String, { description: 'The name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'What it is about.' }) description!: string | null;
}

@ObjectType({ description: 'A subject that stories share: schema.org keywords.' })
export class Tag {
  @Field(() => ID, { description: 'The id of the tag.' }) id!: string;
  @Field(() => String, { description: 'The readable name in addresses.' }) slug!: string;
  @Field(() => String, { description: 'The name.' }) name!: string;
  @Field(() => String, { nullable: true, description: 'What it is about.' }) description!: string | null;
}

@ObjectType({ description: 'A named list of stories that others can subscribe to.' })
export class Feed {
  @Field(() => String, { description: '"news", or "section/", "tag/" or "author/" and a slug.' })
  slug!: string;
  @Field(() => String, { description: 'What to write above it.' }) title!: string;
  @Field(() => String, { nullable: true, description: 'What it holds.' }) description!: string | null;

  @Field(() => URLScalar, { description: 'The feed as RSS 2.0.' }) rssUrl?: string;
  @Field(() => URLScalar, { description: 'The feed as Atom.' }) atomUrl?: string;
  @Field(() => URLScalar, { description: 'The feed as JSON Feed 1.1.' }) jsonFeedUrl?: string;
}

@ObjectType({ description: 'A story: schema.org NewsArticle.' })
@Directive('@key(fields: "id")')
export class Article {
  @Field(() => ID, { description: 'Stays the same through every edit.' }) id!: string;
  @Field(() => String, { description: 'The readable name in its address; old ones keep working.' })
  slug!: string;
  @Field(() => URLScalar, { description: "The story's one true address." }) canonicalUrl?: string;
  @Field(() => String, {
    nullable: true,
    description: 'Changes with every change of the story: what an editor sends back as `expectedRevision`.',
  })
  @Directive('@requiresScopes(scopes: [["articles:write"]])')
  revision?: string | null;

  @Field(() => String, { description: 'The headline.' }) headline!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A headline for other places: schema.org alternativeHeadline.',
  })
  alternativeHeadline!: string | null;

  @Field(() => String, { nullable: true, description: 'The word or two above the headline.' })
  kicker!: string | null;

  @Field(() => String, { nullable: true, description: 'The sentence or two below the headline.' })
  standfirst!: string | null;

  @Field(() => String, { nullable: true, description: 'A short summary for lists, from the free part only.' })
  abstract!: string | null;

  @Field(() => String, { nullable: true, description: 'Where it was reported from: "PORT AURELL".' })
  dateline!: string | null;

  @Field(() => String, { nullable: true, description: 'The byline as a reader sees it: "A and B".' })
  byline?: string | null;

  @Field(() => [Byline], { description: 'Who made it, in order.' }) bylines!: Byline[];
  @Field(() => Genre, { description: 'The kind of story.' }) genre!: GenreName;
  @Field(() => Section, { description: 'The section it stands in.' }) section?: Section;
  @Field(() => [Tag], { description: 'Its subjects, the most important first.' }) tags?: Tag[];
  @Field(() => LanguageTag, { description: 'The language of its text.' }) inLanguage!: string;

  @Field(() => DateTime, { nullable: true, description: 'When it first appeared.' })
  dateFirstPublished!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Before this it appears to nobody who does not write stories.',
  })
  @Directive('@requiresScopes(scopes: [["articles:write"]])')
  embargoedUntil?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it was published: the moment at which readers could first see it. Whoever writes stories sees the moment that they set, which an embargo may delay.',
  })
  datePublished!: Date | null;

  @Field(() => DateTime, {
    description: 'When it last changed for readers: its last edit, or its publication where that came later.',
  })
  dateModified!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when readers may see it: the later of its publication and its embargo.',
  })
  visibleFrom!: Date | null;

  @Field(() => PubStatus, { description: 'Whether it may be published.' }) pubStatus!: string;

  @Field(() => Int, { nullable: true, description: 'IPTC urgency: 1 is the most urgent, 9 the least.' })
  urgency!: number | null;

  @Field(() => Boolean, { description: 'Whether it is breaking news.' }) breaking!: boolean;
  @Field(() => Int, { description: 'The words of the whole story.' }) wordCount!: number;

  @Field(() => Duration, { description: 'How long the whole story takes to read, by ISO 8601: "PT2M".' })
  timeRequired?: string;

  @Field(() => Int, { description: 'How many minutes the whole story takes to read, pictures included.' })
  readingTimeMinutes!: number;

  @Field(() => Visibility, { description: 'Who may read the whole of it.' }) visibility!: string;

  @Field(() => [ID], { description: "Membership's tiers that open it, where its visibility is TIERS." })
  requiredTierIds!: string[];

  @Field(() => Boolean, {
    description: 'Whether anybody may read the whole of it: schema.org isAccessibleForFree.',
  })
  isAccessibleForFree?: boolean;

  @Field(() => [ContentBlock], {
    description:
      'The blocks that this reader may see; where the free part ends stands a PaywallBlock and nothing after it.',
  })
  @Directive('@listSize(assumedSize: 20)')
  body?: ContentBlock[];

  @Field(() => HTML, {
    description:
      'The same blocks as HTML; pictures and videos are empty figures that name them (data-image, data-video). For whoever writes stories the comment members-only stands where the free part ends.',
  })
  @Directive('@cost(weight: 5)')
  bodyHtml?: string;

  @Field(() => MediaUse, { nullable: true, description: 'The picture or video above the text.' })
  leadMedia?: object | null;

  @Field(() => [Correction], { description: 'Notes added since it was published, in order.' })
  corrections!: Correction[];

  @Field(() => InfoSource, { nullable: true, description: 'Where it came from, where it is not our own.' })
  source!: InfoSource | null;

  @Field(() => String, { nullable: true, description: 'schema.org copyrightNotice.' })
  copyrightNotice!: string | null;

  @Field(() => String, { nullable: true, description: 'Terms in words: schema.org usageInfo.' })
  usageTerms!: string | null;

  @Field(() => UsageRights, { description: 'What others may do with its text.' }) usageRights!: UsageRights;
}

@ObjectType({ description: 'A story that moved.' })
export class Redirect {
  @Field(() => URLScalar, { description: 'Where it stands now.' }) location!: string;
  @Field(() => Boolean, { description: 'Whether it moved for good.' }) permanent!: boolean;
}

@ObjectType({ description: 'A story that was withdrawn.' })
export class Gone {
  @Field(() => String, { nullable: true, description: 'Why, where the editors say so.' }) reason!:
    | string
    | null;
  @Field(() => DateTime, { nullable: true, description: 'Since when.' }) withdrawnAt!: Date | null;
}

export const Page = createUnionType({
  name: 'Page',
  description: 'What stands at an address.',
  types: () => [Article, Redirect, Gone] as const,
  resolveType: (value) =>
    'location' in value ? 'Redirect' : 'withdrawnAt' in value && !('id' in value) ? 'Gone' : 'Article',
});
