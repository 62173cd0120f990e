/** The GraphQL types of Authors. */
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { PageInfo } from '../graph/connection.ts';
import { enumOf } from '../graph/enums.ts';
import { LanguageTag, URLScalar } from '../graph/scalars.ts';
import type { SocialPlatform } from './content.ts';

const socialPlatforms = enumOf<SocialPlatform>(
  'SocialPlatform',
  'Platform on which an author has a profile.',
  {
    X: 'X, formerly Twitter.',
    FACEBOOK: 'Page or profile on facebook.com.',
    THREADS: 'Profile on threads.com.',
    BLUESKY: 'Profile on bsky.app, or under a domain of their own.',
    MASTODON: 'Mastodon, on any server.',
    TIKTOK: 'Videos on tiktok.com.',
    YOUTUBE: 'Channel on youtube.com.',
    INSTAGRAM: 'Profile on instagram.com.',
    LINKEDIN: 'Profile on linkedin.com.',
    TELEGRAM: 'Channel or account on t.me.',
    WEBSITE: 'Own website of the author.',
  },
);

@ObjectType('Image', { description: 'Image with its credit and rights: schema.org ImageObject.' })
@Directive('@key(fields: "id", resolvable: false)')
export class Image {
  @Field(() => ID, { description: 'Id in Media, which has the file, its credit and its rights.' })
  id!: string;
}

@ObjectType({ description: 'Profile of an author on another site.' })
export class SocialLink {
  @Field(() => socialPlatforms, { description: 'Which site it is on, for an icon or a label.' })
  platform!: SocialPlatform;

  @Field(() => URLScalar, { description: 'Where the profile is.' })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Name on the platform, such as "@maraquist"; null if unknown.',
  })
  handle?: string;
}

@ObjectType({ description: 'Person who writes, photographs or edits stories: schema.org Person.' })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
export class Author {
  @Field(() => ID, { description: 'Id of the author, which stays when the name or slug changes.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  @Directive('@shareable')
  slug!: string;

  @Field(() => String, { description: 'Full name, as shown in bylines.' })
  @Directive('@shareable')
  name!: string;

  @Field(() => String, { nullable: true, description: 'Given name: schema.org givenName; null if unknown.' })
  givenName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Family name: schema.org familyName; null if unknown.',
  })
  familyName!: string | null;

  @Field(() => String, { nullable: true, description: 'Job title, such as "Politics Reporter".' })
  jobTitle!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Desk the author works for, such as "Business"; null if unknown.',
  })
  desk!: string | null;

  @Field(() => String, { nullable: true, description: 'Biography of one or two sentences, plain text.' })
  bio!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Biography of a few paragraphs, plain text; null if there is none.',
  })
  longBio!: string | null;

  @Field(() => Image, { nullable: true, description: 'Portrait of the author; null if there is none.' })
  avatar?: Image | null;

  @Field(() => String, {
    nullable: true,
    description: 'Place to show on the page of the author, such as "Port Aurell".',
  })
  location!: string | null;

  @Field(() => [String], { description: 'Subjects that the author covers: schema.org knowsAbout.' })
  knowsAbout!: string[];

  @Field(() => [LanguageTag], { description: 'Languages that the author speaks: schema.org knowsLanguage.' })
  knowsLanguage!: string[];

  @Field(() => [SocialLink], { description: 'Profiles on other sites: schema.org sameAs.' })
  sameAs!: SocialLink[];

  @Field(() => String, {
    nullable: true,
    description: 'E-mail address for the newsroom; null if unknown, or without the scope "authors:read".',
  })
  @Directive('@requiresScopes(scopes: [["authors:read"]])')
  email?: string | null;

  @Field(() => Boolean, {
    description: 'Whether the author is a member of the staff; otherwise a contributor.',
  })
  isStaff!: boolean;

  @Field(() => URLScalar, { description: 'URL of the page of the author on the site.' })
  url?: string;
}

@InputType({
  description:
    'Author to create or update. Fields that are left out keep their stored value; null removes it.',
})
export class AuthorInput {
  @Field(() => String, {
    description: 'Id of the author in the source system, by which an update finds the author.',
  })
  sourceId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Readable name in URLs; if null, or left out of a new author, it is made from the name.',
  })
  slug?: string | null;

  @Field(() => String, { description: 'Full name, as shown in bylines.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Job title, such as "Politics Reporter".' })
  jobTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Biography of one or two sentences, plain text.' })
  bio?: string | null;

  @Field(() => ID, { nullable: true, description: 'Portrait: what `Image.id` returned.' })
  avatarId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Place to show on the page of the author, such as "Port Aurell".',
  })
  location?: string | null;

  @Field(() => [URLScalar], {
    nullable: true,
    description: 'URLs of profiles on other sites; the host determines the platform.',
  })
  sameAs?: string[] | null;
}

@InputType({ description: 'Which authors to return: those that meet every condition.' })
export class AuthorFilter {
  @Field(() => String, { nullable: true, description: 'Only authors with exactly this job title.' })
  jobTitle?: string | null;

  @Field(() => String, { nullable: true, description: 'Only authors of exactly this desk.' })
  desk?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: only staff; false: only contributors.' })
  isStaff?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Part of the name, matched case-insensitively.' })
  name?: string | null;
}

@ObjectType({ description: 'One author of a page, and where to continue after them.' })
export class AuthorEdge {
  @Field(() => String, { description: 'Cursor of the author, for the arguments `after` and `before`.' })
  cursor!: string;

  @Field(() => Author, { description: 'Author at this position.' })
  node!: Author;
}

@ObjectType({ description: 'Page of authors, ordered by name: Relay connection.' })
export class AuthorConnection {
  @Field(() => [AuthorEdge], { description: 'Authors, each with the cursor to continue after them.' })
  edges!: AuthorEdge[];

  @Field(() => [Author], { description: 'The authors of `edges`, for clients that need no cursor of each.' })
  nodes!: Author[];

  @Field(() => PageInfo, { description: 'Whether there is more, and the cursors to ask for it.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { description: 'Number of authors in the whole list, counted up to 10,000.' })
  @Directive('@cost(weight: 10)')
  totalCount?: number;
}
