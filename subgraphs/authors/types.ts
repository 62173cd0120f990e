/** The GraphQL types of Authors. */
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { enumOf } from '../graph/enums.ts';
import { LanguageTag, URLScalar } from '../graph/scalars.ts';
import type { SocialPlatform } from './content.ts';

const socialPlatforms = enumOf<SocialPlatform>('SocialPlatform', 'Where an author can be followed.', {
  X: 'X, once Twitter.',
  FACEBOOK: 'Facebook.',
  THREADS: 'Threads.',
  BLUESKY: 'Bluesky.',
  MASTODON: 'Mastodon, on whichever server.',
  TIKTOK: 'TikTok.',
  YOUTUBE: 'YouTube.',
  INSTAGRAM: 'Instagram.',
  LINKEDIN: 'LinkedIn.',
  TELEGRAM: 'Telegram.',
  WEBSITE: "The author's own site.",
});

@ObjectType('Image', { description: 'A picture; Media owns it.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Image {
  @Field(() => ID, { description: 'The id that Media gives the picture.' })
  id!: string;
}

@ObjectType({ description: "One of an author's places elsewhere." })
export class SocialLink {
  @Field(() => socialPlatforms, { description: 'The platform.' })
  platform!: SocialPlatform;

  @Field(() => URLScalar, { description: 'The address of the profile.' })
  url!: string;

  @Field(() => String, { nullable: true, description: 'The name there: "@maraquist".' })
  handle?: string;
}

@ObjectType({ description: 'Somebody who writes, photographs or edits: schema.org Person.' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
export class Author {
  @Field(() => ID, { description: 'Stays the same for as long as the author is known.' })
  id!: string;

  @Field(() => String, { description: 'The readable name in addresses.' })
  @Directive('@shareable')
  slug!: string;

  @Field(() => String, { description: 'The name as bylines give it.' })
  @Directive('@shareable')
  name!: string;

  @Field(() => String, { nullable: true, description: 'schema.org givenName.' })
  givenName!: string | null;

  @Field(() => String, { nullable: true, description: 'schema.org familyName.' })
  familyName!: string | null;

  @Field(() => String, { nullable: true, description: '"Politics Reporter".' })
  jobTitle!: string | null;

  @Field(() => String, { nullable: true, description: 'The desk the author works for: "Business".' })
  desk!: string | null;

  @Field(() => String, { nullable: true, description: 'One or two sentences, plain text.' })
  bio!: string | null;

  @Field(() => String, { nullable: true, description: 'A few paragraphs, plain text.' })
  longBio!: string | null;

  @Field(() => Image, { nullable: true, description: 'The portrait beside the bio.' })
  avatar?: Image | null;

  @Field(() => String, { nullable: true, description: 'Where the author is based.' })
  location!: string | null;

  @Field(() => [String], { description: 'Subjects: schema.org knowsAbout.' })
  knowsAbout!: string[];

  @Field(() => [LanguageTag], { description: 'Languages: schema.org knowsLanguage.' })
  knowsLanguage!: string[];

  @Field(() => [SocialLink], { description: 'Profiles elsewhere: schema.org sameAs.' })
  sameAs!: SocialLink[];

  @Field(() => String, { nullable: true, description: 'How the newsroom reaches them.' })
  @Directive('@requiresScopes(scopes: [["authors:read"]])')
  email?: string | null;

  @Field(() => Boolean, { description: 'Whether the author is of the staff; otherwise a contributor.' })
  isStaff!: boolean;

  @Field(() => URLScalar, { description: "The author's page on our site." })
  url?: string;
}

@InputType({ description: 'A profile. What is left out stays as it is stored, what is null goes.' })
export class AuthorInput {
  @Field(() => String, { description: 'What the source calls them: the same one is the same author.' })
  sourceId!: string;

  @Field(() => String, { nullable: true, description: 'Null, and left out of a new one: made of the name.' })
  slug?: string | null;

  @Field(() => String, { description: 'The name as bylines give it.' })
  name!: string;

  @Field(() => String, { nullable: true, description: '"Politics Reporter".' })
  jobTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'One or two sentences, plain text.' })
  bio?: string | null;

  @Field(() => ID, { nullable: true, description: "Media's id of the portrait." })
  avatarId?: string | null;

  @Field(() => String, { nullable: true, description: 'Where the author is based.' })
  location?: string | null;

  @Field(() => [URLScalar], {
    nullable: true,
    description: 'Profiles elsewhere; the platform is told by the host.',
  })
  sameAs?: string[] | null;
}

@InputType({ description: 'Which authors; all conditions hold together.' })
export class AuthorFilter {
  @Field(() => String, { nullable: true, description: 'Exactly this job title.' })
  jobTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Exactly this desk.' })
  desk?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Staff only, or contributors only.' })
  isStaff?: boolean | null;

  @Field(() => String, { nullable: true, description: 'A part of the name, in any case.' })
  name?: string | null;
}

@ObjectType({ description: 'An author in a list.' })
export class AuthorEdge {
  @Field(() => String, { description: 'The place of this author in the list.' })
  cursor!: string;

  @Field(() => Author, { description: 'The author.' })
  node!: Author;
}

@ObjectType({ description: 'A page of authors, by name.' })
export class AuthorConnection {
  @Field(() => [AuthorEdge], { description: 'The authors with their cursors.' })
  edges!: AuthorEdge[];

  @Field(() => [Author], { description: 'The authors.' })
  nodes!: Author[];

  @Field(() => PageInfo, { description: 'Where this page stands.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'How many the whole list has; 10,000 where there are more.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}
