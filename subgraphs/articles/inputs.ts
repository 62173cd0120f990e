/** GraphQL inputs for stories and bylines. */
import { Field, ID, InputType, Int } from 'type-graphql';
import { Visibility } from '../graph/enums.ts';
import { DateTime, HTML, LanguageTag, URLScalar } from '../graph/scalars.ts';
import type { Visibility as VisibilityName } from './blocks.ts';
import type { ContributorRole as ContributorRoleName, Genre as GenreName } from './content.ts';
import { ContributorRole, Genre } from './vocabulary.ts';

@InputType({ description: 'One person to credit with the story.' })
export class BylineInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Id of the author; left out if the person has no profile.',
  })
  authorId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Slug of an author that Articles does not know yet; defaults to one made from the name.',
  })
  authorSlug?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Name to show in the byline; defaults to the name of the author.',
  })
  displayName?: string | null;

  @Field(() => ContributorRole, {
    nullable: true,
    description: 'Contribution of the person; defaults to BY.',
  })
  role?: ContributorRoleName | null;
}

@InputType({
  description:
    'Story to create or update. Fields that are left out keep their stored value, and are empty in a new story; null removes the value.',
})
export class ArticleInput {
  @Field(() => String, { description: 'Id of the story in its source system, by which an update finds it.' })
  sourceId!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'Readable name in the URL; if null, or left out of a new story, it is made from the headline.',
  })
  slug?: string | null;

  @Field(() => String, { description: 'Plain text of the title; it must not be empty.' }) headline!: string;

  @Field(() => String, { nullable: true, description: 'Second headline for use in other places.' })
  alternativeHeadline?: string | null;

  @Field(() => String, { nullable: true, description: 'One or two words to show above the headline.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'One or two sentences to show below the headline.' })
  standfirst?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Short summary for lists; if null, it is made from the free part of the text.',
  })
  abstract?: string | null;

  @Field(() => String, { nullable: true, description: 'Place the story was reported from.' })
  dateline?: string | null;

  @Field(() => Genre, { nullable: true, description: 'Genre of the story; defaults to NEWS.' })
  genre?: GenreName | null;

  @Field(() => String, {
    nullable: true,
    description: 'Slug of the section; required for a new story.',
  })
  sectionSlug?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs of the tags, the most important first.' })
  tagSlugs?: string[] | null;

  @Field(() => LanguageTag, {
    nullable: true,
    description: 'Language of the text; defaults to "en".',
  })
  inLanguage?: string | null;

  @Field(() => [BylineInput], { nullable: true, description: 'People to credit, in the order of display.' })
  bylines?: BylineInput[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Time of publication; null unpublishes the story. A change of the time at which readers see the story requires the scope "articles:publish".',
  })
  publishAt?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'End of the embargo, before which readers do not see the story. A change requires the same scope as `publishAt`.',
  })
  embargoedUntil?: Date | null;

  @Field(() => Int, { nullable: true, description: 'IPTC urgency from 1 (most urgent) to 9 (least urgent).' })
  urgency?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether to present the story as breaking news.' })
  breaking?: boolean | null;

  @Field(() => Visibility, { nullable: true, description: 'Who may read the whole story; must not be null.' })
  visibility?: VisibilityName | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Ids of the membership tiers whose members may read the whole story; required for visibility TIERS.',
  })
  requiredTierIds?: string[] | null;

  @Field(() => HTML, {
    description:
      'Text of the story as HTML. Elements that a story cannot contain are removed, such as scripts, styles and event handlers. ' +
      '`<!--members-only-->` ends the free part. An image is `<figure data-image="ID">`, or an `<img>` with its URL in Media; ' +
      'other images are removed and their captions kept.',
  })
  bodyHtml!: string;

  @Field(() => ID, { nullable: true, description: 'Id of the image to show above the text.' })
  leadImageId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What to show below `leadImageId`, without the credit.',
  })
  leadImageCaption?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What `leadImageId` shows, for readers who do not see it.',
  })
  leadImageAltText?: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of the story on another site, if that is the original.',
  })
  canonicalUrl?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether partners may publish the text.' })
  syndicatable?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether other sites may embed the story.' })
  embeddable?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Revision on which the change is based; if the stored one differs, nothing is stored and the code is CONFLICT.',
  })
  expectedRevision?: string | null;
}
