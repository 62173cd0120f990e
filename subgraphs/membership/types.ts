/** The GraphQL types of Membership. */
import { Directive, Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { enumOf, Visibility } from '../graph/enums.ts';
import { CurrencyCode, DateTime, URLScalar } from '../graph/scalars.ts';
import type { Entitlement } from '../trust/entitlement.ts';
import type { CampaignStatus } from './count.ts';

const tierTypes = enumOf('TierType', 'Whether members of a tier pay for it.', {
  FREE: 'Costs nothing; an e-mail address is enough.',
  PAID: 'Has one or more prices.',
});

const intervals = enumOf('Interval', 'How often a price is charged.', {
  MONTH: 'Charged twelve times a year.',
  YEAR: 'Charged once in twelve months.',
});

const campaignStatuses = enumOf<CampaignStatus>(
  'CampaignStatus',
  'How far a campaign is by its dates and its goal.',
  {
    SCHEDULED: 'Before `startsAt`.',
    ACTIVE: 'Between `startsAt` and `endsAt`, with members missing to the goal.',
    GOAL_REACHED: 'Between `startsAt` and `endsAt`, with enough members.',
    ENDED: 'After `endsAt`.',
  },
);

const accessLevels = enumOf('AccessLevel', 'How much of a story the reader may see.', {
  FULL: 'Everything.',
  PREVIEW: 'The part before the PaywallBlock.',
});

const accessReasons = enumOf<Entitlement['reason']>(
  'AccessReason',
  'Why a reader may see as much as they may.',
  {
    FREE: 'Everybody may read the story.',
    MEMBER: 'The membership is enough, whatever its tier.',
    TIER: 'The reader is a member of a required tier.',
    STAFF: 'The reader has the scope "articles:write".',
    LOGIN_REQUIRED: 'The reader is not signed in.',
    UPGRADE_REQUIRED: 'The membership of the reader does not include the story.',
  },
);

@ObjectType({ description: 'How many members the publication has, in public and exactly.' })
export class MemberCount {
  @Field(() => Int, {
    nullable: true,
    description: 'Exact number; null without the scope "membership:read".',
  })
  @Directive('@requiresScopes(scopes: [["membership:read"]])')
  total?: number | null;

  @Field(() => Int, {
    description: 'Public number, rounded down to a multiple that grows with it, such as 25,000 for 25,640.',
  })
  rounded!: number;

  @Field(() => DateTime, { description: 'When it was counted.' })
  asOf!: Date;
}

@ObjectType({ description: 'Drive to win a number of new members until a date.' })
export class Campaign {
  @Field(() => ID, { description: 'Key of the campaign; it stays when the name changes.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  slug!: string;

  @Field(() => String, { description: 'Name as shown to readers, plain text.' })
  name!: string;

  @Field(() => Int, { description: 'Current number of members, rounded down like `MemberCount.rounded`.' })
  roundedTotal!: number;

  @Field(() => Int, { description: 'Number of members to reach.' })
  goal!: number;

  @Field(() => Float, {
    description: 'Progress from `roundedTotal` to `goal` in percent, 0 to 100 with one decimal.',
  })
  percent!: number;

  @Field(() => Int, { description: 'Number of members missing to the goal; 0 if it is reached.' })
  remaining!: number;

  @Field(() => DateTime, { description: 'From when it is shown.' })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Until when it is shown; null if no end is set.' })
  endsAt!: Date | null;

  @Field(() => campaignStatuses, { description: 'How far it is: by its dates, and by its goal.' })
  status!: CampaignStatus;

  @Field(() => String, { description: 'Label of the call to action, such as "Join us".' })
  callToAction!: string;

  @Field(() => URLScalar, { description: 'Where the button `callToAction` leads.' })
  url!: string;
}

@ObjectType({ description: 'Price of a tier for a billing interval.' })
export class Price {
  @Field(() => CurrencyCode, { description: 'Currency in which the price is charged.' })
  currency!: string;

  @Field(() => Int, { description: 'Amount in the smallest unit of the currency: 500 in USD is $5.00.' })
  amountMinor!: number;

  @Field(() => intervals, { description: 'How often it is charged.' })
  interval!: 'MONTH' | 'YEAR';
}

@ObjectType({ description: 'Kind of membership with its prices and benefits.' })
@Directive('@key(fields: "id")')
export class Tier {
  @Field(() => ID, { description: 'Key of the tier, as in `Article.requiredTierIds`.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  slug!: string;

  @Field(() => String, { description: 'Name for display, such as "Supporter".' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description, plain text; null if there is none.' })
  description!: string | null;

  @Field(() => tierTypes, { description: 'Whether its members pay.' })
  type!: 'FREE' | 'PAID';

  @Field(() => [Price], { description: 'Alternative prices, of which a member pays one.' })
  prices!: Price[];

  @Field(() => Int, { description: 'Length of the free trial in days; 0 if there is none.' })
  trialDays!: number;

  @Field(() => [String], { description: 'What its members get, one line each, in the order of display.' })
  benefits!: string[];
}

@ObjectType({ description: 'Newsletter that members can subscribe to.' })
export class Newsletter {
  @Field(() => ID, { description: 'Key of the newsletter, as `updateNewsletters` takes it.' })
  id!: string;

  @Field(() => String, { description: 'Unique, readable name for use in URLs.' })
  slug!: string;

  @Field(() => String, { description: 'Name as shown to readers, plain text.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Description; null if there is none.' })
  description!: string | null;
}

@ObjectType({
  description: 'Membership of the publication: member count, campaign, tiers and newsletters.',
})
export class Membership {
  @Field(() => MemberCount, { description: 'How many there are now, for a banner.' })
  memberCount?: MemberCount;

  @Field(() => Campaign, {
    nullable: true,
    description: 'Running campaign, the one that started last if there are several; null if there is none.',
  })
  campaign?: Campaign | null;

  @Field(() => String, { description: 'Sentence of thanks to the community, plain text.' })
  thankYouMessage?: string;

  @Field(() => [Tier], { description: 'Tiers: free ones first, then by monthly price.' })
  tiers?: Tier[];

  @Field(() => [Newsletter], { description: 'What members can subscribe to by e-mail, ordered by name.' })
  newsletters?: Newsletter[];
}

@ObjectType({ description: 'Access of the reader to a story, and how to get access to the whole story.' })
export class ArticleAccess {
  @Field(() => accessLevels, { description: 'How much of the story the reader may see.' })
  level!: Entitlement['level'];

  @Field(() => accessReasons, {
    description: 'Why the reader gets as much, so that a page can say what would help.',
  })
  reason!: Entitlement['reason'];

  @Field(() => [Tier], {
    description: 'Tiers whose members may read the whole story; empty if everybody may.',
  })
  requiredTiers?: Tier[];

  @Field(() => String, {
    nullable: true,
    description: 'Label of the call to action; null if the reader may read the whole story.',
  })
  callToAction?: string | null;

  @Field(() => URLScalar, {
    nullable: true,
    description: 'URL of the call to action; null if the reader may read the whole story.',
  })
  url?: string | null;
}

@ObjectType({ description: 'Story: schema.org NewsArticle.' })
@Directive('@key(fields: "id")')
export class Article {
  @Field(() => ID, { description: 'Stable id of the story; edits do not change it.' })
  id!: string;

  @Field(() => Visibility, { description: 'Who may read the whole story.' })
  @Directive('@external')
  visibility!: unknown;

  @Field(() => [ID], {
    description:
      'Ids of the membership tiers whose members may read the whole story, if `visibility` is TIERS.',
  })
  @Directive('@external')
  requiredTierIds!: unknown;

  @Field(() => ArticleAccess, {
    nullable: true,
    description:
      'Access of the reader to the story, and how to get access to the whole story; null only with an error.',
  })
  @Directive('@requires(fields: "visibility requiredTierIds")')
  access?: ArticleAccess;
}
