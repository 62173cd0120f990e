/** GraphQL inputs for stories and bylines. */
import { Field, ID, InputType, Int } from 'type-graphql';
import { Visibility } from '../graph/enums.ts';
import { DateTime, HTML, LanguageTag, URLScalar } from '../graph/scalars.ts';
import type { Visibility as VisibilityName } from './blocks.ts';
import type { ContributorRole as ContributorRoleName, Genre as GenreName } from './content.ts';
import { ContributorRole, Genre } from './vocabulary.ts';

@InputType({ description: 'Somebody to be named above a story.' })
export class BylineInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The id that Authors gives; left out where they have no profile.',
  })
  authorId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The readable name of the author in addresses, where Articles does not know them yet; made of the name unless said.',
  })
  authorSlug?: string | null;

  @Field(() => String, { nullable: true, description: "The name as printed; the author's own unless said." })
  displayName?: string | null;

  @Field(() => ContributorRole, { nullable: true, description: 'What they did; BY unless said.' })
  role?: ContributorRoleName | null;
}

@InputType({
  description:
    'A story. What is left out stays as it is stored, what is null goes; a new story has none of what is left out.',
})
export class ArticleInput {
  @Field(() => String, { description: 'What the source calls it: the same one is the same story.' })
  sourceId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Null, and left out of a new story: made of the headline.',
  })
  slug?: string | null;

  @Field(() => String, { description: 'The headline.' }) headline!: string;

  @Field(() => String, { nullable: true, description: 'A headline for other places.' })
  alternativeHeadline?: string | null;

  @Field(() => String, { nullable: true, description: 'The word or two above the headline.' })
  kicker?: string | null;

  @Field(() => String, { nullable: true, description: 'The sentence or two below the headline.' })
  standfirst?: string | null;

  @Field(() => String, { nullable: true, description: 'A summary for lists; null: made of the free text.' })
  abstract?: string | null;

  @Field(() => String, { nullable: true, description: 'Where it was reported from.' })
  dateline?: string | null;

  @Field(() => Genre, { nullable: true, description: 'The kind of story; NEWS where there is none.' })
  genre?: GenreName | null;

  @Field(() => String, {
    nullable: true,
    description: 'The section it stands in; a new story must have one.',
  })
  sectionSlug?: string | null;

  @Field(() => [String], { nullable: true, description: 'Its subjects, the most important first.' })
  tagSlugs?: string[] | null;

  @Field(() => LanguageTag, {
    nullable: true,
    description: 'The language of its text; "en" where there is none.',
  })
  inLanguage?: string | null;

  @Field(() => [BylineInput], { nullable: true, description: 'Who made it, in order.' })
  bylines?: BylineInput[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it appears, or did; null takes it back from readers. Who changes when a story appears needs the scope "articles:publish" too.',
  })
  datePublished?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Before this it appears to nobody, whatever datePublished says; the same holds of the scope.',
  })
  embargoedUntil?: Date | null;

  @Field(() => Int, { nullable: true, description: 'IPTC urgency, 1 (most) to 9.' }) urgency?: number | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is breaking news.' })
  breaking?: boolean | null;

  @Field(() => Visibility, { nullable: true, description: 'Who may read the whole of it; never null.' })
  visibility?: VisibilityName | null;

  @Field(() => [ID], {
    nullable: true,
    description: "Membership's tiers that open it, for visibility TIERS.",
  })
  requiredTierIds?: string[] | null;

  @Field(() => HTML, {
    description:
      'The text. What a story cannot hold vanishes: scripts, styles, handlers. `<!--members-only-->` ends the free part. A picture is ' +
      '`<figure data-image="ID">` or an `<img>` with Media\'s address of it; any other vanishes, and its caption stays.',
  })
  bodyHtml!: string;

  @Field(() => ID, { nullable: true, description: "Media's id of the picture above the text." })
  leadImageId?: string | null;

  @Field(() => String, { nullable: true, description: 'What stands below that picture, without its credit.' })
  leadImageCaption?: string | null;

  @Field(() => String, { nullable: true, description: 'What that picture shows, for whoever cannot see it.' })
  leadImageAltText?: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: "Only where the story's true home is on another site.",
  })
  canonicalUrl?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether partners may publish its text.' })
  syndicatable?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether other sites may embed it.' })
  embeddable?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The revision that you saw: where the story has another by now, nothing is stored (CONFLICT).',
  })
  expectedRevision?: string | null;
}
